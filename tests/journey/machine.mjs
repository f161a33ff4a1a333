// A machine of its own for the journey: a display without a screen, an empty home, the program and its driver.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Driver, pause, until } from './driver.mjs';
import { tracing } from './trace.mjs';

export const TOP = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SCREEN = { width: 1280, height: 900 };
const built = join(process.env.CARGO_TARGET_DIR ?? join(TOP, 'target'), process.env.OTOKUI_PROFILE ?? 'debug');
/** The folder of a whole Debian in which Otokui is installed, to walk through that instead of what was built here. */
const ROOT = process.env.OTOKUI_ROOT ?? '';
const program = ROOT ? '/usr/bin/otokui-desktop' : join(built, 'otokui-desktop');
/** A command as it is run inside that Debian; paths are those it sees. */
const inside = (command, args) => (ROOT ? ['chroot', [ROOT, command, ...args]] : [command, args]);

/** Runs a program to its end and answers what it printed. */
export function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** The command line, built beside the window. */
export const otokui = (...args) => run(...inside(ROOT ? '/usr/bin/otokui' : join(built, 'otokui'), args));
export const answer = (...args) => JSON.parse(otokui(...args, '--json'));

export class Machine {
  constructor(out) {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    this.out = out;
    this.started = [];
    this.home = mkdtempSync(join(ROOT, ROOT ? '/tmp' : tmpdir(), 'otokui-journey-')).slice(ROOT.length);
    this.exports = join(this.home, 'exports');
    // In a Debian of its own everything lies where it lies at an owner's.
    const data = ROOT ? '/owner/.local/share' : join(this.home, 'data');
    this.ledger = join(data, 'jp.otokui.desktop', 'otokui.ledger');
    this.log = join(dirname(this.ledger), 'otokui.log');
  }

  start(command, args, options) {
    const log = openSync(join(this.out, `${basename(command)}.log`), 'a');
    // Its output goes to a file: a program that stays behind must not hold ours open.
    const child = spawn(command, args, { stdio: ['ignore', log, log, ...(options.pipes ?? [])], env: options.env ?? process.env });
    child.on('error', (error) => (this.broken = new Error(`${command} does not start: ${error.message}`)));
    this.started.push(child);
    return child;
  }

  /** Where a path of the program is for this script. */
  outside(path) {
    return join(ROOT, path);
  }

