import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FluentResource } from '@fluent/bundle';
import { expect, test } from 'vitest';
import { COMPARES, FILTERS, GROUPS, MALLS, MEASURES, PERIODS } from '../src/lib/address';
import { ROUTES } from '../src/routes';
import { KINDS } from '../src/screens/events/form';
import { VIEWS } from '../src/screens/groups/asked';
import { CLASSES } from '../src/screens/groups/moves';
import { PARTS } from '../src/screens/groups/rules';
import { meanings } from '../src/screens/imports/meanings';

const root = resolve(import.meta.dirname, '..');
const catalogues = { ja: catalogue('ja'), en: catalogue('en') };

function catalogue(language: string): Map<string, string> {
  const text = ['ui', 'how'].map((name) => readFileSync(resolve(root, `../assets/locales/${language}/${name}.ftl`), 'utf8')).join('\n');
  const lines = text.split('\n').flatMap((line) => {
    const [, key, words] = /^([a-z][a-z0-9_-]*) = (.*)$/.exec(line) ?? [];
    return key ? [[key, words ?? ''] as const] : [];
  });
  expect(new FluentResource(text).body.length, 'every line is understood by Fluent').toBe(lines.length);
  expect(new Set(lines.map(([key]) => key)).size, 'no key stands twice').toBe(lines.length);
  return new Map(lines);
}

function sources(): { path: string; text: string }[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path) && !path.includes('generated'))
    .map((path) => ({ path, text: readFileSync(join(root, 'src', path), 'utf8') }));
}

