import type { Band } from '../../api/generated/Band';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';

/** The smaller size first, so that a cost reads `-¥180〜-¥320` and a gain `¥180〜¥320`. */
function ends<T extends { low: number; high: number }>({ low, high }: T): [number, number] {
  return high <= 0 ? [high, low] : [low, high];
}

/** `-¥12,300`; `-¥12,300〜-¥18,000` while it is not known exactly. */
export function amount(of: Band): string {
  const [first, last] = ends(of).map((end) => format.yen(end === 0 ? 0 : end)) as [string, string];
  return first === last ? first : t('format-range', { from: first, to: last });
}

/** How much of 100 yen of net sales; a dash without sales. */
export function share(of: Band, netSales: number): string {
  if (netSales <= 0) return format.NOTHING;
  const [first, last] = ends(of).map((end) => format.percent(end === 0 ? 0 : end / netSales)) as [string, string];
  return first === last ? first : t('format-range', { from: first, to: last });
}
