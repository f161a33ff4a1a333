import type { By } from '../../api/generated/By';
import type { CohortCell } from '../../api/generated/CohortCell';
import type { Cohorts } from '../../api/generated/Cohorts';
import type { Curve } from '../../api/generated/Curve';
import type { CurvePoint } from '../../api/generated/CurvePoint';
import type { TrendRow } from '../../api/generated/TrendRow';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';
import type { Column } from '../../parts/DataTable.svelte';

/** The address of the people behind a number. */
export type ToPeople = (of: string) => string;

/** Fewer people than this are only counted. */
const FEWEST = 5;

const amount = (yen: number | null | undefined) => (yen === null || yen === undefined ? format.NOTHING : format.yen(yen));

/** A cell of the cohort table. */
interface HeatCell {
  text: string;
  /** Below it: the percentage of a few people, who are counted first. */
  under: string | null;
  href: string | null;
  note: string | null;
}

/** A row of the cohort table: a cohort, or the means under them. */
export interface HeatRow {
  key: string | null;
  head: string;
  people: number | null;
  href: string | null;
  cells: ReadonlyMap<number, HeatCell>;
}

/** The people a cell counts, as `customers?people=` understands them; everybody of the cohort for amounts. */
function peopleOf({ measure, by }: Cohorts, key: string, cell: CohortCell): string | null {
  if (measure !== 'retention' && measure !== 'cumulative_retention') return null;
  if (cell.customer_count === 0) return null;
  if (measure === 'cumulative_retention') return `cohort:${by}:to-${String(cell.period)}:${key}`;
  return by === 'month' ? `cohort:${key}:${String(cell.period)}` : `cohort:${by}:${String(cell.period)}:${key}`;
}

function worded({ measure }: Cohorts, value: number, n: number): Pick<HeatCell, 'text' | 'under'> {
  switch (measure) {
    case 'retention':
    case 'cumulative_retention':
      // How many there are stands at the head of the row.
      return n < format.FEW ? { text: format.people(value * n), under: format.percent(value) } : { text: format.percent(value), under: null };
    case 'orders_per_customer':
    case 'cumulative_orders_per_customer':
      return { text: value.toFixed(2), under: null };
    default:
      return { text: format.yen(value), under: null };
  }
}

/** One row per cohort. */
export function heatRows(cohorts: Cohorts, to: ToPeople): HeatRow[] {
  return cohorts.cohorts.map((row) => ({
    key: row.key,
    head: row.label,
    people: row.customer_count,
    href: to(row.people),
    cells: new Map(
      row.cells.map((cell) => {
        const people = peopleOf(cohorts, row.key, cell);
        const worth = worded(cohorts, cell.value, cell.n);
        return [cell.period, { ...worth, href: people === null ? null : to(people), note: cell.open ? t('open-period') : null }];
      }),
    ),
  }));
}

/** The mean over people and the median over cohorts. */
export function heatFoot(cohorts: Cohorts): HeatRow[] {
  const row = (head: string, value: 'value' | 'median'): HeatRow => ({
    key: null,
    head,
    people: null,
    href: null,
    cells: new Map(
      cohorts.weighted_mean.map((mean) => [mean.period, { ...worded(cohorts, mean[value], format.FEW), href: null, note: null }]),
    ),
  });
  return cohorts.weighted_mean.length === 0 ? [] : [row(t('cohort-mean'), 'value'), row(t('cohort-median'), 'median')];
}

/** The cohort, its people, then one column per period. */
export function heatColumns(cohorts: Cohorts): Column<HeatRow>[] {
  const last = Math.max(0, ...cohorts.cohorts.map((row) => row.cells.at(-1)?.period ?? 0));
  return [
    { key: 'head', label: t(`cohort-by-${cohorts.by}`), text: (row) => row.head, href: (row) => row.href },
    { key: 'people', label: t('cohort-people'), text: (row) => (row.people === null ? '' : format.count(row.people)), number: true, how: 'cohort-people' },
    ...Array.from({ length: last + 1 }, (_, period) => ({
      key: String(period),
      label: t(`cohort-period-${unit(cohorts.by)}`, { period }),
      text: (row: HeatRow) => row.cells.get(period)?.text ?? '',
      href: (row: HeatRow) => row.cells.get(period)?.href ?? null,
      note: (row: HeatRow) => row.cells.get(period)?.note ?? null,
      under: (row: HeatRow) => row.cells.get(period)?.under ?? null,
      number: true, how: 'cohort-period',
    })),
  ];
}

