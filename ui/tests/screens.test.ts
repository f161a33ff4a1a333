import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Actions } from '../src/api/generated/Actions';
import type { Cohorts } from '../src/api/generated/Cohorts';
import type { CustomerPage } from '../src/api/generated/CustomerPage';
import type { CustomersPage } from '../src/api/generated/CustomersPage';
import type { Groups as GroupsAnswer } from '../src/api/generated/Groups';
import type { Imports as ImportsAnswer } from '../src/api/generated/Imports';
import type { LifetimeValue as ValueAnswer } from '../src/api/generated/LifetimeValue';
import type { Overview as OverviewAnswer } from '../src/api/generated/Overview';
import type { Screen } from '../src/api/generated/Screen';
import * as format from '../src/lib/format';
import { t } from '../src/lib/i18n';
import Customer from '../src/screens/customer/Customer.svelte';
import Customers from '../src/screens/customers/Customers.svelte';
import Groups from '../src/screens/groups/Groups.svelte';
import Imports from '../src/screens/imports/Imports.svelte';
import LifetimeValue from '../src/screens/lifetime-value/LifetimeValue.svelte';
import Overview from '../src/screens/overview/Overview.svelte';
import ThisWeek from '../src/screens/this-week/ThisWeek.svelte';
import { frame, recorded } from './recorded';

const told = () => document.body.textContent ?? '';

test('this week shows each card with its people, and no button that does nothing', async () => {
  const answer = recorded<Screen<Actions>>('usual.actions');
  render(ThisWeek, { answer, here: frame() });
  const now = answer.answer.cards.filter((card) => card.this_week);
  expect(screen.getAllByRole('article')).toHaveLength(now.length);
  for (const card of answer.answer.cards) expect(told()).toContain(card.title);
  const first = now[0];
  if (!first) return;
  const link = within(screen.getAllByRole('article')[0] as HTMLElement).getByRole('link');
  expect(link.getAttribute('href')).toBe(`#/customers?people=${encodeURIComponent(`action:${first.key}`)}`);
  await fireEvent.click(within(screen.getAllByRole('article')[0] as HTMLElement).getByRole('button'));
  expect((await screen.findByRole('dialog')).textContent).toContain(first.words.subject);
});

test('this week without a card says when there will be one', () => {
  render(ThisWeek, { answer: { ...recorded<Screen<Actions>>('few.actions'), answer: { as_of: '2026-10-31', week_of: null, cards: [], changes: null } }, here: frame() });
  expect(told()).toContain(t('this-week-none'));
});

test('the overview never shows an unknown margin as zero', () => {
  const answer = recorded<Screen<OverviewAnswer>>('usual.overview');
  render(Overview, { answer: { ...answer, answer: { ...answer.answer, contribution_margin: null } }, here: frame() });
  expect(told()).toContain(t('sum-margin-unknown'));
  expect(screen.getAllByRole('row').length).toBeGreaterThan(answer.answer.months.length);
});

test('the overview explains how a sum is computed', async () => {
  render(Overview, { answer: recorded<Screen<OverviewAnswer>>('usual.overview'), here: frame() });
  await fireEvent.click(screen.getByRole('button', { name: t('how-title', { title: t('sum-repeat-title') }) }));
  expect((await screen.findByRole('dialog')).textContent).toContain(t('sum-repeat-how'));
});

test('groups list all ten, and a place of the map opens its people', async () => {
  const answer = recorded<Screen<GroupsAnswer>>('usual.groups');
  const here = frame({ mall: 'rakuten' });
  render(Groups, { answer, here });
  for (const row of answer.answer.groups) expect(told()).toContain(format.people(row.customer_count));
  const place = answer.figures['map']?.regions.findIndex((region) => region.people !== null) ?? -1;
  const region = answer.figures['map']?.regions[place];
  await fireEvent.click(screen.getByLabelText(region?.label ?? ''));
  expect(here.went).toEqual([`#/customers?mall=rakuten&people=${encodeURIComponent(region?.people ?? '').replaceAll('%20', '+')}`]);
});

test('few customers get a list and a sentence instead of a map', () => {
  const answer = recorded<Screen<GroupsAnswer>>('few.groups');
  render(Groups, { answer, here: frame() });
  expect(told()).toContain(t('map-too-little', { have: answer.answer.customer_count, need: 25 }));
});

test('lifetime value shows both headlines or says what is missing', () => {
  for (const name of ['usual', 'few']) {
    const value = recorded<Screen<ValueAnswer>>(`${name}.lifetime_value`);
    const cohorts = recorded<Screen<Cohorts>>(`${name}.cohorts.retention`);
    const { unmount } = render(LifetimeValue, { answer: { finding: '', value, cohorts }, here: frame() });
    for (const key of ['12m', '24m']) {
      const headline = value.answer.headline[key];
      expect(told()).toContain(headline ? format.count(headline.value) : t(`ltv-${key}-none`));
    }
    unmount();
  }
});

test('the measure of the cohorts is chosen in the address', async () => {
  const here = frame({ place: 'lifetime-value' });
  const value = recorded<Screen<ValueAnswer>>('usual.lifetime_value');
  render(LifetimeValue, { answer: { finding: '', value, cohorts: recorded<Screen<Cohorts>>('usual.cohorts.retention') }, here });
  await fireEvent.change(screen.getByRole('combobox'), { target: { value: 'net_sales' } });
  expect(here.went).toEqual(['#/lifetime-value?measure=net_sales']);
});

test('the list says how many there are and clears its filter', async () => {
  const first = { ...recorded<CustomersPage>('usual.customers'), people_label: 'x' };
  const here = frame({ place: 'customers', people: 'group:new' });
  render(Customers, { answer: { first, question: 'q', page: () => Promise.resolve(first) }, here });
  expect(told()).toContain(format.people(first.total));
  await fireEvent.click(screen.getByRole('button', { name: t('customers-clear') }));
  await fireEvent.click(screen.getByRole('button', { name: new RegExp(t('net-sales')) }));
  expect(here.went).toEqual(['#/customers', '#/customers?people=group%3Anew&sort=net_sales&descending=1']);
});

test('one customer shows every order with every product', () => {
  const answer = recorded<Screen<CustomerPage>>('usual.customer');
  render(Customer, { answer, here: frame() });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(answer.answer.customer.display_name);
  for (const order of answer.answer.orders) {
    expect(told()).toContain(order.order_number);
    for (const line of order.lines) expect(told()).toContain(line.item_name);
  }
});

test('the history of imports offers to undo each', async () => {
  const known = recorded<ImportsAnswer>('usual.imports');
  const undone: number[] = [];
  render(Imports, {
    answer: { known, undo: async (id) => void undone.push(await Promise.resolve(id)), forgetWaiting: () => Promise.resolve() },
    here: frame(),
  });
  const buttons = screen.getAllByRole('button', { name: new RegExp(`${t('history-undo')}$`) });
  expect(buttons).toHaveLength(known.imports.length);
  await fireEvent.click(buttons[0] as HTMLElement);
  expect(undone).toEqual([known.imports[0]?.batch_id]);
});
