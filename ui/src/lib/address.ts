import type { By } from '../api/generated/By';
import type { CustomerSort } from '../api/generated/CustomerSort';
import type { Day } from '../api/generated/Day';
import type { Compare } from '../api/generated/Compare';
import type { GroupKey } from '../api/generated/GroupKey';
import type { Mall } from '../api/generated/Mall';
import type { Measure } from '../api/generated/Measure';
import type { Scope } from '../api/generated/Scope';
import { isDay, monthsBack, yearStart } from './dates';

/** What the filter bar can restrict. */
export type Filter = 'period' | 'mall' | 'item' | 'group' | 'compare';

/** All of them, in their order in the bar. */
export const FILTERS: readonly Filter[] = ['period', 'mall', 'item', 'group', 'compare'];

/** With what a period is compared; `custom` goes with two days. */
export const COMPARES = ['previous_year', 'custom'] as const;

/** A comparison by name. */
export type Comparing = (typeof COMPARES)[number];

/** The ten groups, best first. */
export const GROUPS: readonly GroupKey[] = [
  'champions', 'loyal', 'promising', 'new', 'nurturing',
  'needs_attention', 'about_to_lapse', 'cooling_best', 'at_risk', 'dormant',
];

/** What the cohort table can show. */
export const MEASURES: readonly Measure[] = [
  'retention', 'cumulative_retention', 'orders_per_customer',
  'cumulative_orders_per_customer', 'net_sales', 'cumulative_net_sales', 'value', 'cumulative_value',
];

/** By what customers are parted at their first purchase. */
export const BYS: readonly By[] = ['month', 'quarter', 'week', 'first_mall', 'first_item', 'first_category', 'incentive'];

/** Cohorts that are looked at beside each other, at most. */
export const COMPARED = 3;

/** Malls in their order on the screen. */
export const MALLS: readonly Mall[] = ['rakuten', 'yahoo', 'own'];

/** Columns the customer list sorts by. */
export const SORTS: readonly CustomerSort[] = [
  'customer', 'group', 'order_count', 'net_sales', 'last_purchase', 'first_purchase', 'dependence', 'lapse',
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
  /** Mall and code of an item, or its code alone. */
  item: string | null;
  /** Name of a category of the item files. */
  category: string | null;
  compare: Comparing | null;
  compareFrom: Day | null;
  compareTo: Day | null;
  /** Whom the customer list shows: `group:champions`, `cohort:2025-01:3`, … */
  people: string | null;
  search: string | null;
  sort: CustomerSort;
  descending: boolean;
  measure: Measure;
  by: By;
  /** Keys of the cohorts that are looked at beside each other; none as unasked. */
  chosen: readonly string[];
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
  item: null,
  category: null,
  compare: null,
  compareFrom: null,
  compareTo: null,
  people: null,
  search: null,
  sort: 'last_purchase',
  descending: true,
  measure: 'retention',
  by: 'month',
  chosen: [],
  event: null,
};

function oneOf<T extends string>(known: readonly T[], text: string | null): T | null {
  return known.find((name) => name === text) ?? null;
}

/** Reads the part after `#`. What it does not know it leaves out. */
export function read(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const given = new URLSearchParams(query);
  const day = (name: string): Day | null => {
    const text = given.get(name);
    return text && isDay(text) ? text : null;
  };
  const sort = oneOf(SORTS, given.get('sort'));
  return {
    place: path || HOME.place,
    period: oneOf(PERIODS, given.get('period')) ?? HOME.period,
    from: day('from'),
    to: day('to'),
    mall: oneOf(MALLS, given.get('mall')),
    group: oneOf(GROUPS, given.get('group')),
    item: given.get('item')?.slice(0, 200) ?? null,
    category: given.get('category')?.slice(0, 200) ?? null,
    compare: oneOf(COMPARES, given.get('compare')),
    compareFrom: day('compare_from'),
    compareTo: day('compare_to'),
    people: given.get('people')?.slice(0, 200) ?? null,
    search: given.get('search')?.slice(0, 100) ?? null,
    sort: sort ?? HOME.sort,
    descending: sort ? given.get('descending') === '1' : HOME.descending,
    measure: oneOf(MEASURES, given.get('measure')) ?? HOME.measure,
    by: oneOf(BYS, given.get('by')) ?? HOME.by,
    chosen: given.getAll('chosen').slice(0, COMPARED).map((key) => key.slice(0, 200)),
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
  if (address.item) query.set('item', address.item);
  if (address.category) query.set('category', address.category);
  if (address.group) query.set('group', address.group);
  if (address.compare) query.set('compare', address.compare);
  if (address.compare === 'custom') {
    if (address.compareFrom) query.set('compare_from', address.compareFrom);
    if (address.compareTo) query.set('compare_to', address.compareTo);
  }
  if (address.people) query.set('people', address.people);
  if (address.search) query.set('search', address.search);
  if (address.sort !== HOME.sort || address.descending !== HOME.descending) {
    query.set('sort', address.sort);
    if (address.descending) query.set('descending', '1');
  }
  if (address.measure !== HOME.measure) query.set('measure', address.measure);
  if (address.by !== HOME.by) query.set('by', address.by);
  for (const key of address.chosen) query.append('chosen', key);
  if (address.event) query.set('event', address.event);
  const text = query.toString();
  return `#/${address.place}${text ? `?${text}` : ''}`;
}

/** What the filter bar holds in an address. */
export function filtersOf(here: Address): Partial<Address> {
  const { period, from, to, mall, item, category, group, compare, compareFrom, compareTo } = here;
  return { period, from, to, mall, item, category, group, compare, compareFrom, compareTo };
}

/** The filters that are set in an address. */
export function setFilters(here: Address): Filter[] {
  const set: Record<Filter, boolean> = {
    period: here.period !== HOME.period,
    mall: here.mall !== null,
    item: here.item !== null || here.category !== null,
    group: here.group !== null,
    compare: here.compare !== null,
  };
  return FILTERS.filter((filter) => set[filter]);
}

/** Another place with the same filters; everything else starts anew. */
export function at(here: Address, place: string, more: Partial<Address> = {}): string {
  return write({ ...HOME, ...filtersOf(here), place, ...more });
}

/** The comparison that is asked for; nothing while one of its days is missing or they stand the wrong way round. */
function comparing({ compare, compareFrom, compareTo }: Address): Compare | null {
  if (compare === 'previous_year') return compare;
  if (compare !== 'custom' || !compareFrom || !compareTo || compareFrom > compareTo) return null;
  return { period: { from: compareFrom, to: compareTo } };
}

/** The item code an address is about: the one asked for, or that of an item's own page, `item/rakuten%3Abeans`. */
export function itemOf(address: Address): string | null {
  const [place, ...rest] = address.place.split('/');
  if (place !== 'item') return address.item;
  let key = rest.join('/');
  try {
    key = decodeURIComponent(key);
  } catch {
    return null;
  }
  const mall = MALLS.find((known) => key.startsWith(`${known}:`));
  return mall ? key.slice(mall.length + 1) : null;
}

/** What Rust is asked: `12m` is its own unasked period and therefore stays unsaid. */
export function scope(address: Address, firstDay: Day | null, lastDay: Day | null): Scope {
  const asked: Scope = {};
  if (address.mall) asked.mall = address.mall;
  if (address.group) asked.group = address.group;
  if (address.item) asked.item = address.item;
  if (address.category) asked.category = address.category;
  const compare = comparing(address);
  if (compare) asked.compare = compare;
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
