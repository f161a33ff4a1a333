import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Actions } from '../src/api/generated/Actions';
import type { Cohorts } from '../src/api/generated/Cohorts';
import type { CustomerPage } from '../src/api/generated/CustomerPage';
import type { CustomersPage } from '../src/api/generated/CustomersPage';
import type { Groups as GroupsAnswer } from '../src/api/generated/Groups';
import type { GrowthMap as GrowthMapAnswer } from '../src/api/generated/GrowthMap';
import type { Imports as ImportsAnswer } from '../src/api/generated/Imports';
import type { LifetimeValue as ValueAnswer } from '../src/api/generated/LifetimeValue';
import type { Reconciliation as ReconciliationAnswer } from '../src/api/generated/Reconciliation';
import type { Overview as OverviewAnswer } from '../src/api/generated/Overview';
import type { Profit } from '../src/api/generated/Profit';
import type { Screen } from '../src/api/generated/Screen';
import type { Problems } from '../src/api/generated/Problems';
import * as format from '../src/lib/format';
import { t } from '../src/lib/i18n';
import type { CustomerStory } from '../src/screens/customer';
import Customer from '../src/screens/customer/Customer.svelte';
import Customers from '../src/screens/customers/Customers.svelte';
import GrowthMap from '../src/screens/growth-map/GrowthMap.svelte';
import type { GroupsStory } from '../src/screens/groups';
import Groups from '../src/screens/groups/Groups.svelte';
import type { ImportHistory } from '../src/screens/imports';
import Imports from '../src/screens/imports/Imports.svelte';
import LifetimeValue from '../src/screens/lifetime-value/LifetimeValue.svelte';
import Overview from '../src/screens/overview/Overview.svelte';
import Reconciliation from '../src/screens/reconciliation/Reconciliation.svelte';
import type { WeekStory } from '../src/screens/this-week';
import ThisWeek from '../src/screens/this-week/ThisWeek.svelte';
import { frame, recorded } from './recorded';

/** A screen that keeps no cost. */
const cost = { saveCost: () => Promise.resolve(), undoCost: () => Promise.resolve() };

const told = () => document.body.textContent ?? '';

/** The cards with actions that do nothing. */
function weekStory(given: Screen<Actions>): WeekStory {
  return { finding: given.finding, given, record: () => Promise.resolve(1), remove: () => Promise.resolve(), undo: () => Promise.resolve() };
}

test('this week shows each card with its people, and no button that does nothing', async () => {
  const answer = recorded<Screen<Actions>>('usual.actions');
  render(ThisWeek, { answer: weekStory(answer), here: frame() });
  const now = answer.answer.cards.filter((card) => card.this_week);
  expect(screen.getAllByRole('article')).toHaveLength(now.length);
  for (const card of answer.answer.cards) expect(told()).toContain(card.title);
  const first = now[0];
  if (!first) return;
  const link = within(screen.getAllByRole('article')[0] as HTMLElement).getByRole('link');
  expect(link.getAttribute('href')).toBe(`#/customers?people=${encodeURIComponent(`action:${first.key}`)}`);
  await fireEvent.click(within(screen.getAllByRole('article')[0] as HTMLElement).getByRole('button', { name: t('action-words') }));
  expect((await screen.findByRole('dialog')).textContent).toContain(first.words.subject);
});

test('this week without a card says when there will be one', () => {
  render(ThisWeek, { answer: weekStory(recorded<Screen<Actions>>('few.actions')), here: frame() });
  expect(told()).toContain(t('this-week-none'));
});

test('the overview never shows an unknown margin as zero', () => {
  const answer = recorded<Screen<OverviewAnswer>>('usual.overview');
  const profit = recorded<Screen<Profit>>('usual.profit');
  const overview = { ...answer, answer: { ...answer.answer, contribution_margin: null } };
  render(Overview, { answer: { finding: '', overview, profit }, here: frame() });
  expect(told()).toContain(t('sum-margin-unknown'));
  expect(screen.getAllByRole('row').length).toBeGreaterThan(answer.answer.months.length);
});

test('the overview explains how a sum is computed', async () => {
  const overview = recorded<Screen<OverviewAnswer>>('usual.overview');
  render(Overview, { answer: { finding: '', overview, profit: recorded<Screen<Profit>>('usual.profit') }, here: frame() });
  await fireEvent.click(screen.getByRole('button', { name: t('how-title', { title: t('sum-repeat-title') }) }));
  expect((await screen.findByRole('dialog')).textContent).toContain(t('sum-repeat-how'));
});

