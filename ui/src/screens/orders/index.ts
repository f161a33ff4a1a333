import * as api from '../../api';
import type { OrdersPage } from '../../api/generated/OrdersPage';
import type { OrdersPart } from '../../api/generated/OrdersPart';
import type { OrdersQuery } from '../../api/generated/OrdersQuery';
import { screen } from '../../lib/screen';
import Orders from './Orders.svelte';

/** Which orders a place can ask for: `orders`, `orders/left_out`; `orders/12` is customer 12's. */
export const PARTS: readonly OrdersPart[] = ['sales', 'first', 'later', 'provisional', 'left_out'];

/** The first page and the way to the others. */
export interface OrderList {
  first: OrdersPage;
  customer: number | null;
  page: (page: number) => Promise<OrdersPage>;
}

export default screen<OrderList>(
  async ({ scope, address }) => {
    const asked = address.place.split('/')[1] ?? '';
    const customer = /^\d+$/.test(asked) ? Number(asked) : null;
    const query: OrdersQuery = { scope, part: PARTS.find((part) => part === asked) ?? 'sales', page: 0 };
    if (address.people) query.people = address.people;
    if (customer !== null) query.customer = customer;
    return { first: await api.orders(query), customer, page: (page) => api.orders({ ...query, page }) };
  },
  Orders,
);
