import { expect, test } from 'vitest';
import type { Overview } from '../src/api/generated/Overview';
import type { Screen } from '../src/api/generated/Screen';
import { t } from '../src/lib/i18n';
import { cards, type Ways } from '../src/screens/overview/cards';
import { recorded } from './recorded';

const WAYS: Ways = { orders: '', profit: '', customers: '', back: '', ltv: '', identity: '', uncertain: null };
const usual = () => recorded<Screen<Overview>>('costs.overview').answer;

/** What the card says beside last year. */
function said(answer: Overview, name: string): { mark: string; text: string } | null {
  const card = cards(answer, {}, WAYS).find((one) => one.name === name);
  if (!card) throw new Error(name);
  return card.change;
}

/** The margin of now and of a year before. */
function margins(now: [number, number] | null, before: [number, number] | null): Overview {
  const answer = usual();
  const band = (of: [number, number] | null) => of && { low: of[0], high: of[1] };
  if (!answer.previous_year) throw new Error('the sample shop has two years');
  return { ...answer, contribution_margin: band(now), previous_year: { ...answer.previous_year, contribution_margin: band(before) } };
}

test('what is left is held against last year where that can be told', () => {
  // 120,000 ÷ 100,000 = 1.2.
  expect(said(margins([120_000, 120_000], [100_000, 100_000]), 'sum-margin')).toEqual({ mark: '▲', text: '去年より20.0%多い' });
  // From 110,000 on against at most 100,000: more in any case. How much more nobody knows.
  expect(said(margins([110_000, 130_000], [80_000, 100_000]), 'sum-margin')).toEqual({ mark: '▲', text: '去年（8万円〜10万円）より多い' });
  expect(said(margins([60_000, 70_000], [80_000, 100_000]), 'sum-margin')).toEqual({ mark: '▼', text: '去年（8万円〜10万円）より少ない' });
  expect(said(margins([90_000, 130_000], [80_000, 100_000]), 'sum-margin')).toEqual({ mark: '', text: t('change-overlaps', { was: '8万円〜10万円' }) });
  // Beside a loss there is no percentage.
  expect(said(margins([5_000, 5_000], [-2_000, -2_000]), 'sum-margin')).toEqual({ mark: '', text: '去年は-2,000円' });
});

test('without last year the card says why nothing is compared', () => {
  expect(said(margins([5_000, 5_000], null), 'sum-margin')).toEqual({ mark: '', text: t('change-not-known') });
  expect(said(margins(null, null), 'sum-margin'), 'beside an unknown number stands nothing').toBeNull();
  const young = { ...usual(), previous_year: null };
  for (const name of ['sum-sales', 'sum-margin', 'sum-customers', 'sum-repeat']) {
    expect(said(young, name), name).toEqual({ mark: '', text: t('change-not-yet') });
  }
});

test('a customer is worth more or less than a year before once thirty had had their year', () => {
  const of = (value: number, n: number) => ({ value, low: value, high: value, n });
  const ltv = (now: ReturnType<typeof of> | null, before: ReturnType<typeof of> | null) =>
    said({ ...usual(), ltv_12m: now, ltv_12m_year_before: before }, 'sum-ltv');
  // 5,400 ÷ 6,000 = 0.9.
  expect(ltv(of(5_400, 456), of(6_000, 129))).toEqual({ mark: '▼', text: '去年より10.0%少ない' });
  expect(ltv(of(5_400, 456), of(6_000, 29))).toEqual({ mark: '', text: t('change-not-few') });
  expect(ltv(of(5_400, 456), null)).toEqual({ mark: '', text: t('change-not-mature') });
  expect(ltv(null, null)).toBeNull();
});
