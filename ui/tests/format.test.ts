import { expect, test } from 'vitest';
import { english as words } from '../src/lib/english';
import * as format from '../src/lib/format';
import { catalogue, t } from '../src/lib/i18n';

const english = catalogue('en', words);

test('money in a table carries the sign in front and commas', () => {
  expect(format.yen(12_300)).toBe('¥12,300');
  expect(format.yen(-500)).toBe('-¥500');
  expect(format.yen(0)).toBe('¥0');
  expect(format.yen(1_234_567_890)).toBe('¥1,234,567,890');
  expect(format.yen(-0.2)).toBe('¥0');
  expect(format.yen(null)).toBe('–');
});

test('money in a sentence ends with its unit', () => {
  expect(format.yenInWords(12_300)).toBe('12,300円');
  expect(format.yenInWords(-1_234_567)).toBe('-1,234,567円');
});

test('money on a card is rough', () => {
  expect(format.roughYenInWords(9_800)).toBe('9,800円');
  expect(format.roughYenInWords(12_345)).toBe('1.2万円');
  expect(format.roughYenInWords(1_200_000)).toBe('120万円');
  expect(format.roughYenInWords(12_345_678)).toBe('1,235万円');
  expect(format.roughYenInWords(120_000_000)).toBe('1.2億円');
  expect(format.roughYenInWords(-2_000_000)).toBe('-200万円');
});

test('a range says one amount when both ends read the same', () => {
  expect(format.band({ low: 40_000, high: 90_000 })).toBe('4万円〜9万円');
  expect(format.band({ low: 40_010, high: 40_020 })).toBe('4万円');
});

test('a rate has one digit, and under thirty people the count stands first', () => {
  expect(format.percent(0.1234)).toBe('12.3%');
  expect(format.percent(null)).toBe('–');
  expect([format.percent(-0.0004), format.percent(-0.0006), format.percent(-0)]).toEqual(['0.0%', '-0.1%', '0.0%']);
  expect([format.signedPoints(-0.0004), format.signedPoints(0.0004), format.signedPoints(0.0006)]).toEqual(['0.0', '0.0', '+0.1']);
  expect(format.share({ value: 0.182, low: 0.1, high: 0.2, n: 640 })).toBe('18.2%');
  expect(format.share({ value: 0.125, low: 0, high: 0.3, n: 24 })).toBe('3/24人（12.5%）');
});

test('days are short in tables and written out in sentences', () => {
  expect(format.day('2026-01-05')).toBe('2026/01/05');
  expect(format.dayInWords('2026-01-05')).toBe('2026年1月5日');
  expect(format.month('2026-03')).toBe('2026年3月');
  expect(format.moment('2026-01-05T18:20:59')).toBe('2026/01/05 18:20');
  expect(format.period('2025-12-01', '2025-12-31')).toBe('2025/12/01〜2025/12/31');
  expect(format.period(null, '2025-12-31')).toBe('–');
});

test('in English a rough amount counts by thousands', () => {
  const inEnglish = (scale: string, unit: string) => [english(scale), english(unit)];
  // 343,000 yen are 343k yen, 120,000,000 are 120M yen: the number shown is the amount divided by the scale.
  expect(inEnglish('format-scale-man', 'format-unit-man')).toEqual(['1000', 'k yen']);
  expect(inEnglish('format-scale-oku', 'format-unit-oku')).toEqual(['1000000', 'M yen']);
  expect([t('format-scale-man'), t('format-scale-oku')]).toEqual(['10000', '100000000']);
});

test('in English one is a person, and more are people', () => {
  expect(english('format-people', { count: '1' })).toBe('1 person');
  expect(english('format-people', { count: '1,001' })).toBe('1,001 people');
  expect(english('format-people', { count: 1 })).toBe('1 person');
  expect(english('back-curves-too-little', { have: '1', need: '30' })).toBe('1 customer has bought a second time. Shown from 30 on.');
  expect(english('back-curves-too-little', { have: '0', need: '30' })).toBe('0 customers have bought a second time. Shown from 30 on.');
});