/** The groups with actions that do nothing. */
function groupsStory(given: Screen<GroupsAnswer>): GroupsStory {
  return { finding: given.finding, given, tryOut: () => Promise.resolve(given), keep: () => Promise.resolve(1), undo: () => Promise.resolve(), contacts: null };
}

test('groups list all ten, and a place of the map opens its people', async () => {
  const answer = recorded<Screen<GroupsAnswer>>('usual.groups');
  const here = frame({ mall: 'rakuten' });
  render(Groups, { answer: groupsStory(answer), here });
  for (const row of answer.answer.groups) expect(told()).toContain(format.people(row.customer_count));
  const place = answer.figures['map']?.regions.findIndex((region) => region.people !== null) ?? -1;
  const region = answer.figures['map']?.regions[place];
  await fireEvent.click(screen.getByLabelText(region?.label ?? ''));
  expect(here.went).toEqual([`#/customers?mall=rakuten&people=${encodeURIComponent(region?.people ?? '').replaceAll('%20', '+')}`]);
});

test('few customers get a list and a sentence instead of a map', () => {
  const answer = recorded<Screen<GroupsAnswer>>('few.groups');
  render(Groups, { answer: groupsStory(answer), here: frame() });
  expect(told()).toContain(t('map-too-little', { have: answer.answer.customer_count, need: 25 }));
});

test('lifetime value shows both headlines or says what is missing', () => {
  for (const name of ['usual', 'few']) {
    const value = recorded<Screen<ValueAnswer>>(`${name}.lifetime_value`);
    const cohorts = recorded<Screen<Cohorts>>(`${name}.cohorts.retention`);
    const { unmount } = render(LifetimeValue, { answer: { finding: '', value, cohorts, ...cost }, here: frame() });
    for (const key of ['12m', '24m']) {
      // Fewer than five people are no headline.
      const headline = format.enough(value.answer.headline[key]);
      expect(told()).toContain(headline ? format.count(headline.value) : t(`ltv-${key}-none`));
    }
    unmount();
  }
});

test('the measure of the cohorts is chosen in the address', async () => {
  const here = frame({ place: 'lifetime-value' });
  const value = recorded<Screen<ValueAnswer>>('usual.lifetime_value');
  render(LifetimeValue, { answer: { finding: '', value, cohorts: recorded<Screen<Cohorts>>('usual.cohorts.retention'), ...cost }, here });
  await fireEvent.change(screen.getByLabelText(t('measure-label')), { target: { value: 'cumulative_value' } });
  await fireEvent.change(screen.getByLabelText(t('by-label')), { target: { value: 'first_mall' } });
  expect(here.went).toEqual(['#/lifetime-value?measure=cumulative_value', '#/lifetime-value?by=first_mall']);
});

test('a cohort is chosen in the table and in the heat map, and left out by its chip', async () => {
  const here = frame({ place: 'lifetime-value', chosen: ['2024-11', '2025-06'] });
  const value = recorded<Screen<ValueAnswer>>('usual.lifetime_value.chosen');
  const cohorts = recorded<Screen<Cohorts>>('usual.cohorts.chosen');
  render(LifetimeValue, { answer: { finding: '', value, cohorts, ...cost }, here });
  const label = (key: string) => cohorts.answer.cohorts.find((row) => row.key === key)?.label ?? key;
  const last = cohorts.answer.cohorts.at(-1)?.key ?? '';
  const went = (...keys: string[]) => `#/lifetime-value?${keys.map((key) => `chosen=${key}`).join('&')}`;
  await fireEvent.click(screen.getByLabelText(t('cohort-compare-of', { cohort: label(last) })));
  const head = cohorts.figures['heat']?.regions.find((region) => region.choose === last);
  await fireEvent.click(screen.getByLabelText(head?.label ?? ''));
  await fireEvent.click(screen.getByRole('button', { name: t('cohort-leave-out', { cohort: label('2024-11') }) }));
  await fireEvent.click(screen.getByRole('button', { name: t('cohort-clear') }));
  expect(here.went).toEqual([went('2024-11', '2025-06', last), went('2024-11', '2025-06', last), went('2025-06'), '#/lifetime-value']);
});

