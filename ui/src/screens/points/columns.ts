import type { BandRow } from '../../api/generated/BandRow';
import type { DependenceRow } from '../../api/generated/DependenceRow';
import type { FirstOrderRow } from '../../api/generated/FirstOrderRow';
import type { Interval } from '../../api/generated/Interval';
import type { MultiplierRow } from '../../api/generated/MultiplierRow';
import type { PlaneCell } from '../../api/generated/PlaneCell';
import type { PointCustomer } from '../../api/generated/PointCustomer';
import type { QuarterRow } from '../../api/generated/QuarterRow';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';
import type { Column } from '../../parts/DataTable.svelte';

/** Where a place and the people behind a number stand, with the filters kept. */
export interface Ways {
  to: (place: string) => string;
  people: (of: string) => string;
}

const itemPlace = (item: { mall: string; item_code: string }) => `item/${encodeURIComponent(`${item.mall}:${item.item_code}`)}`;
const word = (name: string) => name.replaceAll('_', '-');
const one = (value: number | null | undefined) => (value === null || value === undefined ? format.NOTHING : format.fixed(value, 1));
/** A number in words with its unit; what is not there has none. */
const counted = (unit: string, count: string) => (count === format.NOTHING ? count : t(unit, { count }));
const two = (value: number | null | undefined) => (value === null || value === undefined ? format.NOTHING : format.fixed(value, 2));

/** A share with its range; a count first where people are few. */
function ranged(of: Interval | null): string {
  if (of === null) return format.NOTHING;
  return t('points-interval', { value: format.share(of), low: format.percent(of.low), high: format.percent(of.high) });
}

/** The range alone. */
export const range = (of: Interval): string => t('format-range', { from: format.percent(of.low), to: format.percent(of.high) });

/** An amount with its range. */
function rangedYen(of: Interval | null): string {
  if (of === null) return format.NOTHING;
  return t('points-interval', { value: format.yen(of.value), low: format.yen(of.low), high: format.yen(of.high) });
}

/** The cells of the plane. */
export function cellColumns({ people }: Ways): Column<PlaneCell>[] {
  return [
    { key: 'band', label: t('points-dependence'), text: (row) => t(`dependence-${word(row.band)}`) },
    { key: 'level', label: t('points-attachment'), text: (row) => t(`attachment-level-${String(row.level)}`), by: (row) => row.level },
    {
      key: 'people',
      label: t('points-people'),
      text: (row) => format.people(row.customer_count),
      number: true, how: 'points-people',
      by: (row) => row.customer_count,
      href: (row) => people(row.people),
    },
  ];
}

/** The quarters of the plane with the parts of attachment. */
export function quarterColumns({ people }: Ways, isReviewed: boolean): Column<QuarterRow>[] {
  const reviews: Column<QuarterRow> = {
    key: 'reviews', label: t('points-reviews'), text: (row) => one(row.parts?.review_count), number: true, how: 'points-reviews', by: (row) => row.parts?.review_count ?? null,
  };
  return [
    { key: 'quarter', label: t('points-quarter'), text: (row) => t(`plane-${word(row.quarter)}`) },
    {
      key: 'people',
      label: t('points-people'),
      text: (row) => format.people(row.customer_count),
      number: true, how: 'points-people',
      by: (row) => row.customer_count,
      href: (row) => (row.customer_count > 0 ? people(row.people) : null),
    },
    { key: 'sales', label: t('points-sales'), text: (row) => format.yen(row.net_sales), number: true, how: 'net-sales', by: (row) => row.net_sales },
    { key: 'full', label: t('points-full'), text: (row) => counted('format-times', one(row.parts?.full_value_repeats)), number: true, how: 'points-full', by: (row) => row.parts?.full_value_repeats ?? null },
    { key: 'widened', label: t('points-widened'), text: (row) => counted('format-kinds', one(row.parts?.categories_widened)), number: true, how: 'points-widened', by: (row) => row.parts?.categories_widened ?? null },
    { key: 'regularity', label: t('points-regularity'), text: (row) => two(row.parts?.regularity), number: true, how: 'points-regularity', by: (row) => row.parts?.regularity ?? null },
    { key: 'gifts', label: t('points-gifts'), text: (row) => counted('format-orders', one(row.parts?.gift_count)), number: true, how: 'points-gifts', by: (row) => row.parts?.gift_count ?? null },
    ...(isReviewed ? [reviews] : []),
    { key: 'tenure', label: t('points-tenure'), text: (row) => (row.parts ? format.days(row.parts.active_days) : format.NOTHING), number: true, how: 'points-tenure', by: (row) => row.parts?.active_days ?? null },
  ];
}

