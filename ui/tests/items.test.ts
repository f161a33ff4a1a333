import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Involvement as Kinds } from '../src/api/generated/Involvement';
import type { Items as ItemsAnswer } from '../src/api/generated/Items';
import type { NextItems } from '../src/api/generated/NextItems';
import type { RadarPage } from '../src/api/generated/RadarPage';
import type { Screen } from '../src/api/generated/Screen';
import * as format from '../src/lib/format';
import { t } from '../src/lib/i18n';
import Item from '../src/screens/items/Item.svelte';
import Items from '../src/screens/items/Items.svelte';
import { asked, categoryPlace, itemPlace, key, name } from '../src/screens/items/names';
import Radar from '../src/screens/radar/Radar.svelte';
import { byWeek } from '../src/screens/radar/weeks';
import { frame, recorded } from './recorded';

const told = () => document.body.textContent ?? '';
const people = (of: string) => `#/customers?people=${encodeURIComponent(of).replaceAll('%20', '+')}`;

const shelf = (of: string) => {
  const list = recorded<Screen<ItemsAnswer>>(`${of}.items`);
  // Twelve rows say as much as a hundred, and are drawn sooner.
  list.answer.items = list.answer.items.slice(0, 12);
  return { finding: list.finding, list, successions: recorded<Screen<NextItems>>('categories.pairs').answer };
};

test('an item in the address is read as it was written', () => {
  const item = { mall: 'own' as const, item_code: 'a:b/c?', item_name: '' };
  expect(asked(itemPlace(item))).toEqual({ item: 'own:a:b/c?', category: null });
  expect(asked(categoryPlace('お茶\\深蒸し'))).toEqual({ item: null, category: 'お茶\\深蒸し' });
  expect(asked('item/100%')).toEqual({ item: '100%', category: null });
  expect(name(item)).toBe('a:b/c?');
});

