// Files that ask something back, in the real window: a table of no mall, whose columns the owner corrects, and a Yahoo
// pair whose numbers name no store. What was said is remembered; what was recorded is held against the command line.

import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './driver.mjs';
import { answer } from './machine.mjs';

const DIALOG = '[role=dialog]';

/** A shop's own list. That 整理番号 numbers the orders and 税込額 is for all pieces of a row, only its owner knows. */
function list(folder, name, numbers) {
  const rows = numbers.map((number) => `W-${number},2025/04/${10 + number},見本 ${number},w${number}@example.jp,湯のみ,2,"¥3,${number}00"`);
  const path = join(folder, name);
  writeFileSync(path, `\ufeff${['整理番号,受付日,氏名,メール,品名,個数,税込額', ...rows, ''].join('\r\n')}`);
  return path;
}

/** A Yahoo pair whose numbers name no store: one line of 1,500 yen each. */
function pair(folder, numbers) {
  const orders = numbers.map((number) => `${number},2025/05/02 10:00:00,2,見本 春,0312345678,1500`);
  const items = numbers.map((number) => `${number},1,cup-1,Cup,1,1500,1500`);
  const halves = {
    'orders.csv': ['OrderId,OrderTime,OrderStatus,BillName,BillPhoneNumber,TotalPrice', ...orders, ''],
    'items.csv': ['OrderId,LineId,ItemId,Title,Quantity,UnitPrice,OriginalPrice', ...items, ''],
  };
  return Object.entries(halves).map(([name, lines]) => {
    const path = join(folder, name);
    writeFileSync(path, lines.join('\r\n'));
    return path;
  });
}

/** Walks through both, in a window that stands open. */
export async function askedBack(machine, part) {
  const window = machine.driver;
  const orders = () => answer('orders', '--ledger', machine.ledger);
  const of = (start) => orders().filter((order) => order.order_number.startsWith(start));
  const table = () => window.run(() => document.querySelector('[role=dialog] section table')?.innerText ?? '');
  const shows = (text) => until(`an order of ${text}`, async () => (await table()).includes(text));

  await part('10 a table of no mall', async () => {
    machine.drop([list(machine.home, '自社.csv', [1, 2, 3])]);
    await window.reads('自社.csv', 'この表の列を教える');
    strictEqual(of('W-').length, 0, 'a preview writes nothing');
    await window.click('main button', 'この表の列を教える');
    await window.reads('この表の列を教える（自社.csv）', 'この読み方でできる受注');
  });

  await part('11 a column corrected', async () => {
    await window.choose(`${DIALOG} select`, '「整理番号」の列が何か', '注文番号');
    await window.choose(`${DIALOG} select`, '「税込額」の列が何か', '単価（1個）');
    await shows('6,200');
    await window.choose(`${DIALOG} select`, '「税込額」の列が何か', '行の金額（全部の個数）');
    await shows('3,200');
    await window.click(`${DIALOG} button`, 'この読み方で取り込む');
    await window.reads('3件を取り込みました');
    deepStrictEqual(of('W-').map((order) => order.goods).sort(), [3_100, 3_200, 3_300]);
  });

  await part('12 a table read as it was said', async () => {
    machine.drop([list(machine.home, '自社5月.csv', [3, 4])]);
    await window.reads('自社5月.csv', '列を教え直す');
    await window.click('main button', '取り込む');
    await window.reads('2件を取り込みました');
    strictEqual(of('W-').length, 4, 'order 3 stands in both lists');
  });

  await part('13 which store', async () => {
    machine.drop(pair(machine.home, [70_000_001, 70_000_002]));
    await window.reads('どのストアの注文ですか');
    const record = () => window.run(() => [...document.querySelectorAll('main button')].find((b) => b.textContent.trim() === '取り込む')?.disabled);
    strictEqual(await record(), true, 'first the store, then the orders');
    await window.type('main form input', 'https://store.shopping.yahoo.co.jp/mihon-store/');
    await window.click('main form button', 'このストアの注文として読む');
    await until('the question to be gone', async () => (await record()) === false);
    ok(!(await window.text()).includes('どのストアの注文ですか'));
    await window.click('main button', '取り込む');
    await window.reads('2件を取り込みました');
    deepStrictEqual(of('mihon-store-7').map((order) => order.order_number).sort(), ['mihon-store-70000001', 'mihon-store-70000002']);
  });

  await part('14 what was said is forgotten', async () => {
    await window.click('nav a', '取り込み');
    await window.reads('自社5月.csv');
    await window.click('main button', '自社.csvの読み方を忘れる');
    await until('the memory to be gone', async () => !(await window.find('main button', '自社.csvの読み方を忘れる')));
    strictEqual(of('W-').length, 4, 'what was recorded stays');
  });
}