test('what winning a customer costs is typed as the owner types it', async () => {
  const saved: (string | null)[] = [];
  const value = recorded<Screen<ValueAnswer>>('costs.lifetime_value');
  const cohorts = recorded<Screen<Cohorts>>('usual.cohorts.retention');
  const saveCost = (yen: string | null) => Promise.resolve(void saved.push(yen));
  render(LifetimeValue, { answer: { finding: '', value, cohorts, saveCost, undoCost: cost.undoCost }, here: frame() });
  const field = screen.getByLabelText(t('payback-cost'));
  const save = screen.getByRole('button', { name: t('settings-save') });
  for (const typed of ['１，２００円', 'many', '']) {
    await fireEvent.input(field, { target: { value: typed } });
    await fireEvent.click(save);
    expect(told().includes(t('payback-bad'))).toBe(typed === 'many');
  }
  expect(saved).toEqual(['1200', null]);
});

test('the growth map lists its ways with their people, the bottleneck marked', () => {
  const answer = recorded<Screen<GrowthMapAnswer>>('costs.growth_map');
  render(GrowthMap, { answer, here: frame() });
  for (const row of answer.answer.stages) expect(told()).toContain(format.count(row.customer_count));
  expect(told()).toContain(t('growth-bottleneck'));
  const made = answer.answer.arrows[0];
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(links).toContain(`#/customers?people=${encodeURIComponent(made?.made_people ?? '')}`);
});