/** The length of the periods in which cohorts are followed. */
export function unit(by: By): 'month' | 'quarter' | 'week' {
  return by === 'quarter' || by === 'week' ? by : 'month';
}

const DAYS = [0, 90, 180, 360, 720];

/** One row per curve: what it has reached after some days, and when it has earned its cost back. */
export function curveColumns(by: By, to: ToPeople, hasCost: boolean): Column<Curve>[] {
  const point = (curve: Curve, day: number) => curve.points.find((found) => found.day === day);
  return [
    {
      key: 'label',
      label: t(`cohort-by-${by}`),
      text: (curve) => curve.label,
      href: (curve) => (curve.people === null ? null : to(curve.people)),
    },
    { key: 'people', label: t('cohort-people'), text: (curve) => format.count(curve.customer_count), number: true, how: 'cohort-people', by: (curve) => curve.customer_count },
    ...DAYS.map((day) => ({
      key: String(day),
      label: t('trend-days', { days: format.days(day) }),
      text: (curve: Curve) => amount(point(curve, day)?.value),
      by: (curve: Curve) => point(curve, day)?.value ?? null,
      number: true, how: 'curve-day-value',
    })),
    ...(hasCost
      ? [
          {
            key: 'payback',
            label: t('payback-day'),
            text: (curve: Curve) => (curve.payback_day === null ? t('payback-not-yet') : format.days(curve.payback_day)),
            by: (curve: Curve) => curve.payback_day,
            number: true, how: 'payback-day',
          },
        ]
      : []),
  ];
}

/** One day of the coloured curves. */
export interface CurveRow {
  day: number;
  points: ReadonlyMap<string, CurvePoint>;
}

/** One row per day on which any of these curves has a point, ascending. */
export function dayRows(curves: readonly Curve[]): CurveRow[] {
  const rows = new Map<number, Map<string, CurvePoint>>();
  for (const curve of curves) {
    for (const point of curve.points) {
      const row = rows.get(point.day) ?? new Map<string, CurvePoint>();
      row.set(curve.key, point);
      rows.set(point.day, row);
    }
  }
  return [...rows].map(([day, points]) => ({ day, points })).sort((a, b) => a.day - b.day);
}

/** The day, then value, range and people of each curve. */
export function dayColumns(curves: readonly Curve[]): Column<CurveRow>[] {
  const of = (curve: Curve) => (row: CurveRow) => row.points.get(curve.key);
  const range = (point: CurvePoint | undefined): string =>
    point?.low == null || point.high === null ? format.NOTHING : t('format-range', { from: format.yen(point.low), to: format.yen(point.high) });
  return [
    { key: 'day', label: t('curve-day'), text: (row) => format.days(row.day) },
    ...curves.flatMap((curve) => [
      { key: curve.key, label: curve.label, text: (row: CurveRow) => amount(of(curve)(row)?.value), number: true, how: 'curve-value' },
      { key: `${curve.key} range`, label: t('curve-range'), text: (row: CurveRow) => range(of(curve)(row)), number: true, how: 'curve-range' },
      {
        key: `${curve.key} n`,
        label: t('curve-n'),
        text: (row: CurveRow) => {
          const point = of(curve)(row);
          return point ? format.count(point.n) : format.NOTHING;
        },
        number: true, how: 'curve-n',
      },
    ]),
  ];
}

/** The month with its people, and what they had brought after 90, 180 and 365 days. */
export function trendColumns(to: ToPeople): Column<TrendRow>[] {
  const value = (key: 'ltv_90' | 'ltv_180' | 'ltv_365', days: number): Column<TrendRow> => ({
    key,
    label: t('trend-days', { days: format.days(days) }),
    text: (row) => amount(row.customer_count < FEWEST ? null : row[key]),
    number: true, how: 'trend-days',
    by: (row) => (row.customer_count < FEWEST ? null : row[key]),
  });
  return [
    { key: 'month', label: t('cohort-by-month'), text: (row) => format.month(row.month), by: (row) => row.month, href: (row) => to(`cohort:${row.month}`) },
    { key: 'people', label: t('cohort-people'), text: (row) => format.count(row.customer_count), number: true, how: 'cohort-people', by: (row) => row.customer_count },
    value('ltv_90', 90),
    value('ltv_180', 180),
    value('ltv_365', 365),
  ];
}