  /** The display, and a home in which nothing has been yet. */
  async prepare() {
    const display = await this.display();
    const folder = (name) => {
      const path = join(this.home, name);
      mkdirSync(this.outside(path), { recursive: true, mode: 0o700 });
      return path;
    };
    this.env = {
      ...process.env,
      DISPLAY: display,
      GDK_BACKEND: 'x11',
      HOME: this.home,
      XDG_DATA_HOME: folder('data'),
      XDG_CONFIG_HOME: folder('config'),
      XDG_CACHE_HOME: folder('cache'),
      XDG_RUNTIME_DIR: folder('runtime'),
      LANG: 'C.UTF-8',
      TAURI_AUTOMATION: 'true',
      TAURI_WEBVIEW_AUTOMATION: 'true',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    };
    if (ROOT) {
      Object.assign(this.env, { HOME: '/owner', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' });
      for (const name of ['XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME']) delete this.env[name];
    }
    delete this.env.WAYLAND_DISPLAY;
    delete this.env.OTOKUI_LEDGER;
  }

  /** The program as the driver starts it: by itself, or traced from its first moment, into this file. */
  program(trace) {
    if (!trace) return program;
    const wrapped = join(this.home, 'traced');
    // -D leaves the program the driver's own child, as it wants it.
    writeFileSync(wrapped, `#!/bin/sh\nexec strace -D ${tracing(`'${trace}'`).join(' ')} '${program}' "$@"\n`, { mode: 0o755 });
    return wrapped;
  }

  /** The trace of a program that has ended. What it left behind, such as a D-Bus, is traced no longer. */
  async traced(trace) {
    const tracers = () =>
      readdirSync('/proc').filter((id) => {
        try {
          const words = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
          return basename(words[0]) === 'strace' && words.includes(trace);
        } catch {
          return false;
        }
      });
    await until('the end of the trace', () => tracers().length === 0, 3_000).catch(() => tracers().forEach((id) => process.kill(Number(id), 'SIGKILL')));
    return readFileSync(trace, 'utf8').split('\n');
  }

  /** Starts the driver, and with it the program with these files; the display as well when there is none yet. */
  async wake(files = [], { trace } = {}) {
    if (!this.env) await this.prepare();
    const port = 20_000 + (process.pid % 20_000);
    this.start(...inside('WebKitWebDriver', [`--port=${port}`]), { env: this.env });
    this.driver = new Driver(`http://127.0.0.1:${port}`);
    await until('the driver', () => {
      if (this.broken) throw this.broken;
      return this.driver.ask('GET', '/status');
    });
    const began = Date.now();
    await this.driver.open(this.program(trace), files);
    await until('the window to be seen', () => this.sees('Otokui'), 8_000);
    this.window_ms = Date.now() - began;
  }

  /** Xvfb says itself which display was free. */
  display() {
    const size = `${SCREEN.width}x${SCREEN.height}x24`;
    const xvfb = this.start('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], { pipes: ['pipe'] });
    return new Promise((found, failed) => {
      xvfb.on('error', failed);
      xvfb.on('exit', () => failed(new Error('Xvfb ended')));
      xvfb.stdio[3].on('data', (number) => found(`:${String(number).trim()}`));
    });
  }

  /** Starts the program by itself, without a driver. */
  open(...args) {
    return this.start(...inside(program, args), { env: { ...this.env, TAURI_AUTOMATION: '', TAURI_WEBVIEW_AUTOMATION: '' } });
  }

  /** The same, traced from its first moment into this file. */
  openTraced(trace, ...args) {
    return this.start(this.program(trace), args, { env: { ...this.env, TAURI_AUTOMATION: '', TAURI_WEBVIEW_AUTOMATION: '' } });
  }

  /** Starts the program once more with these files, waits until it has ended, and answers how and after how long. */
  openAgain(...files) {
    const began = Date.now();
    const [command, args] = inside(program, files);
    const { status } = spawnSync(command, args, { env: this.env, timeout: 30_000 });
    return { status, took: Date.now() - began };
  }

  /** Presses keys as the owner does, into the window that is in front. */
  press(...keys) {
    this.pressIn('Otokui', ...keys);
  }

  /** The same in the window of this title. */
  pressIn(title, ...keys) {
    const window = this.windows(title).at(-1);
    run('xdotool', ['windowfocus', '--sync', window, 'key', '--clearmodifiers', ...keys], { env: this.env });
  }

  /** Answers the system's dialog of this title with a folder, by hand. */
  async chooseFolder(title, folder) {
    await until(`the dialog 「${title}」`, () => this.sees(title));
    // From the list of recent files, with which it begins, no folder can be chosen.
    await pause(500);
    this.pressIn(title, 'alt+Home');
    await pause(300);
    this.pressIn(title, 'ctrl+l');
    await pause(300);
    run('xdotool', ['type', '--delay', '20', folder], { env: this.env });
    // The first Return takes what the dialog completes by itself.
    await until(`the dialog 「${title}」 to be answered`, async () => {
      await pause(500);
      if (this.sees(title)) spawnSync('xdotool', ['key', '--clearmodifiers', 'Return'], { env: this.env });
      await pause(300);
      return !this.sees(title);
    });
  }

  /** What a program that was started with this home has in its environment under a name; nothing when there is none. */
  environment(name) {
    for (const id of readdirSync('/proc').filter((id) => /^\d+$/.test(id))) {
      try {
        const words = readFileSync(`/proc/${id}/environ`, 'utf8').split('\0');
        const found = words.find((word) => word.startsWith(`${name}=`));
        if (found && words.includes(`HOME=${this.home}`)) return found.slice(name.length + 1);
      } catch {
        // It has ended, or is somebody else's.
      }
    }
    return undefined;
  }

  /** Ids of the visible windows of this title. */
  windows(title) {
    const { stdout } = spawnSync('xdotool', ['search', '--onlyvisible', '--name', title], { env: this.env, encoding: 'utf8' });
    return stdout.split('\n').filter(Boolean);
  }

  sees(title) {
    return spawnSync('xdotool', ['search', '--onlyvisible', '--name', title], { env: this.env }).status === 0;
  }

  /** Drags files from another program onto the middle of the window, with the mouse. */
  drop(files) {
    const script = join(TOP, 'tests', 'journey', 'drag.py');
    const x = SCREEN.width / 2;
    const y = SCREEN.height / 2;
    // Debian's own Python: only that one knows GTK.
    const uris = files.map((file) => pathToFileURL(file).href);
    run('/usr/bin/python3', ['-W', 'ignore', script, String(x), String(y), ...uris], { env: { ...process.env, DISPLAY: this.env.DISPLAY, GDK_BACKEND: 'x11' } });
  }

  /** Photographs the whole screen. */
  photograph(name) {
    spawnSync('import', ['-window', 'root', join(this.out, `${name}.png`)], { env: this.env });
  }

  /** Closes the window, waits until it is gone, then ends the driver and the display. */
  async sleep() {
    if (this.driver) await this.driver.close().catch(() => undefined);
    if (this.env) await until('the window to be gone', () => !this.sees('Otokui'), 5_000).catch(() => undefined);
    for (const child of this.started.reverse()) {
      // Whoever was ended by a signal has no exit code, and ends no second time.
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((done) => child.on('exit', done));
        child.removeAllListeners('error');
        child.kill();
        await gone;
      }
    }
    rmSync(this.outside(this.home), { recursive: true, force: true, maxRetries: 5 });
  }
}
