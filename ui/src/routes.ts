import type { Filter } from './lib/address';
import type { Screened } from './lib/screen';
import customer from './screens/customer';
import customers from './screens/customers';
import groups from './screens/groups';
import identity from './screens/identity';
import imports from './screens/imports';
import items from './screens/items';
import item from './screens/items/item';
import lifetimeValue from './screens/lifetime-value';
import orders from './screens/orders';
import overview from './screens/overview';
import profit from './screens/profit';
import radar from './screens/radar';
import reconciliation from './screens/reconciliation';
import settings from './screens/settings';
import thisWeek from './screens/this-week';

/** A screen and where it stands. Its name is `<place>-title` and what an empty ledger says there `<place>-empty`. */
export interface Route {
  place: string;
  screen: Screened;
  /** The filters that act here; the others stand still in the bar. */
  filters: readonly Filter[];
  /** The report can be written from here. */
  reports: boolean;
}

/** The screens in the order of the side bar; `customer`, `identity`, `item`, `orders` and `reconciliation` stand in none. */
export const ROUTES: readonly Route[] = [
  { place: 'this-week', screen: thisWeek, filters: ['mall'], reports: true },
  { place: 'overview', screen: overview, filters: ['period', 'mall', 'group'], reports: true },
  { place: 'orders', screen: orders, filters: ['period', 'mall', 'group'], reports: false },
  { place: 'profit', screen: profit, filters: ['period', 'mall', 'group'], reports: false },
  { place: 'groups', screen: groups, filters: ['mall'], reports: false },
  { place: 'lifetime-value', screen: lifetimeValue, filters: ['mall', 'group'], reports: false },
  { place: 'items', screen: items, filters: ['period', 'mall', 'group'], reports: false },
  { place: 'item', screen: item, filters: ['period', 'mall', 'group'], reports: false },
  { place: 'radar', screen: radar, filters: ['mall', 'group'], reports: false },
  { place: 'customers', screen: customers, filters: ['mall', 'group'], reports: false },
  { place: 'customer', screen: customer, filters: [], reports: false },
  { place: 'imports', screen: imports, filters: [], reports: false },
  { place: 'reconciliation', screen: reconciliation, filters: [], reports: false },
  { place: 'identity', screen: identity, filters: [], reports: false },
  { place: 'settings', screen: settings, filters: [], reports: false },
];

/** The screen at a place; `customer/12` is the screen `customer`. Unknown places are 今週. */
export function routeAt(place: string): Route {
  const name = place.split('/')[0];
  const found = ROUTES.find((route) => route.place === name) ?? ROUTES[0];
  if (!found) throw new Error('the list of screens is empty');
  return found;
}
