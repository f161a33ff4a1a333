import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(svelte|ts)$/.test(path) && !path.includes('generated'))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, path), 'utf8') }));

test('only one file knows the window library', () => {
  const knowing = files.filter(({ text }) => text.includes('@tauri-apps/')).map(({ path }) => path);
  expect(knowing).toEqual(['api/window.ts']);
});

test('only the figure puts markup of the program into the page', () => {
  const putting = files.filter(({ text }) => text.includes('{@html')).map(({ path }) => path);
  expect(putting).toEqual(['parts/Figure.svelte']);
});

test('no template carries a style of its own, which the window would refuse', () => {
  for (const { path, text } of files) {
    expect(/\sstyle="/.test(text.replace(/<style>[\s\S]*<\/style>/, '')), path).toBe(false);
  }
});

test('parts and lib know no screen, screens know no other screen', () => {
  for (const { path, text } of files) {
    const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from ?? '');
    if (/^(parts|lib|api)\//.test(path)) expect(imports.some((from) => from.includes('screens')), path).toBe(false);
    if (path.startsWith('screens/')) expect(imports.some((from) => /^\.\.\/[a-z-]+(\/|$)/.test(from) && !from.startsWith('../../')), path).toBe(false);
  }
});

test('only what loads asks the program', () => {
  const asking = files.filter(({ path, text }) => /import \* as api/.test(text) && path.endsWith('.svelte')).map(({ path }) => path);
  expect(asking).toEqual(['App.svelte']);
});

test('what a table looks like stands in one sheet', () => {
  const drawing = files.filter(({ text }) => /border-collapse: collapse|\.chip \{/.test(text)).map(({ path }) => path);
  expect(drawing, 'a table says class="table", a condition class="chip" (src/lists.css)').toEqual([]);
  for (const { path, text } of files) {
    for (const [, attributes] of text.matchAll(/<table\b([^>]*)>/g)) {
      expect(attributes, `${path}: a table has the look of all tables`).toMatch(/class="(table|sheet)/);
    }
  }
});
