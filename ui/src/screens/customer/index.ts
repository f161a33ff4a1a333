import * as api from '../../api';
import type { CustomerPage } from '../../api/generated/CustomerPage';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import Customer from './Customer.svelte';

export default screen<Screen<CustomerPage>>(
  ({ scope, address }) => api.customer(Number(address.place.split('/')[1] ?? 0), scope),
  Customer,
);
