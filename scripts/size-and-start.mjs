#!/usr/bin/env node
// How large Otokui is, how fast it starts and what memory it takes, beside an empty Tauri window built with the same
// libraries on the same machine; written to docs/size-and-start.md. Starts are taken in turns, so that a busy machine
// is busy for both. Then, in the real window, what a drop of 100,000 lines takes until the first chart, beside the
// floors of benches/import and benches/cold, and how long each screen holds the window up with 100,000 orders.
//   scripts/size-and-start.mjs [ROUNDS]     15 unless told
// Wants the release build of both programs (scripts/deb --package makes it) and what ./test installs.

import { spawn } from 'node:child_process';
import { cpus, loadavg, tmpdir } from 'node:os';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join, resolve } from 'node:path';
import { pause, until } from '../tests/journey/driver.mjs';
import { dropped, walked } from './in-the-window.mjs';

process.env.OTOKUI_PROFILE = 'release';
const { answer, Machine, otokui, run, TOP } = await import('../tests/journey/machine.mjs');
const rounds = Number(process.argv[2] ?? 15);
const target = resolve(process.env.CARGO_TARGET_DIR ?? join(TOP, 'target'));
const program = join(target, 'release', 'otokui-desktop');
const ORDERS = 100_000;
const WALKS = 5;

