import type { Compared } from './api/generated/Compared';
import type { Filter } from './lib/address';
import type { Screened } from './lib/screen';
import comingBack from './screens/coming-back';
import customer from './screens/customer';
import customers from './screens/customers';
import events from './screens/events';
import growthMap from './screens/growth-map';
import groups from './screens/groups';
import identity from './screens/identity';
import imports from './screens/imports';
import items from './screens/items';
import item from './screens/items/item';
import lifetimeValue from './screens/lifetime-value';
import orders from './screens/orders';
import overview from './screens/overview';
import points from './screens/points';
import profit from './screens/profit';
import radar from './screens/radar';
import reconciliation from './screens/reconciliation';
import settings from './screens/settings';
import thisWeek from './screens/this-week';

/** A screen and where it stands. Its name is `<place>-title` and what an empty ledger says there `<place>-empty`. */
export interface Route {
  place: string;
  screen: Screened;
  /** The filters that act here. Of the others the bar says in words why they do not: `<place>-filters`. */
  filters: readonly Filter[];
  /** The report can be written from here. */
  reports: boolean;
  /** What a comparison says here; nothing where a screen knows none. */
  compared?: Compared;
  /** Filters that mean something of their own here, said in words: `filter-means-<place>-<filter>`. */
  means?: readonly Filter[];
  /** Without a stated period it speaks of everything, not of twelve months. */
  unasked?: boolean;
}

/** The screens in the order of the side bar; `customer`, `events`, `identity`, `item`, `orders` and `reconciliation` stand in none. */
export const ROUTES: readonly Route[] = [
  { place: 'this-week', screen: thisWeek, filters: ['mall', 'item'], reports: true, means: ['item'] },
  { place: 'overview', screen: overview, filters: ['period', 'mall', 'item', 'group', 'compare'], reports: true, compared: 'overview', means: ['item'] },
  { place: 'orders', screen: orders, filters: ['period', 'mall', 'item', 'group'], reports: false, means: ['item'] },
  { place: 'profit', screen: profit, filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'profit', means: ['item'] },
  { place: 'groups', screen: groups, filters: ['period', 'mall', 'item', 'compare'], reports: false, compared: 'groups', means: ['period', 'item'], unasked: true },
  { place: 'coming-back', screen: comingBack, filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'overview', means: ['item'] },
  { place: 'lifetime-value', screen: lifetimeValue, filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'ltv', means: ['period', 'item'], unasked: true },
  { place: 'growth-map', screen: growthMap, filters: ['mall', 'item', 'group'], reports: false, means: ['item'] },
  { place: 'items', screen: items, filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'items', means: ['item'] },
  { place: 'item', screen: item, filters: ['period', 'mall', 'group'], reports: false },
  { place: 'points', screen: points, filters: ['period', 'mall', 'item', 'group'], reports: false, means: ['item'] },
  { place: 'events', screen: events, filters: [], reports: false },
  { place: 'radar', screen: radar, filters: ['mall', 'item', 'group'], reports: false, means: ['item'] },
  { place: 'customers', screen: customers, filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'overview', means: ['period', 'item'], unasked: true },
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

/** Screens that stand in no side bar, and the place there that they belong to. */
const WITHIN: Readonly<Record<string, string>> = {
  customer: 'customers', events: 'points', identity: 'customers', item: 'items', orders: 'overview', reconciliation: 'imports',
};

/** The place of the side bar that a screen belongs to. */
export const sidePlace = (route: Route): string => WITHIN[route.place] ?? route.place;
