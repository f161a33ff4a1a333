// How the window behaves among others: it is opened with files, stands where it stood, comes back onto the screen, asks
// when its page does not draw, and opens no connection. Run by ./test; photographs and logs are in out/window.

import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { doors } from './doors.mjs';
import { pause, until } from './driver.mjs';
import { answer, Machine, otokui, run, TOP } from './machine.mjs';
import { noConnection, read, tracing } from './trace.mjs';

const SCREEN = { width: 1280, height: 900 };
const machine = new Machine(join(TOP, 'out', 'window'));
const kept = join(dirname(machine.ledger), 'window', 'place.json');
let at = 'the start';

async function part(name, walk) {
  at = name;
  const began = Date.now();
  await walk();
  console.log(`   ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

const x = (...words) => run('xdotool', words.map(String), { env: machine.env });

async function seen() {
  await until('the window', () => machine.windows('Otokui').length > 0);
  return machine.windows('Otokui')[0];
}

function place(id) {
  const of = Object.fromEntries([...x('getwindowgeometry', '--shell', id).matchAll(/(\w+)=(-?\d+)/g)].map(([, name, value]) => [name, Number(value)]));
  return { x: of.X, y: of.Y, width: of.WIDTH, height: of.HEIGHT };
}

async function close(program) {
  run('/usr/bin/python3', [join(TOP, 'tests', 'journey', 'close.py'), machine.windows('Otokui')[0]], { env: machine.env });
  await until('the program to end', () => program.exitCode !== null || program.signalCode !== null);
  strictEqual(program.exitCode, 0, 'it ends well');
}

/** Starts, looks where the window stands once it stands still, and closes. */
async function standing() {
  const program = machine.open();
  const id = await seen();
  await pause(1_500);
  const stands = place(id);
  await close(program);
  return stands;
}

/** Processes whose program is called so, with what they were started with. */
function processes(name) {
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id))
    .flatMap((id) => {
      try {
        const environment = readFileSync(`/proc/${id}/environ`, 'utf8').split('\0');
        return readlinkSync(`/proc/${id}/exe`).endsWith(name) && environment.includes(`HOME=${machine.home}`) ? [{ id: Number(id), environment }] : [];
      } catch {
        return [];
      }
    });
}

try {
  otokui('sample', '--orders', '500', '--seed', '1', '--out', machine.exports);
  const japanese = join(machine.exports, '楽天 髙﨑.csv');
  renameSync(join(machine.exports, 'rakuten_orders.csv'), japanese);
  await machine.prepare();

  await part('1 it stands where it was put', async () => {
    const program = machine.open();
    const id = await seen();
    await pause(1_000);
    x('windowsize', id, 1_100, 740);
    x('windowmove', id, 90, 70);
    await until('the window to be moved', () => place(id).x === 90 && place(id).width === 1_100);
    await pause(500);
    machine.photograph('1-moved');
    await close(program);
    deepStrictEqual(JSON.parse(readFileSync(kept, 'utf8')).place, { x: 90, y: 70, width: 1_100, height: 740 });
    deepStrictEqual(await standing(), { x: 90, y: 70, width: 1_100, height: 740 });
  });

  await part('2 a place beyond the screen is brought back', async () => {
    const put = (place) => writeFileSync(kept, JSON.stringify({ place }));
    put({ x: 700, y: 500, width: 1_100, height: 740 });
    // 1280 - 1100 = 180 and 900 - 740 = 160.
    deepStrictEqual(await standing(), { x: 180, y: 160, width: 1_100, height: 740 });
    put({ x: 5_000, y: 3_000, width: 1_100, height: 740 });
    const alone = await standing();
    ok(alone.x >= 0 && alone.y >= 0 && alone.x + alone.width <= SCREEN.width && alone.y + alone.height <= SCREEN.height, JSON.stringify(alone));
    writeFileSync(kept, 'rubbish');
    const anew = await standing();
    strictEqual(anew.width, SCREEN.width, 'as wide as a new one');
  });

  await part('3 no connection is opened', async () => {
    // Without a driver, so that there is not even its socket. journey.mjs traces the whole way, led by one.
    const trace = join(machine.out, 'network.txt');
    const traced = machine.openTraced(trace, japanese);
    await seen();
    await pause(4_000);
    machine.photograph('3-opened-with-a-file');
    machine.drop([join(machine.exports, 'yahoo_order.csv'), join(machine.exports, 'yahoo_item.csv')]);
    await pause(4_000);
    machine.photograph('3-a-drop');
    for (const key of ['F1', 'Escape', 'ctrl+f', 'ctrl+comma']) {
      machine.press(key);
      await pause(700);
    }
    machine.photograph('3-settings');
    await close(traced);
    noConnection(await machine.traced(trace));
  });

  await part('3 a connection would be seen', async () => {
    const trace = join(machine.out, 'seen.txt');
    const tries = "const { connect } = require('net'); for (const host of ['127.0.0.1', '::1']) connect(9, host).on('error', () => {}); require('dgram').createSocket('udp4').send('x', 9, '127.0.0.1', () => process.exit());";
    run('strace', [...tracing(trace), process.execPath, '-e', tries]);
    const { foreign } = read(await machine.traced(trace));
    for (const call of ['sin_port=htons(9), sin_addr', 'AF_INET6, sin6_port=htons(9)', 'SOCK_DGRAM']) ok(foreign.some((line) => line.includes(call)), `${call}: ${foreign}`);
  });

  await part('4 a page that does not draw is asked about, and another way of drawing is kept', async () => {
    rmSync(kept, { force: true });
    const program = machine.open();
    const [page] = await until('the page’s process', () => processes('WebKitWebProcess').length > 0 && processes('WebKitWebProcess'));
    process.kill(page.id, 'SIGSTOP');
    await until('the box', () => machine.windows('Otokui').length > 1, 20_000);
    await pause(800);
    machine.photograph('4-not-drawn');
    const box = machine.windows('Otokui').find((id) => place(id).height < 500);
    ok(box, 'the box is a window of its own');
    x('windowfocus', '--sync', box, 'key', 'Return');
    await until('the program to make room', () => program.exitCode !== null);
    process.kill(page.id, 'SIGKILL');
    const [otherwise] = await until('the other way', () => {
      const found = processes('otokui-desktop').filter(({ environment }) => environment.includes('OTOKUI_WITHOUT_GRAPHICS=1'));
      return found.length > 0 && found;
    });
    ok(otherwise.environment.includes('WEBKIT_DISABLE_COMPOSITING_MODE=1'));
    await seen();
    await pause(2_000);
    machine.photograph('4-drawn-otherwise');
    run('/usr/bin/python3', [join(TOP, 'tests', 'journey', 'close.py'), machine.windows('Otokui')[0]], { env: machine.env });
    await until('the program to end', () => processes('otokui-desktop').length === 0);
    match(readFileSync(machine.log, 'utf8'), / failed not_drawn src-tauri\/desktop\/watchdog\.rs:\d+\n/, 'the log tells it');
    ok(JSON.parse(readFileSync(kept, 'utf8')).without_graphics, 'kept for the next start');
  });

  await part('5 the way that drew is taken from the start', async () => {
    const first = machine.open();
    await until('the program to make room', () => first.exitCode !== null);
    const found = await until('the other way', () => processes('otokui-desktop').length === 1 && processes('otokui-desktop'));
    ok(found[0].environment.includes('OTOKUI_WITHOUT_GRAPHICS=1'));
    await seen();
    run('/usr/bin/python3', [join(TOP, 'tests', 'journey', 'close.py'), machine.windows('Otokui')[0]], { env: machine.env });
    await until('the program to end', () => processes('otokui-desktop').length === 0);
    rmSync(kept);
  });

  await part('5 the key for printing opens the system’s dialog', async () => {
    const program = machine.open();
    await seen();
    // A key that comes before the page can take it is lost.
    await until('the dialog of printers', async () => {
      machine.press('ctrl+p');
      await pause(2_500);
      return machine.sees('^Print$');
    });
    machine.photograph('5-print');
    machine.pressIn('^Print$', 'Escape');
    await until('the dialog of printers to be away', () => !machine.sees('^Print$'));
    await close(program);
  });

  await part('6 opened with a file, it shows the preview', async () => {
    await machine.wake([japanese]);
    await machine.driver.reads('取り込む前の確認', '楽天 髙﨑.csv', 'まだ取り込んでいません');
    machine.photograph('6-preview');
    strictEqual(answer('imports', '--ledger', machine.ledger).length, 0, 'a preview writes nothing');
  });

  await doors(machine, part);

  await part('9 the log tells of kinds and places only', async () => {
    const log = readFileSync(machine.log, 'utf8');
    match(log, / failed too_large src-tauri\/desktop\/doors\.rs:\d+\n/);
    // Times, versions, kinds, places: nothing of the file that was opened, of the note that was too long.
    doesNotMatch(log, /[^\x20-\x7e\n]|csv|exports/);
    for (const line of log.trim().split('\n')) match(line, /^[\d-]{10}T[\d:]{8} [\d.]+ linux (start \w+|failed [\w/ ]+ src-tauri\/[\w/]+\.rs:\d+)$/);
  });
} catch (error) {
  machine.photograph('failure');
  console.error(`The window ended at: ${at}\n${error.stack}`);
  process.exitCode = 1;
} finally {
  await machine.sleep();
}
