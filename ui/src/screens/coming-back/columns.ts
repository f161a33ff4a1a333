import type { ComingBack } from '../../api/generated/ComingBack';
import type { GapBin } from '../../api/generated/GapBin';
import type { GapStep } from '../../api/generated/GapStep';
import type { NewAgainstExisting } from '../../api/generated/NewAgainstExisting';
import type { OtherDefinition } from '../../api/generated/OtherDefinition';
import type { RepeatMonth } from '../../api/generated/RepeatMonth';
import type { StepShare } from '../../api/generated/StepShare';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';
import type { Column } from '../../parts/DataTable.svelte';

/** The address of the people behind a number. */
export type People = (of: string) => string;

/** The purchase and the width of the bars that the screen opens with. */
export const STEP = 2;
export const BIN_DAYS = 10;

/** People below which a mean says more about them than about the shop. */
const FEWEST = 5;

/** Days people have for the next purchase. */
const WINDOWS = [90, 180, 365];
/** 「2回目へ」. */
export const stepName = (step: number): string => t('back-step', { step });

/** One share of the table. */
export interface WindowRow extends StepShare {
  step: number;
  days: number;
}

/** All steps with all windows, in their order. */
export function windowRows({ f, steps }: ComingBack): WindowRow[] {
  return steps.flatMap(({ step }) =>
    WINDOWS.flatMap((days) => {
      const share = f[`f${String(step)}`]?.[String(days)];
      return share ? [{ ...share, step, days }] : [];
    }),
  );
}

const linked = (count: number, href: string): string | null => (count > 0 ? href : null);

/** F2 to F5. */
export function windowColumns(people: People): Column<WindowRow>[] {
  const of = ({ step, days }: WindowRow, whom: string) => people(`step:${String(step)}:${String(days)}:${whom}`);
  return [
    { key: 'step', label: t('back-windows-step'), text: (row) => stepName(row.step) },
    { key: 'days', label: t('back-windows-days'), text: (row) => t('back-windows-within', { days: format.days(row.days) }) },
    {
      key: 'share',
      label: t('back-windows-share'),
      text: (row) => (row.share ? format.share(row.share) : t('back-windows-none')),
      number: true, how: 'back-windows-share',
      by: (row) => row.share?.value ?? null,
      href: (row) => linked(row.return_count, of(row, 'back')),
    },
    {
      key: 'range',
      label: t('range'),
      text: (row) => (row.share ? t('format-range', { from: format.percent(row.share.low), to: format.percent(row.share.high) }) : format.NOTHING),
      number: true, how: 'range',
    },
    {
      key: 'n',
      label: t('back-windows-n'),
      text: (row) => format.people(row.share?.n ?? 0),
      number: true, how: 'back-windows-n',
      href: (row) => linked(row.share?.n ?? 0, of(row, 'observed')),
    },
    {
      key: 'open',
      label: t('back-windows-open'),
      text: (row) => format.people(row.open_count),
      number: true, how: 'back-windows-open',
      href: (row) => linked(row.open_count, of(row, 'open')),
    },
    { key: 'before', label: t('back-windows-before'), text: (row) => format.share(row.year_before), number: true, how: 'back-windows-before' },
  ];
}

/** Months with people, orders and yen. */
export function monthColumns(people: People): Column<RepeatMonth>[] {
  const part = (of: number, whole: number) => (whole > 0 ? of / whole : null);
  return [
    {
      key: 'month',
      label: t('months-month'),
      text: (row) => format.month(row.month),
      by: (row) => row.month,
      href: (row) => linked(row.customer_count, people(`month:${row.month}`)),
      note: (row) => (row.open ? t('open-month') : null),
    },
    { key: 'people', label: t('back-months-people'), text: (row) => format.people(row.customer_count), number: true, how: 'back-months-people', by: (row) => row.customer_count },
    {
      key: 'back',
      label: t('back-months-back'),
      text: (row) => format.people(row.return_count),
      number: true, how: 'back-months-back',
      by: (row) => row.return_count,
      href: (row) => linked(row.return_count, people(`back:${row.month}`)),
    },
    { key: 'share', label: t('repeat-share'), text: (row) => format.share(row.repeat_share), number: true, how: 'back-months-share', by: (row) => row.repeat_share?.value ?? null },
    { key: 'before', label: t('months-year-before'), text: (row) => format.share(row.share_year_before), number: true, how: 'back-months-before' },
    {
      key: 'orders',
      label: t('back-months-orders'),
      text: (row) => format.orders(row.existing_order_count),
      number: true, how: 'back-months-orders',
      by: (row) => row.existing_order_count,
      note: (row) => format.percent(part(row.existing_order_count, row.order_count)),
    },
    {
      key: 'sales',
      label: t('back-months-sales'),
      text: (row) => format.yen(row.existing_net_sales),
      number: true, how: 'back-months-sales',
      by: (row) => row.existing_net_sales,
      note: (row) => format.percent(part(row.existing_net_sales, row.net_sales)),
    },
  ];
}

