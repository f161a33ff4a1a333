import * as api from '../../api';
import type { CustomersPage } from '../../api/generated/CustomersPage';
import type { CustomersQuery } from '../../api/generated/CustomersQuery';
import { screen } from '../../lib/screen';
import Customers from './Customers.svelte';

/** The first page and the way to the others. */
export interface CustomerList {
  first: CustomersPage;
  /** Names the question: a list of another question starts anew. */
  question: string;
  page: (page: number) => Promise<CustomersPage>;
}

export default screen<CustomerList>(
  async ({ scope, address }) => {
    const query: CustomersQuery = { scope, sort: address.sort, descending: address.descending, page: 0 };
    if (address.people) query.people = address.people;
    if (address.search) query.search = address.search;
    const first = await api.customers(query);
    return { first, question: JSON.stringify(query), page: (page) => api.customers({ ...query, page }) };
  },
  Customers,
  undefined,
  // Of some people not the shop's sums, but what they bought.
  ({ address }) => (address.people ? { of: 'orders', people: address.people } : {}),
);
