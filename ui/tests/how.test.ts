import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Basis } from '../src/api/generated/Basis';
import { FIGURES, type Frame } from '../src/lib/basis';
import { english } from '../src/lib/english';
import { catalogue, japanese, t } from '../src/lib/i18n';
import { yearColumns } from '../src/screens/growth-map/columns';
import { cards } from '../src/screens/overview/cards';
import { customerColumns } from '../src/screens/points/columns';
import type { Overview } from '../src/api/generated/Overview';
import type { Screen } from '../src/api/generated/Screen';
import Framed from './Framed.svelte';
import { frame, recorded } from './recorded';

const root = resolve(import.meta.dirname, '../src');
const files = ['screens', 'parts'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path))
    .map((path) => ({ path: `${folder}/${path.replaceAll('\\', '/')}`, text: readFileSync(join(root, folder, path), 'utf8') })),
);
const languages = [catalogue('ja', japanese), catalogue('en', english)];
/** Whether both languages say how something is computed. */
const isSaid = (name: string) => languages.every((words) => words(`${name}-how`) !== `${name}-how`);

/** The innermost braces around each place where `what` stands. */
function around(text: string, what: string): string[] {
  const found: string[] = [];
  for (let place = text.indexOf(what); place >= 0; place = text.indexOf(what, place + 1)) {
    let [from, depth] = [place, 0];
    while (from > 0 && !(text[from] === '{' && depth === 0)) {
      if (text[from] === '}') depth += 1;
      else if (text[from] === '{') depth -= 1;
      from -= 1;
    }
    let to = from + 1;
    for (depth = 1; to < text.length && depth > 0; to += 1) {
      if (text[to] === '{') depth += 1;
      else if (text[to] === '}') depth -= 1;
    }
    found.push(text.slice(from, to));
  }
  return found;
}

/** Tables in which nothing is computed: rows of files, settings, what people are called, what was decided. */
const NO_FIGURES = ['screens/imports/', 'screens/settings/', 'screens/identity/PairCard', 'screens/identity/Decisions', 'screens/customer/Spellings'];
/** Parts of a screen that stands around them and has the button. */
const INSIDE: Readonly<Record<string, string>> = {
  'screens/profit/Steps.svelte': 'screens/profit/Profit.svelte',
  'screens/profit/StepOrders.svelte': 'screens/profit/Profit.svelte',
  'screens/groups/Crowds.svelte': 'screens/groups/Types.svelte',
};

test('every column of numbers says in both languages what it means', () => {
  let seen = 0;
  for (const { path, text } of files.filter((file) => file.path.startsWith('screens/') && !NO_FIGURES.some((start) => file.path.startsWith(start)))) {
    for (const column of around(text, 'number: true').filter((braces) => braces.includes('label:'))) {
      seen += 1;
      const how = /\bhow: '([a-z0-9-]+)'/.exec(column)?.[1];
      expect(how, `${path}: ${column}\nhas no \`how\`: a line in how.ftl of both languages, and its name here`).toBeDefined();
      expect(isSaid(how ?? ''), `${path}: ${String(how)}-how stands in both how.ftl`).toBe(true);
    }
  }
  expect(seen).toBeGreaterThan(60);
});

test('every figure and table stands beside 「計算のしかた」, whose words are there in both languages', () => {
  const named = new Set(files.flatMap(({ text }) => [...text.matchAll(/\b(?:how|name)="([a-z0-9-]+)"/g)].map(([, name]) => name ?? '')));
  const computed = ['first-f2', 'first-value', 'radar-week', 'radar-rest', ...cards(recorded<Screen<Overview>>('usual.overview').answer, {}, { orders: '', profit: '', customers: '', back: '', ltv: '', identity: '', uncertain: null }).map(({ name }) => name)];
  for (const name of [...Object.keys(FIGURES), ...computed]) expect(isSaid(name), `${name}-how`).toBe(true);
  for (const name of Object.keys(FIGURES)) expect(named.has(name) || computed.includes(name), `${name} is shown somewhere`).toBe(true);
  for (const { path, text } of files.filter((file) => file.path.startsWith('screens/'))) {
    for (const [, name] of text.matchAll(/<How\s+name="([^"]+)"|\bhow="([^"]+)"/g)) if (name) expect(FIGURES[name], `${path}: ${name} has a line in lib/basis.ts`).toBeDefined();
    const shows = /<(DataTable|FigureCard|TableCard|table)\b/.test(text) && !NO_FIGURES.some((start) => path.startsWith(start));
    const owner = files.find((file) => file.path === INSIDE[path])?.text ?? text;
    if (shows) expect(/<How\b|\bhow=|\bonhow=/.test(owner), `${path} shows a table or a figure`).toBe(true);
  }
});

test('columns made by a helper say it too', () => {
  const ways = { to: () => '', people: () => '' };
  const columns = [...yearColumns(() => '', 'x'), ...customerColumns(ways, true)].filter(({ number }) => number);
  expect(columns.length).toBe(9 + 12);
  for (const { key, how } of columns) expect(how !== undefined && isSaid(how), key).toBe(true);
});

