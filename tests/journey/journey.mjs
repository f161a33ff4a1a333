// The whole way through the real window, once: an empty ledger, a real drop of a mall's export files, the preview,
// 取り込む, then 概要, グループ, a customer, the next action, files that ask something back, every screen, the report and the export. What
// the window shows is held against what the command line answers for the same files. The window and every process of it are traced from
// their first moment: none may open a connection. Run by ./test; photographs, logs and the trace are in out/journey.

import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './driver.mjs';
import { answer, Machine, otokui, TOP } from './machine.mjs';
import { everywhere } from './everywhere.mjs';
import { askedBack } from './tables.mjs';
import { noConnection } from './trace.mjs';

const ORDERS = 3_000;
const count = (number) => number.toLocaleString('en-US');
const machine = new Machine(join(TOP, 'out', 'journey'));
const trace = join(machine.out, 'network.txt');
let at = 'the start';
let inspector;

const locale = join(TOP, 'assets', 'locales', 'ja');
const keys = readdirSync(locale)
  .flatMap((file) => readFileSync(join(locale, file), 'utf8').split('\n'))
  .flatMap((line) => /^([a-z]\w*-[\w-]+) =/.exec(line)?.[1] ?? []);

/** Names the part of the way, for the report and the photograph. No name of a text may stand there instead of it. */
async function part(name, walk) {
  at = name;
  const began = Date.now();
  await walk();
  const words = new Set((await machine.driver.text()).split(/[^\w-]+/));
  deepStrictEqual(keys.filter((key) => words.has(key)), [], 'a text is missing: its key is on the screen');
  const places = await machine.driver.run(() => [...document.querySelectorAll('nav a, h1')].map((place) => place.textContent.trim()));
  deepStrictEqual(places.filter((place) => /^[a-z]+(-[a-z]+)+$/.test(place)), [], 'a key stands where a name should');
  machine.photograph(name.replaceAll(' ', '-'));
  console.log(`   ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

try {
  // The same shop by the command line, in a ledger of its own: what the window must show.
  otokui('sample', '--orders', String(ORDERS), '--seed', '1', '--out', machine.exports);
  const japanese = join(machine.exports, '楽天 受注.csv');
  renameSync(join(machine.exports, 'rakuten_orders.csv'), japanese);
  const files = [japanese, join(machine.exports, 'yahoo_order.csv'), join(machine.exports, 'yahoo_item.csv')];
  const ledger = join(machine.home, 'command-line.ledger');
  const imported = answer('import', '--ledger', ledger, ...files).files;
  const overview = answer('overview', '--ledger', ledger);
  const groups = answer('groups', '--ledger', ledger).groups;
  const cards = answer('actions', '--ledger', ledger).cards;
  ok(cards.length > 0, 'the sample shop has something to do');

  await machine.wake([], { trace });
  inspector = machine.environment('WEBKIT_INSPECTOR_SERVER');
  const window = machine.driver;
  const heading = (name) => until(`the screen 「${name}」`, () => window.find('h1', name));

  await part('1 an empty ledger', async () => {
    await heading('今週');
    await window.reads('受注データを取り込む', 'サンプルの店で試す');
  });

  await part('2 a drop', async () => {
    machine.drop(files);
    await heading('取り込み');
    await window.reads('取り込む前の確認', '楽天 受注.csv', 'yahoo_order.csv');
    for (const file of imported.filter((file) => file.orders_new > 0)) await window.reads(`${count(file.orders_new)}件`);
    await window.reads('まだ取り込んでいません');
    strictEqual(answer('imports', '--ledger', machine.ledger).length, 0, 'a preview writes nothing');
  });

  await part('3 recorded', async () => {
    await window.click('main button', '取り込む');
    await window.reads(`${count(ORDERS)}件を取り込みました`);
    deepStrictEqual(answer('overview', '--ledger', machine.ledger), overview, 'the same ledger as by the command line');
  });

  await part('4 overview', async () => {
    await window.click('nav a', '概要');
    await heading('概要');
    const months = overview.months.slice(-3);
    for (const month of months) await window.reads(`${count(month.net_sales)}`);
    await until('a drawing', () => window.find('main .drawing svg'));
  });

  await part('5 the people behind a point', async () => {
    await window.click('main figure rect[role=link]');
    await heading('お客様');
    const people = await window.run(() => new URLSearchParams(location.hash.split('?')[1]).get('people'));
    const behind = answer('customers', '--ledger', ledger, '--people', people);
    ok(behind.length > 0, `${people} has people`);
    await window.reads(`${count(behind.length)}人、`);
  });

  await part('6 groups', async () => {
    await window.click('nav a', 'グループ');
    await heading('グループ');
    for (const group of groups) await window.reads(`${count(group.customer_count)}人`);
  });

  const group = groups.find((group) => group.customer_count > 0);
  await part('7 the people of a group', async () => {
    await window.click('main table a', '最優良');
    await heading('お客様');
    await window.reads('最優良', `${count(group.customer_count)}人`);
  });

  await part('8 a customer', async () => {
    const link = await until('a customer', () =>
      window.run(() => {
        const link = document.querySelector('main tbody th a');
        return link && { name: link.textContent.trim(), id: Number(/customer\/(\d+)/.exec(link.href)?.[1]) };
      }),
    );
    await window.click('main tbody th a', link.name);
    await heading(link.name);
    const customer = answer('customer', '--ledger', ledger, String(link.id));
    strictEqual(customer.customer.group, group.key, 'the customer is in the group that was opened');
    await window.reads(`受注（${count(customer.orders.length)}件）`, customer.orders[0].order_number);
  });

  await part('9 the next action', async () => {
    await window.click('nav a', '今週');
    await heading('今週');
    const card = cards.find((card) => card.this_week);
    await window.reads(card.title, card.why, `対象のお客様 ${count(card.customer_ids.length)}人`);
    await window.click('main article button', '文面を見る');
    await window.reads(card.words.subject);
    await window.click('[role=dialog] button', '閉じる');
    await window.click('main article a', '対象のお客様');
    await heading('お客様');
    await window.reads(`${count(card.customer_ids.length)}人、`);
  });

  await askedBack(machine, part);
  await everywhere(machine, part);

  console.log(`   the window was seen ${(machine.window_ms / 1000).toFixed(1)} s after it was asked for`);
} catch (error) {
  machine.photograph('failure');
  const text = await machine.driver?.text().catch(() => '');
  console.error(`The journey ended at: ${at}\n${error.stack}`);
  if (text) console.error(`On the page:\n${text.slice(0, 2_000)}`);
  console.error('A photograph is in out/journey/failure.png.');
  process.exitCode = 1;
} finally {
  await machine.sleep();
}

if (process.exitCode !== 1) noConnection(await machine.traced(trace), inspector);
