import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { FluentResource } from '@fluent/bundle';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// Vitest 5 reports failures with Map.groupBy, which Node 20 does not have.
Object.assign(Map, {
  groupBy:
    (Map as { groupBy?: unknown }).groupBy ??
    function groupBy<T, K>(items: Iterable<T>, key: (item: T, index: number) => K): Map<K, T[]> {
      const groups = new Map<K, T[]>();
      let index = 0;
      for (const item of items) {
        const name = key(item, index++);
        groups.set(name, [...(groups.get(name) ?? []), item]);
      }
      return groups;
    },
});

/** The window's own policy, so that a plain browser refuses what the window would refuse. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src ipc: http://ipc.localhost; object-src 'none'; base-uri 'none'; form-action 'none'";

/** The catalogue, parsed when the page is built. The page would compile twenty expressions to do it, while its owner waits. */
const parsedWords: Plugin = {
  name: 'parsed-words',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.ftl')) return null;
    this.addWatchFile(id);
    const text = readFileSync(id, 'utf8');
    const words = new FluentResource(text).body.map(({ id: key, value }) => [key, value] as const);
    if (words.length !== text.match(/^[a-z][\w-]* =/gm)?.length) throw new Error(`${id}: some words do not parse`);
    // JSON is read in a fraction of the time of the same in JavaScript.
    return `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(words)))});`;
  },
};

/** The icons as they are drawn. Lucide's own component puts each together line by line while the page waits for it. */
const plainIcons: Plugin = {
  name: 'plain-icons',
  enforce: 'pre',
  transform(code, id) {
    if (!/@lucide\/svelte\/dist\/icons\/[\w-]+\.svelte$/.test(id)) return null;
    const [, icon] = /const iconData = (\{.*\});/.exec(code) ?? [];
    if (!icon) throw new Error(`${id} is not written as icons were`);
    const { node } = JSON.parse(icon) as { node: [string, Record<string, string>][] };
    const lines = node.map(
      ([tag, attributes]) => `<${tag} ${Object.entries(attributes).map(([name, value]) => `${name}="${value}"`).join(' ')} />`,
    );
    const svg = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"';
    return `<script>let { size = 24, strokeWidth = 2 } = $props();</script>
<svg width={size} height={size} stroke-width={strokeWidth} ${svg}>${lines.join('')}</svg>`;
  },
};

export default defineConfig({
  plugins: [parsedWords, plainIcons, svelte(), svelteTesting()],
  clearScreen: false,
  server: { port: 5173, strictPort: true, fs: { allow: ['..'] } },
  preview: { headers: { 'Content-Security-Policy': policy } },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    // Every file is asked of the program by a message: what the window opens with is one, what screens share is another.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }, { name: 'shared', minShareCount: 2 }] } },
    },
  },
  test: { environment: 'jsdom', include: ['tests/**/*.test.ts'], setupFiles: ['tests/setup.ts'] },
});
