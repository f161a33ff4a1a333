import * as api from '../../api';
import type { OrdersPage } from '../../api/generated/OrdersPage';
import type { OrdersPart } from '../../api/generated/OrdersPart';
import type { OrdersQuery } from '../../api/generated/OrdersQuery';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';
import { screen } from '../../lib/screen';
import Orders from './Orders.svelte';

/** Which orders a place can ask for: `orders`, `orders/left_out`; `orders/12` is customer 12's. */
export const PARTS: readonly OrdersPart[] = ['sales', 'first', 'later', 'provisional', 'left_out'];

/** The first page and the way to the others. */
export interface OrderList {
  /** What they come to; nothing for lists that are no sales. */
  finding: string;
  first: OrdersPage;
  customer: number | null;
  page: (page: number) => Promise<OrdersPage>;
}

/** The sums in a sentence; parts of an order that was sent apart are one with it. */
function finding({ part, total, split_count, net_sales, customer_count }: OrdersPage): string {
  const count = total - split_count;
  if (part === 'left_out' || count <= 0) return '';
  return t('orders-finding', {
    orders: format.orders(count),
    sales: format.yenInWords(net_sales),
    people: format.people(customer_count),
    average: format.yenInWords(Math.round(net_sales / count)),
  });
}

export default screen<OrderList>(
  async ({ scope, address }) => {
    const asked = address.place.split('/')[1] ?? '';
    const customer = /^\d+$/.test(asked) ? Number(asked) : null;
    const query: OrdersQuery = { scope, part: PARTS.find((part) => part === asked) ?? 'sales', page: 0 };
    if (address.people) query.people = address.people;
    if (customer !== null) query.customer = customer;
    const first = await api.orders(query);
    return { finding: finding(first), first, customer, page: (page) => api.orders({ ...query, page }) };
  },
  Orders,
);