const PAGE = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>empty</title><body><h1>空の窓</h1>
<svg width="720" height="280" role="img">${Array.from({ length: 24 }, (_, i) => `<rect x="${i * 30}" y="${40 + ((i * 37) % 200)}" width="22" height="${240 - ((i * 37) % 200)}"/>`).join('')}</svg>
<script src="drawn.js"></script>`;

const MAIN = `
#[tauri::command]
fn drawn(window: tauri::WebviewWindow) {
    window.show().expect("it is there");
}
fn main() {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![drawn])
        .run(tauri::generate_context!())
        .expect("the window opens");
}
`;

/** The least a Tauri window can be: the same libraries and settings, one chart, shown as Otokui's is. */
function empty() {
  const home = mkdtempSync(join(tmpdir(), 'otokui-empty-'));
  const manifest = readFileSync(join(TOP, 'Cargo.toml'), 'utf8');
  const line = (name) => manifest.split('\n').find((line) => line.startsWith(`${name} = `)).replace(/, optional = true/, '');
  const profile = manifest.slice(manifest.indexOf('[profile.release]'), manifest.indexOf('[profile.dev]'));
  writeFileSync(
    join(home, 'Cargo.toml'),
    `[package]\nname = "empty-window"\nversion = "0.1.0"\nedition = "2024"\n[[bin]]\nname = "empty-window"\npath = "main.rs"\n[dependencies]\n${line('tauri')}\n[build-dependencies]\n${line('tauri-build')}\n${profile}`,
  );
  copyFileSync(join(TOP, 'Cargo.lock'), join(home, 'Cargo.lock'));
  writeFileSync(join(home, 'build.rs'), 'fn main() { tauri_build::build() }\n');
  writeFileSync(join(home, 'main.rs'), MAIN);
  mkdirSync(join(home, 'page'));
  mkdirSync(join(home, 'icons'));
  copyFileSync(join(TOP, 'src-tauri', 'icons', 'icon.png'), join(home, 'icons', 'icon.png'));
  writeFileSync(join(home, 'page', 'index.html'), PAGE);
  writeFileSync(join(home, 'page', 'drawn.js'), "window.__TAURI_INTERNALS__.invoke('drawn');\n");
  writeFileSync(
    join(home, 'tauri.conf.json'),
    JSON.stringify({
      productName: 'empty-window',
      identifier: 'jp.otokui.empty',
      build: { frontendDist: 'page' },
      app: { windows: [{ title: 'empty', width: 1280, height: 800, visible: false }] },
      bundle: { icon: ['icons/icon.png'] },
    }),
  );
  const built = join(target, 'release', 'empty-window');
  run('cargo', ['build', '--release', '--offline', '--features', 'tauri/custom-protocol', '--manifest-path', join(home, 'Cargo.toml')], {
    env: { ...process.env, CARGO_TARGET_DIR: target },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  rmSync(home, { recursive: true });
  return built;
}

const machine = new Machine(join(TOP, 'out', 'size-and-start'));

/** Tells of each window that appears on the display. */
function appearances() {
  const xev = spawn('stdbuf', ['-oL', 'xev', '-root', '-event', 'substructure'], { env: machine.env, stdio: ['ignore', 'pipe', 'ignore'] });
  machine.started.push(xev);
  let told = () => {};
  createInterface({ input: xev.stdout }).on('line', (line) => line.startsWith('MapNotify') && told(performance.now()));
  return () => new Promise((seen) => (told = seen));
}

/** Everything of the program that runs on this display: itself and the processes of its page. */
function family() {
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id))
    .filter((id) => {
      try {
        return /otokui-desktop|empty-window|WebKit\w*Process/.test(readlinkSync(`/proc/${id}/exe`)) && readFileSync(`/proc/${id}/environ`, 'utf8').includes(machine.home);
      } catch {
        return false;
      }
    });
}

const pss = () => family().reduce((sum, id) => sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0), 0) / 1024;

/** A window led by a driver, on a display of its own, with this ledger. */
async function led(ledger, measure) {
  const own = new Machine(join(TOP, 'out', 'in-the-window'));
  try {
    await own.prepare();
    own.env.OTOKUI_LEDGER = ledger(own.home);
    return await measure(own);
  } finally {
    await own.sleep();
  }
}

/** The programs of the benchmarks of imports and of a cold start. Run by cargo they would measure all they know. */
function benches() {
  const told = run('cargo', ['bench', '--quiet', '--locked', '--no-run', '--bench', 'import', '--bench', 'cold', '--message-format=json'], { cwd: TOP, stdio: ['ignore', 'pipe', 'inherit'] });
  const built = told.split('\n').filter((line) => line.includes('"executable":"')).map((line) => JSON.parse(line));
  return Object.fromEntries(built.map(({ target, executable }) => [target.name, executable]));
}

/** The bare import of this export, in milliseconds. */
function imported(benchmark, file) {
  const [ms] = run(benchmark, ['--one', 'floor', file, join(machine.home, 'floor.db')]).trim().split(/\s+/);
  for (const end of ['', '-wal', '-shm']) rmSync(join(machine.home, `floor.db${end}`), { force: true });
  return Number(ms);
}

/** The bare reading of the columns any chart of this ledger is drawn from, in milliseconds. */
const columns = (benchmark, ledger) => Number(run(benchmark, ['--one', 'read', ledger]).trim().split(/\s+/)[0]);

let appears;

/** From the start to the window, in milliseconds; the window is shown when its page has drawn. */
async function start(what, ledger, look = async () => {}) {
  const seen = appears();
  const env = { ...machine.env, TAURI_AUTOMATION: '', OTOKUI_LEDGER: ledger };
  const began = performance.now();
  const child = machine.start(what, [], { env });
  const took = (await seen) - began;
  await look();
  child.kill();
  await until('it to be gone', () => family().length === 0);
  return took;
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const round = (number, digits = 0) => number.toFixed(digits);
const mib = (bytes) => round(bytes / 2 ** 20, 1);

try {
  const least = empty();
  const bare = benches();
  await machine.prepare();
  appears = appearances();
  await pause(500);
  const folder = machine.home;
  const large = join(folder, 'large.ledger');
  otokui('sample', '--orders', String(ORDERS), '--seed', '1', '--out', machine.exports);
  const files = ['rakuten_orders.csv', 'yahoo_order.csv', 'yahoo_item.csv'].map((name) => join(machine.exports, name));
  answer('import', '--ledger', large, ...files);
  const none = join(folder, 'none', 'none.ledger');

  const kinds = [
    { name: 'empty', what: least, ledger: none },
    { name: 'again', what: least, ledger: none },
    { name: 'new', what: program, ledger: none },
    { name: 'large', what: program, ledger: large },
  ].map((kind) => ({ ...kind, ms: [] }));
  const busy = [loadavg()[0]];
  for (let done = 0; done < rounds; done += 1) {
    for (const kind of kinds) kind.ms.push(await start(kind.what, kind.ledger));
  }
  const memory = {};
  for (const kind of kinds) {
    await start(kind.what, kind.ledger, async () => {
      await pause(8_000);
      memory[kind.name] = pss();
    });
  }
  // As many orders over both malls as lines: about 0.7 of them are Rakuten's, of 1.4 lines each.
  const [lines] = files;
  const ofLines = join(folder, 'lines.ledger');
  answer('import', '--ledger', ofLines, lines);
  imported(bare.import, lines);
  columns(bare.cold, ofLines);
  const floors = [];
  const drops = [];
  for (let done = 0; done < Math.min(rounds, 5); done += 1) {
    floors.push({ import: imported(bare.import, lines), columns: columns(bare.cold, ofLines) });
    drops.push(await led((home) => join(home, 'new.ledger'), (own) => dropped(own, lines)));
  }
  // One walk tells what else the machine did: a system that takes the processor away for a moment holds every page up.
  const turns = [];
  for (let done = 0; done < WALKS; done += 1) turns.push(await led(() => large, (own) => walked(own, TOP)));
  const walks = turns[0].map(({ place }, at) => {
    const part = (name) => median(turns.map((turn) => turn[at][name]));
    return { place, took: part('took'), whole: part('whole'), held: part('held') };
  });
  busy.push(loadavg()[0]);
  const ms = Object.fromEntries(kinds.map((kind) => [kind.name, median(kind.ms)]));
  const made = (name, ending) => {
    const place = join(TOP, 'out', name);
    const file = existsSync(place) ? readdirSync(place).find((file) => file.endsWith(ending)) : undefined;
    return file ? `${mib(statSync(join(place, file)).size)} MiB` : 'not built here';
  };
  const installed = [program, join(target, 'release', 'otokui')].reduce((sum, file) => sum + statSync(file).size, 0);
  const times = (a, b) => `× ${round(a / b, 2)}`;
  const part = (name) => median(drops.map((drop) => drop[name]));
  const floor = (name) => median(floors.map((floor) => floor[name]));
  const leastMs = floor('import') + floor('columns');
  const slowest = walks.toSorted((a, b) => b.held - a.held);
  const text = `# Size and start