const days = (value: number | null): string => (value === null ? format.NOTHING : format.days(value));

/** When each step is made. */
export function gapColumns(people: People): Column<GapStep>[] {
  return [
    { key: 'step', label: t('back-windows-step'), text: (row) => stepName(row.step) },
    { key: 'people', label: t('back-gap-people'), text: (row) => format.people(row.customer_count), number: true, how: 'back-gap-people' },
    {
      key: 'back',
      label: t('back-gap-back'),
      text: (row) => format.people(row.return_count),
      number: true, how: 'back-gap-back',
      href: (row) => linked(row.return_count, people(`gap:${String(row.step)}:0:99999`)),
    },
    {
      key: 'waiting',
      label: t('back-gap-waiting'),
      text: (row) => format.people(row.waiting_count),
      number: true, how: 'back-gap-waiting',
      href: (row) => linked(row.waiting_count, people(`waiting:${String(row.step)}:0:99999`)),
    },
    { key: 'lower', label: t('back-gap-lower'), text: (row) => days(row.lower_days), number: true, how: 'back-gap-lower' },
    { key: 'median', label: t('back-gap-median'), text: (row) => days(row.median_days), number: true, how: 'back-gap-median' },
    { key: 'upper', label: t('back-gap-upper'), text: (row) => days(row.upper_days), number: true, how: 'back-gap-upper' },
  ];
}

/** One day of all curves. */
export interface CurveRow {
  day: number;
  steps: readonly GapStep[];
}

/** Every thirty days of the curves. */
export function curveRows(steps: readonly GapStep[]): CurveRow[] {
  const longest = steps[0]?.curve ?? [];
  return longest.filter(({ day }) => day % 30 === 0).map(({ day }) => ({ day, steps }));
}

/** The share back by each day, and how many are still waited for. */
export function curveColumns(steps: readonly GapStep[]): Column<CurveRow>[] {
  const point = (row: CurveRow, step: number) => row.steps.find((one) => one.step === step)?.curve.find(({ day }) => day === row.day);
  return [
    { key: 'day', label: t('back-bin-days'), text: (row) => format.days(row.day) },
    ...steps.map(({ step }) => ({
      key: String(step),
      label: stepName(step),
      text: (row: CurveRow) => format.percent(point(row, step)?.share ?? null),
      note: (row: CurveRow) => {
        const found = point(row, step);
        return found ? format.people(found.at_risk) : null;
      },
      number: true, how: 'back-curve',
    })),
  ];
}

/** The bars. */
export function binColumns(step: number, people: People): Column<GapBin>[] {
  return [
    { key: 'days', label: t('back-bin-days'), text: (row) => t('back-bin-range', { from: row.from_day, to: format.days(row.to_day) }) },
    {
      key: 'people',
      label: t('back-bin-people'),
      text: (row) => format.people(row.return_count),
      number: true, how: 'back-bin-people',
      by: (row) => row.return_count,
      href: (row) => linked(row.return_count, people(`gap:${String(step)}:${String(row.from_day)}:${String(row.to_day)}`)),
    },
    { key: 'share', label: t('back-bin-share'), text: (row) => format.percent(row.cumulative_share), number: true, how: 'back-bin-share' },
  ];
}