test('every item leads to its page, its buyers and those it won', () => {
  const answer = shelf('usual');
  render(Items, { answer, here: frame({ mall: 'rakuten' }) });
  const shown = [...document.querySelectorAll(`[aria-label="${t('items-list-title')}"] tbody tr`)];
  const rows = answer.list.answer.items;
  expect(shown).toHaveLength(rows.length);
  const [first] = rows;
  if (!first) return;
  const links = [...(shown[0]?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href'));
  expect(links[0]).toBe(`#/item/${encodeURIComponent(key(first))}?mall=rakuten`);
  expect(links).toContain(people(`item_first:${key(first)}`).replace('?', '?mall=rakuten&'));
});

test('few people are told as a count first, and nothing is judged by fewer than five', () => {
  const answer = shelf('few');
  render(Items, { answer, here: frame() });
  if (!answer.list.figures['first-f2']) expect(told()).toContain(t('first-too-little', { need: 5, days: 180 }));
  for (const row of answer.list.answer.items) {
    if (row.f2_180 && row.f2_180.n < 30) expect(told()).toContain(format.share(row.f2_180));
  }
  expect(told()).toContain(t('baskets-none'));
});

test('categories are shown once an item file says them', () => {
  const kinds = recorded<Kinds>('categories.involvement');
  const answer = shelf('usual');
  const { unmount } = render(Items, { answer, here: frame() });
  expect(told()).toContain(t('involvement-none'));
  unmount();
  const list = { ...answer.list, answer: { ...answer.list.answer, involvement: kinds } };
  render(Items, { answer: { ...answer, list }, here: frame() });
  for (const row of kinds.categories) expect(told()).toContain(row.category);
  expect(kinds.distinct.reduce((sum, row) => sum + row.customer_count, 0)).toBe(kinds.customer_count);
});

test('an item says what came after it, and a bar opens its people', async () => {
  const answer = recorded<Screen<NextItems>>('usual.next_items');
  const here = frame();
  render(Item, { answer, here });
  const { purchase_count, again_count, other_count, none_count } = answer.answer;
  expect(again_count + other_count + none_count).toBe(purchase_count);
  expect(told()).toContain(t('item-outcome', { all: format.count(purchase_count), again: format.count(again_count), other: format.count(other_count), none: format.count(none_count) }));
  const region = answer.figures['next']?.regions.find((place) => place.people !== null);
  await fireEvent.click(screen.getByLabelText(region?.label ?? ''));
  expect(here.went).toEqual([people(region?.people ?? '')]);
});

test('an item with too few successors says how many it takes', () => {
  const answer = recorded<Screen<NextItems>>('few.next_items');
  render(Item, { answer, here: frame() });
  const few = answer.answer.too_few;
  expect(few).not.toBeNull();
  expect(told()).toContain(t('item-too-few', { have: few?.have ?? 0, need: few?.need ?? 0 }));
});

test('the radar parts who is expected this week from the other weeks, which are folded, and reads on', async () => {
  const first = recorded<Screen<RadarPage>>('usual.radar');
  first.answer.radar.entries = first.answer.radar.entries.slice(0, 60);
  const { radar } = first.answer;
  const [entry] = radar.entries;
  if (!entry) throw new Error('somebody is due');
  const next = { ...entry, display_name: '次の頁の方' };
  const given = { ...first, answer: { ...first.answer, radar: { ...radar, total: radar.entries.length + 1 } } };
  const asked: number[] = [];
  const page = (number: number) => {
    asked.push(number);
    return Promise.resolve({ ...first.answer, page: number, radar: { ...radar, entries: [next] } });
  };
  render(Radar, { answer: { finding: '', first: given, page }, here: frame() });
  const day = radar.days[0]?.on ?? '';
  const { now, others } = byWeek(radar.entries, day);
  expect(now.entries.length).toBeGreaterThan(0);
  expect(told()).toContain(`${t('radar-week-title')}${format.orders(now.entries.length)}`);
  for (const week of others) expect(told()).toContain(format.orders(week.entries.length));
  const [folded] = others.flatMap((week) => week.entries).filter((row) => !now.entries.some((other) => other.display_name === row.display_name));
  if (!folded) throw new Error('somebody is expected in another week');
  expect(told()).not.toContain(folded.display_name);
  for (const details of document.querySelectorAll('details')) {
    details.open = true;
    await fireEvent(details, new Event('toggle'));
  }
  expect(told()).toContain(folded.display_name);
  expect(told()).not.toContain(next.display_name);
  await fireEvent.click(screen.getByText(t('radar-more', { count: '1' })));
  expect(await screen.findAllByText(next.display_name)).not.toHaveLength(0);
  expect(asked).toEqual([1]);
});

test('weeks are counted from tomorrow, and what lies far off stands together', () => {
  const [entry] = recorded<Screen<RadarPage>>('usual.radar').answer.radar.entries;
  if (!entry) throw new Error('somebody is due');
  const on = (expected_on: string) => ({ ...entry, expected_on });
  // The week is 11-01 … 11-07. 10-31 lies in the week before, 11-08 in the one after; 10-03 is 29 days off, in the fifth week before.
  const { now, others } = byWeek(['2026-11-07', '2026-11-08', '2026-10-31', '2026-11-01', '2026-10-03', '2025-01-01'].map(on), '2026-11-01');
  expect(now.entries.map((row) => row.expected_on)).toEqual(['2026-11-01', '2026-11-07']);
  expect(others.map(({ place, from, to, entries }) => [place, from, to, entries.length])).toEqual([
    [1, '2026-11-08', '2026-11-14', 1],
    [-1, '2026-10-25', '2026-10-31', 1],
    [-5, '2026-09-27', '2026-10-03', 2],
  ]);
});

test('a radar without enough returns says what it takes', () => {
  const first = recorded<Screen<RadarPage>>('few.radar');
  render(Radar, { answer: { finding: '', first, page: () => Promise.resolve(first.answer) }, here: frame() });
  expect(told()).toContain(t('radar-too-little', { have: first.answer.radar.curve_count }));
});