/** The bands of dependence. */
export function bandColumns({ people }: Ways): Column<BandRow>[] {
  return [
    { key: 'band', label: t('points-band'), text: (row) => t(`dependence-${word(row.band)}`) },
    {
      key: 'people',
      label: t('points-people'),
      text: (row) => format.people(row.customer_count),
      number: true, how: 'points-people',
      href: (row) => (row.customer_count > 0 ? people(row.people) : null),
    },
    { key: 'share', label: t('points-share'), text: (row) => format.percent(row.share), number: true, how: 'points-share' },
    { key: 'events', label: t('points-event-share'), text: (row) => format.percent(row.event_share), number: true, how: 'points-event-share' },
    { key: 'sales', label: t('points-sales'), text: (row) => format.yen(row.net_sales), number: true, how: 'net-sales' },
  ];
}

/** Groups, items or months. */
export function rowColumns({ to, people }: Ways, by: 'group' | 'item' | 'month'): Column<DependenceRow>[] {
  const name: Column<DependenceRow> = {
    key: 'name',
    label: t(`points-by-${by}`),
    text: (row) => {
      if (row.group) return format.group(row.group);
      if (row.item) return row.item.item_name.trim() || row.item.item_code;
      return row.month ? format.month(row.month) : row.key;
    },
    by: (row) => row.key,
    href: (row) => (row.item ? to(itemPlace(row.item)) : null),
    note: (row) => (row.item ? t(`mall-short-${row.item.mall}`) : null),
  };
  return [
    name,
    {
      key: 'people',
      label: t('points-people'),
      text: (row) => format.people(row.customer_count),
      number: true, how: 'points-people',
      by: (row) => row.customer_count,
      href: (row) => people(row.people),
    },
    { key: 'purchases', label: t('points-purchases'), text: (row) => format.times(row.purchase_count), number: true, how: 'points-purchases', by: (row) => row.purchase_count },
    {
      key: 'share',
      label: t('points-event-share'),
      text: (row) => (row.event_share === null ? format.NOTHING : shareOfPurchases(row.event_share)),
      number: true, how: 'points-event-share',
      by: (row) => row.event_share?.value ?? null,
    },
    { key: 'expected', label: t('points-expected'), text: (row) => format.percent(row.expected_share), number: true, how: 'points-expected', by: (row) => row.expected_share },
    { key: 'dependence', label: t('points-dependence'), text: (row) => format.signedPoints(row.dependence), number: true, how: 'points-dependence', by: (row) => row.dependence },
    { key: 'band', label: t('points-band'), text: (row) => (row.band === 'undecided' ? format.NOTHING : t(`dependence-${word(row.band)}`)) },
  ];
}

/** A share of purchases with its range: `51.9%（47.0%〜56.8%）`, with fewer than 30 `15/27回（…）`. */
function shareOfPurchases(of: Interval): string {
  const value = of.n >= format.FEW ? format.percent(of.value) : t('next-few', { part: format.count(of.value * of.n), whole: format.count(of.n) });
  return t('points-interval', { value, low: format.percent(of.low), high: format.percent(of.high) });
}

