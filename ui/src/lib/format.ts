import type { Band } from '../api/generated/Band';
import type { Day } from '../api/generated/Day';
import type { GroupKey } from '../api/generated/GroupKey';
import type { Interval } from '../api/generated/Interval';
import type { Moment } from '../api/generated/Moment';
import type { Month } from '../api/generated/Month';
import { t } from './i18n';

/** Stands where a value does not exist. */
export const NOTHING = '–';

/** Below this many people a count stands before its percentage. */
export const FEW = 30;

/** Below this many people a mean says more about them than about the shop. */
const FEWEST = 5;

/** The interval when enough people stand behind it. */
export function enough(interval: Interval | null | undefined): Interval | null {
  return interval && interval.n >= FEWEST ? interval : null;
}

/** `12300` → `12,300`; rounded to whole numbers. */
export function count(value: number): string {
  const digits = String(Math.abs(Math.round(value))).replace(/\B(?=(\d{3})+$)/g, ',');
  return (value <= -0.5 ? '-' : '') + digits;
}

/** In a table: `¥12,300`, `-¥500`. */
export function yen(amount: number | null): string {
  if (amount === null) return NOTHING;
  return (amount <= -0.5 ? '-¥' : '¥') + count(Math.abs(amount));
}

/** In a sentence: `12,300円`. */
export function yenInWords(amount: number): string {
  return t('format-yen', { amount: count(amount), sign: amount < 0 ? '-' : '', size: count(Math.abs(amount)) });
}

/** A number and its unit, set apart so that the unit can stand smaller. */
export interface Amount {
  number: string;
  unit: string;
}

/** On a card or an axis: `9,800 円`, `120 万円`, `1.2 億円`; in English `1,200k yen`, `120M yen`: by thousands, as the language counts. */
export function roughYen(amount: number): Amount {
  const size = Math.abs(amount);
  if (size >= 100_000_000) return { number: scaled(amount, Number(t('format-scale-oku'))), unit: t('format-unit-oku') };
  if (size >= 10_000) return { number: scaled(amount, Number(t('format-scale-man'))), unit: t('format-unit-man') };
  return { number: count(amount), unit: t('format-unit-yen') };
}

/** As {@link roughYen}, in one piece. */
export function roughYenInWords(amount: number): string {
  const { number, unit } = roughYen(amount);
  return number + unit;
}

/** `4万円〜9万円`; one amount when both ends read the same. */
export function band(range: Band): string {
  const low = roughYenInWords(range.low);
  const high = roughYenInWords(range.high);
  return low === high ? low : t('format-range', { from: low, to: high });
}

/** The smaller size first, so that a cost reads `-¥180〜-¥320` and a gain `¥180〜¥320`. */
function ends({ low, high }: Band): [number, number] {
  return high <= 0 ? [high, low] : [low, high];
}

/** In a table: `-¥12,300`; `-¥12,300〜-¥18,000` while it is not known exactly. */
export function exactBand(of: Band): string {
  const [first, last] = ends(of).map(yen);
  return first === last ? (first ?? NOTHING) : t('format-range', { from: first ?? NOTHING, to: last ?? NOTHING });
}

/** A band as a share of a whole: `12.3%`, `12.3%〜18.0%`; a dash where there is no whole. */
export function shareBand(of: Band, whole: number): string {
  if (whole <= 0) return NOTHING;
  const [first, last] = ends(of).map((end) => percent(end / whole));
  return first === last ? (first ?? NOTHING) : t('format-range', { from: first ?? NOTHING, to: last ?? NOTHING });
}

function scaled(amount: number, unit: number): string {
  const value = amount / unit;
  if (Math.abs(value) >= 100) return count(value);
  const text = value.toFixed(1);
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

/** With that many digits after the point; what rounds to nothing has no sign. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** `0.1234` → `12.3%`. */
export function percent(rate: number | null): string {
  return rate === null ? NOTHING : `${fixed(rate * 100, 1)}%`;
}

/** `+12.3`, `-4.0`: a difference of two shares in points of a hundred. */
export function signedPoints(difference: number | null): string {
  if (difference === null) return NOTHING;
  const points = fixed(difference * 100, 1);
  return Number(points) > 0 ? `+${points}` : points;
}

/** `12.3%`; with fewer than 30 people `3/24人（12.5%）`, the count first. */
export function share(rate: Interval | null): string {
  if (rate === null) return NOTHING;
  if (rate.n >= FEW) return percent(rate.value);
  return t('format-few-share', { part: count(rate.value * rate.n), whole: count(rate.n), rate: percent(rate.value) });
}

/** As {@link share}, for a rate without an interval. */
export function shareOf(rate: number | null, n: number): string {
  return rate === null ? NOTHING : share({ value: rate, low: rate, high: rate, n });
}

/** `24人`. */
export function people(value: number): string {
  return t('format-people', { count: count(value) });
}

/** `12件`. */
export function orders(value: number): string {
  return t('format-orders', { count: count(value) });
}

/** `3回`. */
export function times(value: number): string {
  return t('format-times', { count: count(value) });
}

/** `90日`. */
export function days(value: number): string {
  return t('format-days', { count: count(value) });
}

/** In a table: `2026/01/05`. */
export function day(on: Day | null): string {
  return on === null ? NOTHING : on.replaceAll('-', '/');
}

/** In a sentence: `2026年1月5日`. */
export function dayInWords(on: Day): string {
  const [year = '', month = '', date = ''] = on.split('-');
  return t('format-day', { year, month: Number(month).toString(), date: Number(date).toString(), name: monthName(month) });
}

/** `2026年3月`. */
export function month(of: Month): string {
  const [year = '', number = ''] = of.split('-');
  return t('format-month', { year, month: Number(number).toString(), name: monthName(number) });
}

/** In a table: `2026/01/05 18:20`. */
export function moment(at: Moment): string {
  return `${at.slice(0, 10).replaceAll('-', '/')} ${at.slice(11, 16)}`;
}

/** `2025/12/01〜2025/12/31`. */
export function period(from: Day | null, to: Day | null): string {
  if (from === null || to === null) return NOTHING;
  return t('format-range', { from: day(from), to: day(to) });
}

/** A group's name. */
export function group(key: GroupKey): string {
  return t(`group-${key.replaceAll('_', '-')}`);
}

function monthName(number: string): string {
  return ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][Number(number) - 1] ?? number;
}