test('few customers have no growth map and no projection, but a list', () => {
  const answer = recorded<Screen<GrowthMapAnswer>>('few.growth_map');
  render(GrowthMap, { answer, here: frame() });
  const have = answer.answer.stages.reduce((sum, row) => sum + row.customer_count, 0);
  expect(told()).toContain(t('growth-too-little', { have, need: 30 }));
  expect(told()).toContain(t('projection-too-little', { have: answer.answer.assets.too_few?.have ?? 0, need: 30 }));
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

/** A customer's page whose decisions do nothing but those given. */
function story(page: Screen<CustomerPage>, actions: Partial<CustomerStory> = {}): CustomerStory {
  return {
    page,
    search: () => Promise.resolve([]),
    join: () => Promise.resolve(1),
    separate: () => Promise.resolve(1),
    undo: () => Promise.resolve(),
    addNote: () => Promise.resolve(1),
    changeNote: () => Promise.resolve(),
    removeNote: () => Promise.resolve(),
    undoNote: () => Promise.resolve(),
    whose: () => Promise.resolve(page.answer.customer.customer_id),
    ...actions,
  };
}

test('one customer shows every order with every product', () => {
  const answer = recorded<Screen<CustomerPage>>('usual.customer');
  render(Customer, { answer: story(answer), here: frame() });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(answer.answer.customer.display_name);
  for (const order of answer.answer.orders) {
    expect(told()).toContain(order.order_number);
    for (const line of order.lines) expect(told()).toContain(line.item_name);
  }
});

/** The history of imports with actions that do nothing but those given. */
function history(known: ImportsAnswer, actions: Partial<ImportHistory> = {}): ImportHistory {
  return {
    known,
    undo: () => Promise.resolve(),
    forgetWaiting: () => Promise.resolve(),
    problems: () => Promise.resolve(recorded<Problems>('usual.problems')),
    saveProblems: () => Promise.resolve(null),
    changeMap: () => Promise.resolve(),
    forgetMap: () => Promise.resolve(),
    nameStore: () => Promise.resolve(),
    giveCode: () => Promise.resolve(),
    changeCode: () => Promise.resolve({ recovery_code: '', is_kept_by_system: true }),
    code: () => Promise.resolve(''),
    exportAll: () => Promise.resolve(null),
    ...actions,
  };
}

test('the rows of an import that could not be read are listed with their reasons and can be saved', async () => {
  const known = recorded<ImportsAnswer>('usual.imports');
  const [first] = known.imports;
  if (!first) return;
  const problem = { file: 'orders.csv', row: 18, column: '注文日', kind: 'bad_date', found: '2026/13/01', message: '18行目の注文日', is_used: false };
  const saved: number[] = [];
  render(Imports, {
    answer: history(
      { ...known, imports: [{ ...first, problem_rows: 3, named_rows: 1 }] },
      {
        problems: (batch_id) => Promise.resolve({ batch_id, problem_rows: 3, problems: [problem] }),
        saveProblems: (batch) => Promise.resolve(String(saved.push(batch))),
      },
    ),
    here: frame(),
  });
  expect(told()).toContain(t('history-sha', { start: (first.sha256[0] ?? '').slice(0, 8) }));
  await fireEvent.click(screen.getByRole('button', { name: t('history-problems-of', { rows: t('format-rows', { count: '3' }), file: first.files.join(t('list-comma')) }) }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain(problem.message);
  expect(dialog.textContent).toContain(t('file-problems-more', { count: '2' }));
  await fireEvent.click(within(dialog).getByRole('button', { name: t('problems-save') }));
  expect(saved).toEqual([first.batch_id]);
});

test('rows that were used and had better be checked are shown as well', async () => {
  const known = recorded<ImportsAnswer>('usual.imports');
  const [first] = known.imports;
  if (!first) return;
  const problem = { file: 'orders.csv', row: 5, column: 'ポイント利用額', kind: 'order_differs', found: '300', message: '5行目のポイント利用額', is_used: true };
  const problems = (batch_id: number) => Promise.resolve({ batch_id, problem_rows: 0, problems: [problem] });
  render(Imports, { answer: history({ ...known, imports: [{ ...first, problem_rows: 0, named_rows: 1 }] }, { problems }), here: frame() });
  const name = t('history-to-check-of', { file: first.files.join(t('list-comma')) });
  await fireEvent.click(screen.getByRole('button', { name }));
  expect((await screen.findByRole('dialog')).textContent).toContain(problem.message);
});

test('everything is written out without names unless the owner says so, and says where it went', async () => {
  const known = recorded<ImportsAnswer>('usual.imports');
  const asked: [string, boolean][] = [];
  const entry = { export_id: 1, written_at: '2026-11-01T09:00:00', format: 'csv', with_names: true, folder: 'Otokui_0', orders: 12 };
  render(Imports, {
    answer: history(
      { ...known, exports: [entry] },
      {
        exportAll: (form, withNames) => {
          asked.push([form, withNames]);
          return Promise.resolve({ export: { ...entry, folder: 'Otokui_1' }, files: ['otokui-export.xlsx'] });
        },
      },
    ),
    here: frame(),
  });
  expect(told()).toContain(t('exports-names'));
  expect(told()).toContain(t('export-names-off'));
  const write = () => screen.getByRole('button', { name: t('export-all') });
  await fireEvent.click(write());
  expect((await screen.findByRole('status')).textContent).toContain('Otokui_1');
  await fireEvent.click(screen.getByRole('checkbox', { name: t('export-names') }));
  expect(told()).toContain(t('export-names-on'));
  await fireEvent.click(screen.getByRole('radio', { name: t('export-format-csv') }));
  await fireEvent.click(write());
  expect(asked).toEqual([
    ['xlsx', false],
    ['csv', true],
  ]);
});

test('the history of imports offers to undo each', async () => {
  const known = recorded<ImportsAnswer>('usual.imports');
  const undone: number[] = [];
  render(Imports, {
    answer: history(known, { undo: async (id) => void undone.push(await Promise.resolve(id)) }),
    here: frame(),
  });
  const buttons = screen.getAllByRole('button', { name: new RegExp(`${t('history-undo')}$`) });
  expect(buttons).toHaveLength(known.imports.length);
  await fireEvent.click(buttons[0] as HTMLElement);
  expect(undone).toEqual([known.imports[0]?.batch_id]);
});

test('the counts of the mall stand beside ours with a reason, and a hidden one is not nobody', () => {
  const answer = recorded<ReconciliationAnswer>('usual.reconciliation');
  render(Reconciliation, { answer, here: frame() });
  const rows = screen.getAllByRole('row').slice(2);
  expect(rows).toHaveLength(answer.months.length);
  answer.months.forEach((month, index) => {
    const text = rows[index]?.textContent ?? '';
    expect(text).toContain(format.month(month.month));
    expect(text).toContain(month.explanation);
    expect(text.includes(t('reconciliation-hidden-count'))).toBe(month.mall_new_count === null || month.mall_repeat_count === null);
  });
  // 27 of the mall's beside 24 of ours, 29 beside 31.
  expect(rows[0]?.textContent).toContain(t('reconciliation-fewer', { people: format.people(3) }));
  expect(rows[1]?.textContent).toContain(t('reconciliation-more', { people: format.people(2) }));
});

test('without counts of a mall the screen says which file to fetch, and takes it', async () => {
  const here = frame();
  render(Reconciliation, { answer: recorded<ReconciliationAnswer>('few.reconciliation'), here });
  expect(told()).toContain(t('reconciliation-need'));
  await fireEvent.click(screen.getByRole('button', { name: t('imports-choose') }));
  expect(here.went).toEqual(['choose']);
});
