import type { Compared } from './api/generated/Compared';
import type { Filter } from './lib/address';
import type { Screened } from './lib/screen';
import thisWeek from './screens/this-week';

/** A screen and where it stands. Its name is `<place>-title` and what an empty ledger says there `<place>-empty`. */
export interface Route {
  place: string;
  screen: () => Promise<Screened>;
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

/** A screen that comes when it is first gone to; the one the window opens with is there. */
const later = (load: () => Promise<{ default: Screened }>) => async () => (await load()).default;

/** The screens in the order of the side bar; `customer`, `events`, `identity`, `item`, `orders` and `reconciliation` stand in none. */
export const ROUTES: readonly Route[] = [
  { place: 'this-week', screen: () => Promise.resolve(thisWeek), filters: ['mall', 'item'], reports: true, means: ['item'] },
  { place: 'overview', screen: later(() => import('./screens/overview')), filters: ['period', 'mall', 'item', 'group', 'compare'], reports: true, compared: 'overview', means: ['item'] },
  { place: 'orders', screen: later(() => import('./screens/orders')), filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'orders', means: ['item'] },
  { place: 'profit', screen: later(() => import('./screens/profit')), filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'profit', means: ['item'] },
  { place: 'groups', screen: later(() => import('./screens/groups')), filters: ['period', 'mall', 'item', 'compare'], reports: false, compared: 'groups', means: ['period', 'item'], unasked: true },
  { place: 'coming-back', screen: later(() => import('./screens/coming-back')), filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'coming_back', means: ['item'] },
  { place: 'lifetime-value', screen: later(() => import('./screens/lifetime-value')), filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'ltv', means: ['period', 'item'], unasked: true },
  { place: 'growth-map', screen: later(() => import('./screens/growth-map')), filters: ['mall', 'item', 'group', 'compare'], reports: false, compared: 'growth_map', means: ['item'] },
  { place: 'items', screen: later(() => import('./screens/items')), filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'items', means: ['item'] },
  { place: 'item', screen: later(() => import('./screens/items/item')), filters: ['period', 'mall', 'group', 'compare'], reports: false, compared: 'item' },
  { place: 'points', screen: later(() => import('./screens/points')), filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'points', means: ['item'] },
  { place: 'events', screen: later(() => import('./screens/events')), filters: [], reports: false },
  { place: 'radar', screen: later(() => import('./screens/radar')), filters: ['mall', 'item', 'group'], reports: false, means: ['item'] },
  { place: 'customers', screen: later(() => import('./screens/customers')), filters: ['period', 'mall', 'item', 'group', 'compare'], reports: false, compared: 'overview', means: ['period', 'item'], unasked: true },
  { place: 'customer', screen: later(() => import('./screens/customer')), filters: [], reports: false },
  { place: 'imports', screen: later(() => import('./screens/imports')), filters: [], reports: false },
  { place: 'reconciliation', screen: later(() => import('./screens/reconciliation')), filters: [], reports: false },
  { place: 'identity', screen: later(() => import('./screens/identity')), filters: [], reports: false },
  { place: 'settings', screen: later(() => import('./screens/settings')), filters: [], reports: false },
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
