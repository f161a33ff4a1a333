// A machine of its own for the journey: a display without a screen, an empty home, the program and its driver.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Driver, until } from './driver.mjs';

export const TOP = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SCREEN = { width: 1280, height: 900 };
const built = join(process.env.CARGO_TARGET_DIR ?? join(TOP, 'target'), 'debug');
const program = join(built, 'otokui-desktop');

/** Runs a program to its end and answers what it printed. */
export function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** The command line, built beside the window. */
export const otokui = (...args) => run(join(built, 'otokui'), args);
export const answer = (...args) => JSON.parse(otokui(...args, '--json'));

export class Machine {
  constructor(out) {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    this.out = out;
    this.started = [];
    this.home = mkdtempSync(join(tmpdir(), 'otokui-journey-'));
    this.exports = join(this.home, 'exports');
    this.ledger = join(this.home, 'data', 'jp.otokui.desktop', 'otokui.ledger');
  }

  start(command, args, options) {
    const log = openSync(join(this.out, `${command}.log`), 'a');
    // Its output goes to a file: a program that stays behind must not hold ours open.
    const child = spawn(command, args, { stdio: ['ignore', log, log, ...(options.pipes ?? [])], env: options.env ?? process.env });
    child.on('error', (error) => (this.broken = new Error(`${command} does not start: ${error.message}`)));
    this.started.push(child);
    return child;
  }

  /** Starts the display and the driver; the window opens with the answer's `open`. */
  async wake() {
    const display = await this.display();
    const folder = (name) => {
      const path = join(this.home, name);
      mkdirSync(path, { recursive: true, mode: 0o700 });
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
    delete this.env.WAYLAND_DISPLAY;
    delete this.env.OTOKUI_LEDGER;
    const port = 20_000 + (process.pid % 20_000);
    this.start('WebKitWebDriver', [`--port=${port}`], { env: this.env });
    this.driver = new Driver(`http://127.0.0.1:${port}`);
    await until('the driver', () => {
      if (this.broken) throw this.broken;
      return this.driver.ask('GET', '/status');
    });
    const began = Date.now();
    await this.driver.open(program);
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

  sees(title) {
    return spawnSync('xdotool', ['search', '--onlyvisible', '--name', title], { env: this.env }).status === 0;
  }

  /** Drags files from another program onto the middle of the window, with the mouse. */
  drop(files) {
    const script = join(TOP, 'tests', 'journey', 'drag.py');
    const x = SCREEN.width / 2;
    const y = SCREEN.height / 2;
    // Debian's own Python: only that one knows GTK.
    run('/usr/bin/python3', ['-W', 'ignore', script, String(x), String(y), ...files], { env: this.env });
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
      if (child.exitCode === null) {
        const gone = new Promise((done) => child.on('exit', done));
        child.removeAllListeners('error');
        child.kill();
        await gone;
      }
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
