import type { Thresholds } from '../../api/generated/Thresholds';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';

/** What it takes for one score. */
export interface ThresholdRow {
  score: number;
  recency: string;
  orders: string;
  value: string;
}

/** Five rows, best first. */
export function thresholds(of: Thresholds): ThresholdRow[] {
  return [5, 4, 3, 2, 1].map((score) => {
    const days = of.recency_days[5 - score];
    const longer = of.recency_days[3];
    const orders = of.order_count[score - 2];
    const next = of.order_count[score - 1];
    const value = of.monetary[score - 2];
    return {
      score,
      recency:
        days === undefined
          ? t('thresholds-beyond', { days: format.days(Math.floor(longer)) })
          : t('thresholds-within', { days: format.days(Math.floor(days)) }),
      orders: ordersFrom(orders ?? 1, next),
      value:
        value === undefined
          ? t('thresholds-below', { value: format.yen(of.monetary[0]) })
          : t('thresholds-from', { value: format.yen(value) }),
    };
  });
}

function ordersFrom(from: number, next: number | undefined): string {
  if (next === undefined) return t('thresholds-times-from', { from });
  if (next - 1 <= from) return t('thresholds-times', { from });
  return t('thresholds-times-range', { from, to: next - 1 });
}
