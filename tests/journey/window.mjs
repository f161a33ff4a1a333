// How the window behaves among others: it is opened with files, stands where it stood, comes back onto the screen, asks
// when its page does not draw, and opens no connection. Run by ./test; photographs and logs are in out/window.

import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pause, until } from './driver.mjs';
import { answer, Machine, otokui, run, TOP } from './machine.mjs';

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
    const trace = join(machine.out, 'network.txt');
    const calls = 'trace=socket,connect,bind,listen,sendto,sendmsg,sendmmsg';
    const traced = machine.openUnder('strace', ['-f', '--seccomp-bpf', '-qq', '-o', trace, '-e', calls], japanese);
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
    const lines = readFileSync(trace, 'utf8').split('\n');
    const local = lines.filter((line) => line.includes('AF_UNIX'));
    ok(local.length > 0, 'the trace sees the sockets of the display');
    deepStrictEqual(lines.filter((line) => /AF_INET|AF_PACKET|listen\(/.test(line)), [], 'nothing but local sockets');
    console.log(`   ${local.length} calls on local sockets, none on others`);
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

  await part('6 opened with a file, it shows the preview', async () => {
    await machine.wake([japanese]);
    await machine.driver.reads('取り込む前の確認', '楽天 髙﨑.csv', 'まだ取り込んでいません');
    machine.photograph('6-preview');
    strictEqual(answer('imports', '--ledger', machine.ledger).length, 0, 'a preview writes nothing');
  });
} catch (error) {
  machine.photograph('failure');
  console.error(`The window ended at: ${at}\n${error.stack}`);
  process.exitCode = 1;
} finally {
  await machine.sleep();
}
