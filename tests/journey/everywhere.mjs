// The rest of the way, in a window that stands open: every screen, the report and the whole ledger as files, chosen in
// the system's own dialogs.

import { ok } from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './driver.mjs';
import { TOP } from './machine.mjs';

const words = readFileSync(join(TOP, 'assets', 'locales', 'ja', 'ui.ftl'), 'utf8');
const places = [...readFileSync(join(TOP, 'ui', 'src', 'routes.ts'), 'utf8').matchAll(/\{ place: '([a-z-]+)'/g)].map(([, place]) => place);
const title = (place) => new RegExp(`^${place}-title = (.+)$`, 'm').exec(words)?.[1];

/** Screens of one thing: how to get to the first of them. */
const WITHIN = { item: ['商品', 'item/'], customer: ['お客様', 'customer/'] };

/** Walks on, in a window that stands open. */
export async function everywhere(machine, part) {
  const window = machine.driver;
  const folder = (name) => {
    const path = join(machine.home, name);
    mkdirSync(path);
    return path;
  };
  const drawn = (name) =>
    until(`the screen 「${name}」`, () =>
      window.run((name) => {
        const main = document.querySelector('main');
        const heading = main?.querySelector('h1')?.textContent.trim();
        return main?.getAttribute('aria-busy') === 'false' && (name ? heading === name : heading) && !main.querySelector('.failure');
      }, name),
    );

  await part('15 every screen', async () => {
    ok(places.length > 15, `the screens were not found in routes.ts: ${places}`);
    for (const place of places) {
      if (WITHIN[place]) {
        const [list, link] = WITHIN[place];
        await window.click('nav a', list);
        await drawn(list);
        await until(`a link to ${link}`, () => window.run((link) => {
          const first = document.querySelector(`main a[href*="${link}"]`);
          first?.click();
          return first !== null;
        }, link));
        await until(`the address ${link}`, () => window.run((link) => location.hash.includes(link), link));
        await drawn(null);
      } else {
        const name = title(place);
        await window.run((place) => void (location.hash = `#/${place}`), place);
        await drawn(name);
      }
    }
    console.log(`   ${places.length} screens`);
  });

  await part('16 a report', async () => {
    const place = folder('report');
    await window.click('nav a', '概要');
    await drawn('概要');
    await window.click('main button', 'レポートを書き出す');
    await machine.chooseFolder('レポートの保存先を選ぶ', place);
    await window.reads('レポートを書き出しました');
    ok(readdirSync(place).some((file) => file.endsWith('.html')), `a page to read: ${readdirSync(place)}`);
  });

  await part('17 the whole ledger as files', async () => {
    const place = folder('export');
    await window.click('nav a', '取り込み');
    await window.click('main label', 'CSV');
    await window.click('main button', '全部書き出す');
    await machine.chooseFolder('書き出し先のフォルダーを選ぶ', place);
    await window.reads('の受注を書き出しました');
    const [inside] = readdirSync(place);
    ok(readdirSync(join(place, inside)).includes('otokui-orders.csv'), `orders: ${readdirSync(join(place, inside))}`);
  });
}
