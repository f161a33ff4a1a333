import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { EventRules } from '../src/api/generated/EventRules';
import type { NewEventRule } from '../src/api/generated/NewEventRule';
import type { Points as Answer } from '../src/api/generated/Points';
import type { Screen } from '../src/api/generated/Screen';
import * as format from '../src/lib/format';
import { t } from '../src/lib/i18n';
import Events from '../src/screens/events/Events.svelte';
import { blank, draft, rule } from '../src/screens/events/form';
import Points from '../src/screens/points/Points.svelte';
import { frame, recorded } from './recorded';

const told = () => document.body.textContent ?? '';
const people = (of: string) => `#/customers?people=${encodeURIComponent(of).replaceAll('%20', '+')}`;

function hangs(of: string) {
  const points = recorded<Screen<Answer>>(`${of}.points`);
  // A few rows say as much as many, and are drawn sooner.
  points.answer.customers = points.answer.customers.slice(0, 3);
  return { finding: points.finding, points, lower: () => Promise.resolve(recorded<Screen<Answer>>('usual.points.lowered').answer.what_if) };
}

test('a disc of the plane opens its people, and every part of attachment is shown', async () => {
  const answer = hangs('usual');
  const here = frame();
  render(Points, { answer, here });
  const [region] = answer.points.figures['plane']?.regions ?? [];
  await fireEvent.click(document.querySelector('svg.places rect') as Element);
  expect(here.went).toEqual([people(region?.people ?? '')]);
  for (const part of ['full', 'widened', 'regularity', 'gifts', 'tenure']) expect(told()).toContain(t(`points-${part}`));
  expect(told(), 'no review file was imported').not.toContain(t('points-reviews'));
  const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href'));
  for (const row of answer.points.answer.quarters) expect(links).toContain(people(row.people));
});

test('a shop with few repeat customers is told so, and no share of few stands alone', () => {
  const answer = hangs('few');
  render(Points, { answer, here: frame() });
  expect(told()).toContain(t('points-too-little', { have: answer.points.answer.customer_count, need: 30 }));
  expect(told()).toContain(t('points-exit-few'));
});

test('a typed multiplier is worked out', async () => {
  render(Points, { answer: hangs('usual'), here: frame() });
  const lowered = recorded<Screen<Answer>>('usual.points.lowered').answer.what_if;
  await fireEvent.input(screen.getByLabelText(t('points-what-input')), { target: { value: '3' } });
  await fireEvent.submit(document.querySelector('form') as Element);
  expect(lowered?.multiplier).toBe(3);
  await vi.waitFor(() => expect(told()).toContain(format.yen(lowered?.saved ?? null)));
});

test('groups, items and months change places', async () => {
  const answer = hangs('usual');
  render(Points, { answer, here: frame() });
  await fireEvent.change(screen.getByLabelText(t('points-by-label')), { target: { value: 'month' } });
  for (const row of answer.points.answer.cohorts) expect(told()).toContain(format.month(row.month ?? '2025-01'));
});

test('a rule in the form is the rule it was made from', () => {
  const rules = recorded<EventRules>('changed.event_rules').rules;
  for (const known of rules) {
    const { key, mall, name, when, from, until } = known;
    expect(rule(draft(known)), key).toEqual({ key, mall, name, when, from, until });
  }
});

test('what the form cannot mean is no rule', () => {
  const of = { ...blank(), name: 'x', days: '5, 15' };
  expect(rule(of)?.when).toEqual({ days_of_month: [5, 15] });
  expect(rule({ ...of, days: '32' })).toBeNull();
  expect(rule({ ...of, name: ' ' })).toBeNull();
  expect(rule({ ...of, from: '2026-02-01', until: '2026-01-01' })).toBeNull();
  const window = { from: '2026-03-04T20:00', to: '2026-03-11T01:59' };
  expect(rule({ ...of, kind: 'windows', windows: [window] })?.when).toEqual({ windows: [{ from: '2026-03-04T20:00:00', to: '2026-03-11T01:59:59' }] });
  expect(rule({ ...of, kind: 'windows', windows: [window, { ...window, from: '2026-03-11T12:00', to: '2026-03-12T12:00' }] })).toBeNull();
  expect(rule({ ...of, kind: 'months', fromDay: 12, toDay: 4 })).toBeNull();
});

test('a rule is switched off, added and taken back', async () => {
  const known = recorded<EventRules>('usual.event_rules');
  const changed = recorded<EventRules>('changed.event_rules');
  const asked: unknown[] = [];
  const offers: { label: string; run: () => Promise<void> }[] = [];
  const here = { ...frame(), say: (_: string, offer?: { label: string; run: () => Promise<void> }) => void (offer && offers.push(offer)) };
  const calendar = {
    finding: '',
    known,
    set: (of: NewEventRule) => (asked.push(of), Promise.resolve(changed)),
    turn: (key: string, to: string) => (asked.push([key, to]), Promise.resolve(changed)),
    undo: (id: number) => (asked.push(id), Promise.resolve(known)),
  };
  render(Events, { answer: calendar, here });
  const [first] = known.rules;
  await fireEvent.click(screen.getAllByRole('button', { name: t('events-off-do') })[0] as HTMLElement);
  expect(asked).toEqual([[first?.key, 'off']]);
  await vi.waitFor(() => expect(offers).toHaveLength(1));
  await offers[0]?.run();
  expect(asked[1]).toBe(changed.changes.find(({ undone_at }) => undone_at === null)?.change_id);
  await fireEvent.click(screen.getByRole('button', { name: t('events-add') }));
  await fireEvent.input(await screen.findByLabelText(t('events-name')), { target: { value: '感謝デー' } });
  await fireEvent.input(screen.getByLabelText(t('events-days')), { target: { value: '7,8' } });
  await fireEvent.click(screen.getByRole('button', { name: t('events-save') }));
  expect(asked[2]).toEqual({ key: null, mall: 'rakuten', name: '感謝デー', when: { days_of_month: [7, 8] }, from: null, until: null });
});

test('a changed calendar shows what was changed', () => {
  const known = recorded<EventRules>('changed.event_rules');
  const nothing = () => Promise.resolve(known);
  render(Events, { answer: { finding: '', known, set: nothing, turn: nothing, undo: nothing }, here: frame() });
  for (const row of known.changes) expect(told()).toContain(row.label);
  expect(told()).toContain(t('events-off'));
  expect(told()).toContain(t('events-origin-own'));
});