/** First orders by what they were given for. */
export function firstColumns({ people }: Ways, basis: string): Column<FirstOrderRow>[] {
  return [
    { key: 'first', label: t('points-first'), text: (row) => t(`first-order-${word(row.first)}`) },
    {
      key: 'people',
      label: t('points-people'),
      text: (row) => format.people(row.customer_count),
      number: true, how: 'points-people',
      href: (row) => people(row.people),
    },
    { key: 'f2', label: t('points-f2'), text: (row) => ranged(row.f2_180), number: true, how: 'points-f2' },
    { key: 'n', label: t('points-observed'), text: (row) => (row.f2_180 ? format.people(row.f2_180.n) : format.NOTHING), number: true, how: 'points-observed' },
    { key: 'ltv', label: t('points-ltv', { basis }), text: (row) => rangedYen(row.ltv_365), number: true, how: 'points-ltv' },
    { key: 'ltv-n', label: t('points-observed-year'), text: (row) => (row.ltv_365 ? format.people(row.ltv_365.n) : format.NOTHING), number: true, how: 'points-observed-year' },
  ];
}

/** What each raised multiplier costs. */
export function levelColumns({ people }: Ways): Column<MultiplierRow>[] {
  return [
    { key: 'times', label: t('points-multiplier'), text: (row) => t('points-what-times', { times: row.multiplier }) },
    { key: 'orders', label: t('points-orders'), text: (row) => format.orders(row.order_count), number: true, how: 'points-orders' },
    { key: 'people', label: t('points-people'), text: (row) => format.people(row.customer_count), number: true, how: 'points-level-people', href: (row) => people(row.people) },
    { key: 'cost', label: t('points-cost'), text: (row) => format.yen(row.points), number: true, how: 'points-cost' },
  ];
}

/** Customers with the parts of what is said of them. */
export function customerColumns({ to }: Ways, isReviewed: boolean): Column<PointCustomer>[] {
  const part = (key: string, how: string, label: string, text: (row: PointCustomer) => string, by: (row: PointCustomer) => number | null): Column<PointCustomer> => ({
    key, how, label, text, by, number: true,
  });
  return [
    {
      key: 'customer',
      label: t('points-customer'),
      text: (row) => row.display_name,
      by: (row) => row.display_name,
      href: (row) => to(`customer/${String(row.customer_id)}`),
    },
    part('dependence', 'points-dependence', t('points-dependence'), (row) => format.signedPoints(row.dependence), (row) => row.dependence),
    part(
      'events',
      'points-event-share',
      t('points-event-share'),
      (row) => t('next-few', { part: format.count(row.event_count), whole: format.count(row.purchase_count) }),
      (row) => row.event_share,
    ),
    part('expected', 'points-expected', t('points-expected'), (row) => format.percent(row.expected_share), (row) => row.expected_share),
    part('incentives', 'points-incentive-share', t('points-incentive-share'), (row) => format.percent(row.incentive_share), (row) => row.incentive_share),
    part('own', 'points-own-points', t('points-own-points'), (row) => format.percent(row.own_point_share), (row) => row.own_point_share),
    part('attachment', 'points-attachment', t('points-attachment'), (row) => two(row.attachment.score), (row) => row.attachment.score),
    part('full', 'points-full', t('points-full'), (row) => format.times(row.attachment.full_value_repeats), (row) => row.attachment.full_value_repeats),
    part('widened', 'points-widened', t('points-widened'), (row) => t('format-kinds', { count: format.count(row.attachment.categories_widened) }), (row) => row.attachment.categories_widened),
    part('regularity', 'points-regularity', t('points-regularity'), (row) => two(row.attachment.regularity), (row) => row.attachment.regularity),
    part('gifts', 'points-gifts', t('points-gifts'), (row) => format.orders(row.attachment.gift_count), (row) => row.attachment.gift_count),
    ...(isReviewed
      ? [part('reviews', 'points-reviews', t('points-reviews'), (row) => (row.attachment.review_count === null ? format.NOTHING : format.orders(row.attachment.review_count)), (row) => row.attachment.review_count)]
      : []),
    part('tenure', 'points-tenure', t('points-tenure'), (row) => format.days(row.attachment.active_days), (row) => row.attachment.active_days),
  ];
}
