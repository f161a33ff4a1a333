import type { CustomerSort } from '../api/generated/CustomerSort';
import type { Day } from '../api/generated/Day';
import type { GroupKey } from '../api/generated/GroupKey';
import type { Mall } from '../api/generated/Mall';
import type { Measure } from '../api/generated/Measure';
import type { Scope } from '../api/generated/Scope';
import { isDay, monthsBack, yearStart } from './dates';

/** What the filter bar can restrict. */
export type Filter = 'period' | 'mall' | 'group';

/** The ten groups, best first. */
export const GROUPS: readonly GroupKey[] = [
  'champions', 'loyal', 'promising', 'new', 'nurturing',
  'needs_attention', 'about_to_lapse', 'cooling_best', 'at_risk', 'dormant',
];

/** What the cohort table can show. */
export const MEASURES: readonly Measure[] = [
  'retention', 'cumulative_retention', 'orders_per_customer',
  'cumulative_orders_per_customer', 'net_sales', 'cumulative_net_sales',
];

/** Malls in their order on the screen. */
export const MALLS: readonly Mall[] = ['rakuten', 'yahoo', 'own'];

/** Columns the customer list sorts by. */
export const SORTS: readonly CustomerSort[] = [
  'customer', 'group', 'order_count', 'net_sales', 'last_purchase', 'first_purchase', 'lapse',
];

/** Periods to choose from; `12m` is what a screen shows unasked. */
export const PERIODS = ['12m', '6m', '3m', 'year', 'all', 'custom'] as const;

/** A period by name; `custom` goes with `from` and `to`. */
export type Period = (typeof PERIODS)[number];

/** Where the owner is and what they look at: all of it stands after the `#`. */
export interface Address {
  /** `this-week`, `overview`, …; `customer/12` for one customer. */
  place: string;
  period: Period;
  from: Day | null;
  to: Day | null;
  mall: Mall | null;
  group: GroupKey | null;
  /** Whom the customer list shows: `group:champions`, `cohort:2025-01:3`, … */
  people: string | null;
  search: string | null;
  sort: CustomerSort;
  descending: boolean;
  measure: Measure;
  /** Code of an item; only where a screen asks for it. */
  item: string | null;
  /** Key of a campaign; only where a screen asks for it. */
  event: string | null;
}

/** What an empty address means. */
export const HOME: Address = {
  place: 'this-week',
  period: '12m',
  from: null,
  to: null,
  mall: null,
  group: null,
  people: null,
  search: null,
  sort: 'last_purchase',
  descending: true,
  measure: 'retention',
  item: null,
  event: null,
};

function oneOf<T extends string>(known: readonly T[], text: string | null): T | null {
  return known.find((name) => name === text) ?? null;
}

/** Reads the part after `#`. What it does not know it leaves out. */
export function read(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const given = new URLSearchParams(query);
  const from = given.get('from');
  const to = given.get('to');
  const sort = oneOf(SORTS, given.get('sort'));
  return {
    place: path || HOME.place,
    period: oneOf(PERIODS, given.get('period')) ?? HOME.period,
    from: from && isDay(from) ? from : null,
    to: to && isDay(to) ? to : null,
    mall: oneOf(MALLS, given.get('mall')),
    group: oneOf(GROUPS, given.get('group')),
    people: given.get('people')?.slice(0, 200) ?? null,
    search: given.get('search')?.slice(0, 100) ?? null,
    sort: sort ?? HOME.sort,
    descending: sort ? given.get('descending') === '1' : HOME.descending,
    measure: oneOf(MEASURES, given.get('measure')) ?? HOME.measure,
    item: given.get('item')?.slice(0, 200) ?? null,
    event: given.get('event')?.slice(0, 100) ?? null,
  };
}

/** Writes the part after `#`, with it; what is as unasked is left out. */
export function write(address: Address): string {
  const query = new URLSearchParams();
  if (address.period !== HOME.period) query.set('period', address.period);
  if (address.period === 'custom') {
    if (address.from) query.set('from', address.from);
    if (address.to) query.set('to', address.to);
  }
  if (address.mall) query.set('mall', address.mall);
  if (address.group) query.set('group', address.group);
  if (address.people) query.set('people', address.people);
  if (address.search) query.set('search', address.search);
  if (address.sort !== HOME.sort || address.descending !== HOME.descending) {
    query.set('sort', address.sort);
    if (address.descending) query.set('descending', '1');
  }
  if (address.measure !== HOME.measure) query.set('measure', address.measure);
  if (address.item) query.set('item', address.item);
  if (address.event) query.set('event', address.event);
  const text = query.toString();
  return `#/${address.place}${text ? `?${text}` : ''}`;
}

/** Another place with the same period, mall and group; everything else starts anew. */
export function at(here: Address, place: string, more: Partial<Address> = {}): string {
  const { period, from, to, mall, group } = here;
  return write({ ...HOME, period, from, to, mall, group, place, ...more });
}

/** What Rust is asked: `12m` is its own unasked period and therefore stays unsaid. */
export function scope(address: Address, firstDay: Day | null, lastDay: Day | null): Scope {
  const asked: Scope = {};
  if (address.mall) asked.mall = address.mall;
  if (address.group) asked.group = address.group;
  if (address.item) asked.item = address.item;
  if (address.period === 'custom') {
    if (address.from) asked.from = address.from;
    if (address.to) asked.to = address.to;
  } else if (lastDay && address.period !== '12m') {
    asked.to = lastDay;
    if (address.period === 'all') asked.from = firstDay ?? lastDay;
    else if (address.period === 'year') asked.from = yearStart(lastDay);
    else asked.from = monthsBack(lastDay, address.period === '6m' ? 6 : 3);
  }
  return asked;
}
