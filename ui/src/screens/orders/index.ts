import * as api from '../../api';
import type { OrdersPage } from '../../api/generated/OrdersPage';
import type { OrdersPart } from '../../api/generated/OrdersPart';
import type { OrdersQuery } from '../../api/generated/OrdersQuery';
import type { Address } from '../../lib/address';
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

/** Whose orders, and which of them, the address asks for. */
function asked(address: Address): Pick<OrdersQuery, 'part' | 'people' | 'customer'> {
  const place = address.place.split('/')[1] ?? '';
  return {
    part: PARTS.find((part) => part === place) ?? 'sales',
    ...(address.people ? { people: address.people } : {}),
    ...(/^\d+$/.test(place) ? { customer: Number(place) } : {}),
  };
}

export default screen<OrderList>(
  async ({ scope, address }) => {
    const query: OrdersQuery = { scope, ...asked(address), page: 0 };
    const first = await api.orders(query);
    return { finding: finding(first), first, customer: query.customer ?? null, page: (page) => api.orders({ ...query, page }) };
  },
  Orders,
  undefined,
  ({ address }) => asked(address),
);