const places = (words: string) => [...new Set([...words.matchAll(/\{ (?:COUNT\()?\$(\w+)/g)].map(([, name]) => name))].sort();

test('both languages have the same keys with the same places', () => {
  expect([...catalogues.en.keys()]).toEqual([...catalogues.ja.keys()]);
  for (const [key, words] of catalogues.ja) {
    if (key.startsWith('format-')) continue;
    expect(places(catalogues.en.get(key) ?? ''), key).toEqual(places(words));
  }
});

test('no sentence stands in the sources', () => {
  for (const { path, text } of sources()) {
    const code = text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|^\s*\/\/.*$/gm, '');
    expect(/[\u3040-\u30ff\u4e00-\u9fff\uff01-\uff60]/.exec(code)?.[0], path).toBeUndefined();
  }
});

test('every key that is asked for has words', () => {
  for (const { path, text } of sources()) {
    for (const [, key] of text.matchAll(/\bt\(\s*'([^']+)'/g)) expect(catalogues.ja.has(key ?? ''), `${path}: ${String(key)}`).toBe(true);
    for (const [, one, other] of text.matchAll(/\bt\([^'`)]+\? '([^']+)' : '([^']+)'/g)) {
      for (const key of [one, other]) expect(catalogues.ja.has(key ?? ''), `${path}: ${String(key)}`).toBe(true);
    }
  }
});

test('every key made of parts has words', () => {
  const made = [
    ...GROUPS.map((group) => `group-${group.replaceAll('_', '-')}`),
    ...MALLS.flatMap((mall) => [`mall-${mall}`, `mall-short-${mall}`]),
    ...MEASURES.map((measure) => `measure-${measure}`),
    ...PERIODS.map((period) => `filter-period-${period}`),
    ...FILTERS.map((filter) => `filter-${filter}`),
    ...COMPARES.map((compare) => `filter-compare-${compare.replace('_', '-')}`),
    ...ROUTES.flatMap(({ place, means = [] }) => means.map((filter) => `filter-means-${place}-${filter}`)),
    ...ROUTES.filter(({ filters }) => filters.length > 0 && filters.length < FILTERS.length).map(({ place }) => `filter-still-${place}`),
    ...ROUTES.map(({ place }) => `${place}-title`),
    ...ROUTES.filter(({ place }) => place !== 'imports').map(({ place }) => `${place}-empty`),
    ...['placed', 'shipped', 'cancelled', 'returned'].map((status) => `status-${status}`),
    ...['ready', 'recorded', 'already_imported', 'waiting_for_pair', 'needs_columns', 'needs_map', 'unused', 'refused'].map((state) => `file-state-${state}`),
    ...['sum-sales', 'sum-margin', 'sum-customers', 'sum-repeat', 'sum-ltv', 'months', 'new-vs-existing', 'f2', 'map', 'moves',
      'waterfall', 'thresholds', 'flow', 'past', 'types', 'lapse', 'classes', 'curves', 'heat', 'trend', 'timeline', 'first-f2', 'first-value', 'items-list', 'pairs', 'baskets',
      'involvement', 'points-plane', 'points-quarters', 'points-bands', 'points-sums', 'points-what', 'points-first', 'points-exit', 'points-rows', 'points-customers', 'gap', 'next', 'back-due', 'back-share', 'back-windows', 'back-months', 'back-curves', 'back-gaps', 'back-histogram', 'back-sides', 'back-definitions', 'after-next', 'quantity', 'days', 'due', 'radar-week', 'radar-rest'].flatMap((figure) => [`${figure}-title`, `${figure}-how`]),
    ...meanings.flatMap(({ group, fields }) => [`tell-group-${group}`, ...fields.map((field) => `tell-field-${field}`)]),
    ...['date', 'amount', 'number', 'buyer'].flatMap((need) => [`tell-needs-${need}`, `tell-has-${need}`]),
    ...['events-mostly', 'events-leaning', 'even', 'plain-leaning', 'plain-mostly', 'undecided'].map((band) => `dependence-${band}`),
    ...['fans', 'event-fans', 'bargain-hunters', 'loose'].flatMap((part) => [`plane-${part}`, `plane-${part}-advice`]),
    ...['full-value', 'incentive', 'event', 'coupon', 'raised', 'unclear'].map((first) => `first-order-${first}`),
    ...['full', 'event', 'coupon', 'raised', 'mall', 'unclear'].map((reason) => `points-sums-${reason}`),
    ...['group', 'item', 'month'].map((by) => `points-by-${by}`),
    ...KINDS.map((kind) => `events-kind-${kind}`),
    ...['built-in', 'imported', 'own'].map((origin) => `events-origin-${origin}`),
    ...[0, 1, 2, 3, 4, 5, 6].map((day) => `weekday-${String(day)}`),
    ...['item', 'category', 'shop'].map((basis) => `radar-basis-${basis}`),
    ...['malls', 'rates', 'postage', 'costs', 'more'].flatMap((part) => [`settings-part-${part}`, `settings-part-${part}-note`]),
    ...['card', 'paypay', 'points', 'convenience_store', 'bank_transfer', 'cash_on_delivery', 'carrier', 'deferred', 'other'].map((payment) => `payment-${payment}`),
    ...['rate', 'yen', 'choice', 'steps'].flatMap((form) => [`settings-value-${form}`, `settings-hint-${form}`, `settings-bad-${form}`]),
    ...['name', 'kana', 'phone', 'mail', 'postal-code', 'address'].map((field) => `identity-field-${field}`),
    ...VIEWS.map((view) => `groups-view-${view}`),
    ...GROUPS.map((group) => `groups-next-${group.replaceAll('_', '-')}`),
    ...['first', 'toddling', 'steady', 'fashion', 'excellent'].flatMap((type) => [`types-what-${type}`, `cpm-${type}-active`, `cpm-${type}-lapsed`]),
    ...['active', 'soon', 'attention', 'lapsed'].flatMap((state) => [`lapse-${state}`, `lapse-what-${state}`]),
    ...['asked', 'reviewed', 'favourited', 'other'].map((kind) => `contact-kind-${kind}`),
    ...['prospect', 'other', 'bought'].map((of) => `contacts-class-${of}`),
    ...[...CLASSES, 'prospect', 'other'].flatMap((of) => [`class-${of}`, `classes-what-${of}`]),
    ...PARTS.flatMap((part) => [`rules-${part}`, `rules-${part}-unit`, `rules-${part}-bad`]),
    ...['own', 'classic'].map((preset) => `types-preset-${preset}`),
    ...['subject', 'body', 'line', 'insert'].map((part) => `words-${part}`),
    ...['group', 'before', 'type', 'lapse', 'sales', 'margin', 'times', 'last', 'first', 'gap', 'next', 'malls', 'prefecture', 'score'].map((fact) => `customer-fact-${fact}`),
  ];
  for (const key of made) expect(catalogues.ja.has(key), key).toBe(true);
});

test('every key is asked for somewhere', () => {
  const all = sources().map(({ text }) => text).join('\n');
  const prefixes = [...all.matchAll(/`([a-z-]+-)\$\{/g)].map(([, prefix]) => prefix ?? '');
  const suffixes = ['-title', '-how', '-empty', '-none', '-text'];
  for (const key of catalogues.ja.keys()) {
    const used =
      all.includes(`'${key}'`) || prefixes.some((prefix) => key.startsWith(prefix)) || suffixes.some((suffix) => key.endsWith(suffix));
    expect(used, key).toBe(true);
  }
});