/** One thing that is compared between first and later purchases. */
export interface SideRow {
  what: string;
  first: string;
  later: string;
  ratio: string;
  firstPeople?: string | null;
  laterPeople?: string | null;
}

/** First against later purchases, row by row. */
export function sideRows(sides: NewAgainstExisting, { from, to }: Pick<ComingBack, 'from' | 'to'>): SideRow[] {
  const { new: first, existing: later } = sides;
  const times = (ratio: number | null) => (ratio === null ? format.NOTHING : t('back-sides-times', { times: ratio.toFixed(2) }));
  const band = sides.margin_per_order_ratio;
  const watched = (of: typeof first) => (of.orders_per_year?.n ?? 0) >= FEWEST;
  const yearly = (of: typeof first) =>
    of.orders_per_year === null || !watched(of)
      ? format.NOTHING
      : t('back-sides-yearly-text', { count: of.orders_per_year.value.toFixed(1), people: format.people(of.orders_per_year.n) });
  const period = from && to ? `${from}:${to}` : null;
  return [
    {
      what: t('customers'),
      first: format.people(first.customer_count),
      later: format.people(later.customer_count),
      ratio: format.NOTHING,
      firstPeople: period && first.customer_count > 0 ? `new:${period}` : null,
      laterPeople: period && later.customer_count > 0 ? `existing:${period}` : null,
    },
    { what: t('orders'), first: format.orders(first.order_count), later: format.orders(later.order_count), ratio: format.NOTHING },
    { what: t('net-sales'), first: format.yen(first.net_sales), later: format.yen(later.net_sales), ratio: format.NOTHING },
    {
      what: t('average-order-value'),
      first: format.yen(first.average_order_value),
      later: format.yen(later.average_order_value),
      ratio: times(sides.average_order_value_ratio),
    },
    {
      what: t('back-sides-margin'),
      first: first.margin_per_order ? format.exactBand(first.margin_per_order) : format.NOTHING,
      later: later.margin_per_order ? format.exactBand(later.margin_per_order) : format.NOTHING,
      ratio:
        band === null
          ? format.NOTHING
          : band.low.toFixed(2) === band.high.toFixed(2)
            ? times(band.low)
            : t('format-range', { from: times(band.low), to: times(band.high) }),
    },
    { what: t('back-sides-yearly'), first: yearly(first), later: yearly(later), ratio: times(watched(first) && watched(later) ? sides.orders_per_year_ratio : null) },
  ];
}

/** Their table. */
export function sideColumns(people: People): Column<SideRow>[] {
  return [
    { key: 'what', label: t('back-sides-what'), text: (row) => row.what },
    { key: 'first', label: t('side-new'), text: (row) => row.first, number: true, how: 'back-sides-first', href: (row) => (row.firstPeople ? people(row.firstPeople) : null) },
    { key: 'later', label: t('side-existing'), text: (row) => row.later, number: true, how: 'back-sides-later', href: (row) => (row.laterPeople ? people(row.laterPeople) : null) },
    { key: 'ratio', label: t('back-sides-ratio'), text: (row) => row.ratio, number: true, how: 'back-sides-ratio' },
  ];
}

/** The same orders by other definitions. */
export function definitionColumns(people: People, { from, to }: Pick<ComingBack, 'from' | 'to'>): Column<OtherDefinition>[] {
  return [
    { key: 'label', label: t('back-definitions-label'), text: (row) => row.label, sentence: true },
    {
      key: 'share',
      label: t('back-definitions-share'),
      text: (row) => (row.share ? format.share(row.share) : t('back-definitions-no-orders')),
      number: true, how: 'back-definitions-share',
      href: (row) => (from && to ? linked(row.back_count, people(`counted:${row.key}:${from}:${to}`)) : null),
    },
    {
      key: 'n',
      label: t('back-definitions-n'),
      text: (row) => format.people(row.customer_count),
      number: true, how: 'back-definitions-n',
      href: (row) => (from && to ? linked(row.customer_count, people(`among:${row.key}:${from}:${to}`)) : null),
    },
    { key: 'what', label: t('back-definitions-what'), text: (row) => row.definition, sentence: true },
    { key: 'why', label: t('back-definitions-why'), text: (row) => row.difference, sentence: true },
  ];
}
