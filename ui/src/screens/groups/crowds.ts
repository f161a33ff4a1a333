import type { CrowdRow } from '../../api/generated/CrowdRow';
import type { Interval } from '../../api/generated/Interval';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';
import type { Column } from '../../parts/DataTable.svelte';

/** People who belong together, as far as the table of all kinds needs them. */
export type Crowd = Pick<
  CrowdRow,
  'customer_count' | 'value_share' | 'value_share_interval' | 'median_recency_days' | 'median_recency_interval' | 'few' | 'ranked'
>;

/** The unit stands once where it is a word. */
const range = (of: Interval, to: (value: number) => string, from = to): string =>
  t('format-range', { from: from(of.low), to: to(of.high) });

/** Share of the value and days since the last purchase: a dash for under five people, an interval and no rank under thirty. */
export function crowdColumns<Row extends Crowd>(): Column<Row>[] {
  return [
    {
      key: 'share',
      label: t('groups-value-share'),
      how: 'groups-value-share',
      text: (row) => (row.few ? format.NOTHING : format.percent(row.value_share)),
      under: (row) => (row.value_share_interval ? range(row.value_share_interval, format.percent) : null),
      number: true,
      by: (row) => (row.ranked ? row.value_share : null),
    },
    {
      key: 'recency',
      label: t('groups-recency'),
      how: 'groups-recency',
      text: (row) => (row.few || row.median_recency_days === null ? format.NOTHING : format.days(row.median_recency_days)),
      under: (row) => (row.median_recency_interval ? range(row.median_recency_interval, format.days, format.count) : null),
      number: true,
      by: (row) => (row.ranked ? row.median_recency_days : null),
    },
  ];
}
