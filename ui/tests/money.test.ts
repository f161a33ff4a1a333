import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { NewSetting } from '../src/api/generated/NewSetting';
import type { Profit as ProfitAnswer } from '../src/api/generated/Profit';
import type { ProfitOrders } from '../src/api/generated/ProfitOrders';
import type { Screen } from '../src/api/generated/Screen';
import type { Settings as SettingsAnswer } from '../src/api/generated/Settings';
import * as format from '../src/lib/format';
import { t } from '../src/lib/i18n';
import type { Waterfall } from '../src/screens/profit';
import Profit from '../src/screens/profit/Profit.svelte';
import type { OwnersSettings } from '../src/screens/settings';
import Settings from '../src/screens/settings/Settings.svelte';
import { changeRows, isOpen, partOf, places } from '../src/screens/settings/parts';
import { frame, recorded } from './recorded';

const told = () => document.body.textContent ?? '';

function waterfall(shop: string, actions: Partial<Waterfall> = {}): Waterfall {
  return {
    finding: '',
    screen: recorded<Screen<ProfitAnswer>>(`${shop}.profit`),
    orders: () => Promise.resolve(recorded<ProfitOrders>('costs.profit_orders')),
    ...actions,
  };
}

test('every step of the waterfall stands in the table with its amount, and opens its orders', async () => {
  const asked: string[] = [];
  const given = waterfall('costs', {
    orders: (step) => {
      asked.push(step);
      return Promise.resolve(recorded<ProfitOrders>('costs.profit_orders'));
    },
  });
  render(Profit, { answer: given, here: frame({ place: 'profit', item: 'cf-001' }) });
  for (const step of given.screen.answer.steps) {
    expect(told()).toContain(step.label);
    expect(told()).toContain(format.exactBand(step));
  }
  const points = given.screen.answer.steps.find(({ key }) => key === 'points');
  await fireEvent.click(screen.getByRole('button', { name: new RegExp(`${points?.label ?? ''}$`) }));
  expect(asked).toEqual(['points']);
  const first = recorded<ProfitOrders>('costs.profit_orders').orders[0];
  expect(await screen.findByText(first?.order_number ?? 'none')).toBeTruthy();
  const link = screen.getByRole('link', { name: t('step-people-of', { step: points?.label ?? '' }) });
  expect(link.getAttribute('href')).toBe('#/customers?item=cf-001&people=profit%3Apoints');
  // Roles of a whole page take long to look up on a busy machine.
}, 30_000);

test('without a known cost the screen says what to import and still shows the range', () => {
  const given = waterfall('usual');
  render(Profit, { answer: given, here: frame({ place: 'profit' }) });
  expect(told()).toContain(t('profit-no-costs'));
  const left = given.screen.answer.steps.find(({ key }) => key === 'contribution_margin');
  expect(left && told().includes(format.band(left))).toBe(true);
  expect(screen.getByRole('link', { name: t('profit-no-costs-import') }).getAttribute('href')).toBe('#/imports');
});

test('a campaign is chosen in the address', async () => {
  const here = frame({ place: 'profit', mall: 'rakuten' });
  render(Profit, { answer: waterfall('costs'), here });
  await fireEvent.change(screen.getByLabelText(t('profit-event')), { target: { value: 'rakuten-5-0' } });
  expect(here.went).toEqual(['#/profit?mall=rakuten&event=rakuten-5-0']);
});

test('a cost names its smaller end first, a share of nothing is a dash', () => {
  // By hand: 180 of 1,000 is 18.0 %, 320 is 32.0 %.
  expect(format.exactBand({ low: -320, high: -180 })).toBe('-¥180〜-¥320');
  expect(format.exactBand({ low: -320, high: 0 })).toBe('¥0〜-¥320');
  expect(format.exactBand({ low: 180, high: 180 })).toBe('¥180');
  expect(format.shareBand({ low: -320, high: -180 }, 1000)).toBe('-18.0%〜-32.0%');
  expect(format.shareBand({ low: -320, high: 0 }, 1000)).toBe('0.0%〜-32.0%');
  expect(format.shareBand({ low: 1, high: 1 }, 0)).toBe(format.NOTHING);
});

function owner(known: SettingsAnswer, actions: Partial<OwnersSettings> = {}): OwnersSettings {
  return { finding: '', known, change: () => Promise.resolve(known), undo: () => Promise.resolve(known), ...actions };
}

test('what waits for the owner is counted as the program counts it', () => {
  for (const shop of ['usual', 'few', 'empty', 'costs']) {
    const known = recorded<SettingsAnswer>(`${shop}.settings`);
    expect(known.settings.filter(isOpen).length, shop).toBe(known.unconfirmed_count);
  }
});

test('every setting is asked somewhere, a mall that is not used asks no rates', () => {
  const known = recorded<SettingsAnswer>('costs.settings');
  render(Settings, { answer: owner(known), here: frame({ place: 'settings' }) });
  for (const setting of known.settings) {
    const asked = setting.in_use || setting.key.endsWith('.used');
    expect(document.querySelector(`[data-row="${setting.key}"]`) !== null, setting.key).toBe(asked);
  }
  expect(partOf(known.settings.find(({ key }) => key === 'rakuten.plan') as never)).toBe('malls');
});

