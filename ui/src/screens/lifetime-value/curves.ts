import type { Curve } from '../../api/generated/Curve';
import type { CurvePoint } from '../../api/generated/CurvePoint';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';
import type { Column } from '../../parts/DataTable.svelte';

/** One day of all curves. */
export interface CurveRow {
  day: number;
  points: Map<string, CurvePoint>;
}

/** 「全体」, or the year. */
export function curveName(key: string): string {
  return key === 'all' ? t('curve-all') : t('curve-year', { year: key });
}

/** One row per day on which any curve has a point, ascending. */
export function curveRows(curves: readonly Curve[]): CurveRow[] {
  const rows = new Map<number, CurveRow>();
  for (const curve of curves) {
    for (const point of curve.points) {
      const row = rows.get(point.day) ?? { day: point.day, points: new Map<string, CurvePoint>() };
      row.points.set(curve.key, point);
      rows.set(point.day, row);
    }
  }
  return [...rows.values()].sort((a, b) => a.day - b.day);
}

/** The day, all with range and people, then the years. */
export function curveColumns(curves: readonly Curve[]): Column<CurveRow>[] {
  const all = (row: CurveRow) => row.points.get('all');
  return [
    { key: 'day', label: t('curve-day'), text: (row) => format.days(row.day) },
    ...curves.map((curve) => ({
      key: curve.key,
      label: curveName(curve.key),
      how: 'curve-value',
      text: (row: CurveRow) => format.yen(row.points.get(curve.key)?.value ?? null),
      number: true,
    })),
    {
      key: 'range',
      label: t('curve-range'),
      how: 'curve-range',
      text: (row) => {
        const point = all(row);
        return point ? t('format-range', { from: format.yen(point.low), to: format.yen(point.high) }) : format.NOTHING;
      },
      number: true,
    },
    { key: 'n', label: t('curve-n'), how: 'curve-n', text: (row) => (all(row) ? format.count(all(row)?.n ?? 0) : format.NOTHING), number: true },
  ];
}