Written by \`scripts/size-and-start.mjs\`; do not edit. Beside Otokui stands the least a Tauri window can be: the same libraries and settings,
one chart. Starts are taken in turns, ${rounds} of each, and the middle one counts; the empty window is measured twice, so that its second
column says how far two equal programs differ on this machine. Debian, ${cpus().length} cores, a display without a screen or graphics card; the machine's
load was ${round(busy[0], 1)} before and ${round(busy[1], 1)} after.

| | empty window | the same again | Otokui, no orders | Otokui, ${ORDERS.toLocaleString('en-US')} orders | goal |
| --- | --- | --- | --- | --- | --- |
| start to the drawn window, ms | ${round(ms.empty)} | ${round(ms.again)} (${times(ms.again, ms.empty)}) | ${round(ms.new)} (${times(ms.new, ms.empty)}) | ${round(ms.large)} (${times(ms.large, ms.empty)}) | × 1.2 |
| memory at rest (PSS, all processes), MiB | ${round(memory.empty)} | ${round(memory.again)} (${times(memory.again, memory.empty)}) | ${round(memory.new)} (${times(memory.new, memory.empty)}) | ${round(memory.large)} (${times(memory.large, memory.empty)}) | × 1.3 |

| | size | goal |
| --- | --- | --- |
| setup for Windows, without WebView2 | ${made('windows', '-setup.exe')} | 12 MB |
| package for Debian | ${made('linux', '.deb')} | 12 MB |
| installed, window and command line | ${mib(installed)} MiB | |
| the empty window's program | ${mib(statSync(least).size)} MiB | |

A drop of ${mib(statSync(lines).size)} MiB (100,000 lines of a Rakuten export) into an empty ledger, with no time for the owner's two clicks, the middle of ${drops.length}:

The floor: a bare import of the file (${round(floor('import'))} ms), and after it a bare reading of the columns any chart is drawn from (${round(floor('columns'))} ms), each
the least a program can do (\`benches/import/floor.rs\`, \`benches/cold/floor.rs\`), in turns with the drops.

| | ms | beside the floor (${round(leastMs)} ms) | goal |
| --- | --- | --- | --- |
| until the preview stands | ${round(part('preview'))} | ${times(part('preview'), leastMs)} | |
| from there until it is recorded | ${round(part('record'))} | ${times(part('record'), leastMs)} | |
| from there until the first chart | ${round(part('chart'))} | ${times(part('chart'), leastMs)} | |
| all of it | ${round(part('whole'))} | ${times(part('whole'), leastMs)} | × 1.5 |

The screens with ${ORDERS.toLocaleString('en-US')} orders, the middle of ${WALKS} walks: until it stands, until the last of its
tables does, folded up or far below, and the longest time in which the window answered nobody (goal: 100 ms).

| screen | stands after, ms | all of it, ms | longest hold-up, ms |
| --- | --- | --- | --- |
${slowest.map(({ place, took, whole, held }) => `| ${place} | ${round(took)} | ${round(whole)} | ${round(held)} |`).join('\n')}
`;
  writeFileSync(join(TOP, 'docs', 'size-and-start.md'), text);
  console.log(text);
} finally {
  await machine.sleep();
}