test('a rate is confirmed as it stands, all others at once, and a change is taken back', async () => {
  const known = recorded<SettingsAnswer>('costs.settings');
  const changes: NewSetting[][] = [];
  const undone: number[] = [];
  const actions: Partial<OwnersSettings> = {
    change: (settings) => {
      changes.push(settings);
      return Promise.resolve(known);
    },
    undo: (id) => Promise.resolve((undone.push(id), known)),
  };
  render(Settings, { answer: owner(known, actions), here: frame({ place: 'settings' }) });
  const open = known.settings.filter(isOpen);
  const row = document.querySelector<HTMLElement>(`[data-row="${open[0]?.key ?? ''}"]`) as HTMLElement;
  await fireEvent.click(within(row).getByRole('button', { name: t('settings-confirm-rate') }));
  await fireEvent.click(screen.getByRole('button', { name: t('settings-confirm-all', { count: open.length }) }));
  expect(changes).toEqual([[{ key: open[0]?.key, confirm: true }], open.map(({ key }) => ({ key, confirm: true }))]);
  const newest = changeRows(known.changes).find((change) => !change.undone);
  await fireEvent.click(screen.getAllByRole('button', { name: /を元に戻す$/ })[0] as HTMLElement);
  expect(undone).toEqual([newest?.changeId]);
});

test('a new value is sent as it was typed, with the day from which it holds; a refusal is said at its place', async () => {
  const known = recorded<SettingsAnswer>('costs.settings');
  const changes: NewSetting[][] = [];
  const change = (settings: NewSetting[]) => {
    changes.push(settings);
    return settings[0]?.value === '2.8' ? Promise.resolve(known) : Promise.reject({ code: 'bad_question', message: 'x' } as never);
  };
  render(Settings, { answer: owner(known, { change }), here: frame({ place: 'settings' }) });
  const row = document.querySelector<HTMLElement>('[data-row="rakuten.payment_fee"]') as HTMLElement;
  await fireEvent.click(within(row).getByRole('button', { name: t('settings-change') }));
  const field = within(row).getByLabelText(t('settings-value-rate'));
  await fireEvent.input(field, { target: { value: 'abc' } });
  await fireEvent.submit(field.closest('form') as HTMLFormElement);
  expect((await within(row).findByRole('alert')).textContent).toBe(t('settings-bad-rate'));
  await fireEvent.input(field, { target: { value: '2.8' } });
  await fireEvent.input(within(row).getByLabelText(t('settings-from')), { target: { value: '2026-04-01' } });
  await fireEvent.submit(field.closest('form') as HTMLFormElement);
  expect(changes[1]).toEqual([{ key: 'rakuten.payment_fee', confirm: false, value: '2.8', holds_from: '2026-04-01' }]);
});

test('a fee is typed in per cent or in yen for each order', async () => {
  const known = recorded<SettingsAnswer>('costs.settings');
  const changes: NewSetting[][] = [];
  const change = (settings: NewSetting[]) => (changes.push(settings), Promise.resolve(known));
  render(Settings, { answer: owner(known, { change }), here: frame({ place: 'settings' }) });
  const row = document.querySelector<HTMLElement>('[data-row="yahoo.payment_fee.convenience_store"]') as HTMLElement;
  expect(row.closest('details')?.open).toBe(false);
  for (const [unit, typed, sent] of [['yen', '200', '200yen'], ['rate', '3.24', '3.24']] as const) {
    await fireEvent.click(await within(row).findByText(t('settings-change')));
    const field = within(row).getByLabelText<HTMLInputElement>(t('settings-value-fee'));
    const units = within(row).getByLabelText<HTMLSelectElement>(t('settings-unit'));
    expect([field.value, units.value]).toEqual(['150-300', 'yen']);
    await fireEvent.input(field, { target: { value: typed } });
    await fireEvent.change(units, { target: { value: unit } });
    await fireEvent.submit(field.closest('form') as HTMLFormElement);
    expect(changes.pop()).toEqual([{ key: 'yahoo.payment_fee.convenience_store', confirm: false, value: sent }]);
  }
  // All ways of paying of a mall are confirmed at once.
  const ways = known.settings.filter((setting) => isOpen(setting) && setting.key.startsWith('yahoo.payment_fee.'));
  await fireEvent.click(screen.getByText(t('settings-confirm-ways', { count: ways.length })));
  expect(changes.pop()).toEqual(ways.map(({ key }) => ({ key, confirm: true })));
});

test('of a source the places are named, not its remarks', () => {
  expect(places('a.jp/?p=1; b-c.co.jp/x/y (3–4.48 % by method); the file does not say')).toEqual(['a.jp/?p=1', 'b-c.co.jp/x/y']);
  expect(places('')).toEqual([]);
});