const basis = recorded<Basis>('usual.basis');

function framed(name: string, of: Partial<Frame['address']> = {}, ask: Frame['basis'] = () => Promise.resolve(basis)) {
  const { address } = frame(of);
  render(Framed, { frame: { address, basis: ask }, name, title: 'x' });
}

test('the dialog says formula, definition in force, period, day, what was left out with counts, and leads to the orders', async () => {
  framed('items-list', { place: 'items', mall: 'rakuten', period: 'custom', from: '2026-01-01', to: '2026-03-31' });
  await fireEvent.click(screen.getByRole('button', { name: t('how-title', { title: 'x' }) }));
  const dialog = await screen.findByRole('dialog');
  await screen.findByText(t('how-in-force'));
  const text = dialog.textContent ?? '';
  expect(text).toContain(t('items-list-how'));
  // The shop of the recorded answers: no cost is known, 16 orders of its last twelve months were cancelled.
  expect(text).toContain(t('how-value-net_sales', { share: '0.0%' }));
  expect(text).toContain('796');
  expect(text).toContain(t('how-left-out-counts', { cancelled: t('format-orders', { count: '16' }), returned: t('format-orders', { count: '0' }) }));
  expect(text).toContain(t('mall-rakuten'));
  const link = screen.getByRole('link', { name: t('how-orders') });
  expect(link.getAttribute('href')).toBe('#/orders?period=custom&from=2026-01-01&to=2026-03-31&mall=rakuten');
  expect(screen.getByRole('link', { name: t('how-left-out-link') }).getAttribute('href')).toContain('#/orders/left_out?');
});

test('a figure over everything leads to all orders, and thresholds are said as they hold', async () => {
  framed('groups-list', { place: 'groups' });
  await fireEvent.click(screen.getByRole('button', { name: t('how-title', { title: 'x' }) }));
  await screen.findByText(t('how-in-force'));
  expect(screen.getByRole('dialog').textContent).toContain('55・83・110・165');
  expect(screen.getByRole('link', { name: t('how-orders') }).getAttribute('href')).toBe('#/orders?period=all');
});

test('LTV says the period in force: those who first bought in it, and what they bought since', async () => {
  const chosen = { place: 'lifetime-value', period: 'custom', from: '2025-11-01', to: '2026-10-31' } as const;
  framed('curves', chosen, (atEnd) => (atEnd ? Promise.reject(new Error('measured on the newest day')) : Promise.resolve(basis)));
  await fireEvent.click(screen.getByRole('button', { name: t('how-title', { title: 'x' }) }));
  const said = t('how-won', { period: '2025/11/01〜2026/10/31', day: '2026年10月31日' });
  await screen.findByText(said);
  const text = screen.getByRole('dialog').textContent ?? '';
  expect(text).toContain(t('how-as-of-text', { day: '2026年10月31日' }));
  // Neither the 796 orders of the period nor all 1,467 are what a curve counts.
  for (const count of ['796', '1,467']) expect(text).not.toContain(t('format-orders', { count }));
  expect(screen.getByRole('link', { name: t('how-orders-first') }).getAttribute('href')).toBe('#/orders/first?period=custom&from=2025-11-01&to=2026-10-31');
});

test('without a chosen period LTV looks at everything', async () => {
  framed('curves', { place: 'lifetime-value' });
  await fireEvent.click(screen.getByRole('button', { name: t('how-title', { title: 'x' }) }));
  await screen.findByText(t('how-in-force'));
  expect(screen.getByRole('link', { name: t('how-orders') }).getAttribute('href')).toBe('#/orders?period=all');
});

test('groups of a chosen period are measured on its last day', async () => {
  const asked: boolean[] = [];
  const ask = (atEnd: boolean) => {
    asked.push(atEnd);
    return Promise.resolve({ ...basis, as_of: '2026-03-31', ever: basis.ever && { ...basis.ever, to: '2026-03-31' } });
  };
  framed('groups-list', { place: 'groups', period: 'custom', from: '2026-01-01', to: '2026-03-31' }, ask);
  await fireEvent.click(screen.getByRole('button', { name: t('how-title', { title: 'x' }) }));
  await screen.findByText(t('how-as-of-end', { day: '2026年3月31日' }));
  expect(asked).toEqual([true]);
  expect(screen.getByRole('link', { name: t('how-orders') }).getAttribute('href')).toBe('#/orders?period=custom&from=2024-05-01&to=2026-03-31');
});

test('counts that cannot be had are said, and the formula stands all the same', async () => {
  framed('f2', {}, () => Promise.reject(new Error('gone')));
  await fireEvent.click(screen.getByRole('button', { name: t('how-title', { title: 'x' }) }));
  await screen.findByText(t('how-failed'));
  expect(screen.getByRole('dialog').textContent).toContain(t('f2-how'));
});
