import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const { invoke } = vi.hoisted(() => ({ invoke: vi.fn((command: string) => Promise.resolve(`later ${command}`)) }));
vi.mock('@tauri-apps/api/core', () => ({ invoke }));

const { firstAnswers, windowTransport: window } = await import('../src/api/window');

/** Runs what the program runs in a page before the page's own program, with these answers. */
function asked(answer: (command: string) => Promise<unknown>): void {
  const script = readFileSync(resolve(import.meta.dirname, '../../src-tauri/desktop/first.js'), 'utf8');
  const page = globalThis as unknown as Record<string, unknown>;
  page['__TAURI_INTERNALS__'] = { invoke: answer };
  new Function('window', script)(globalThis);
}

beforeEach(() => {
  invoke.mockClear();
});

afterEach(() => {
  globalThis.otokuiFirst = undefined;
  vi.useRealTimers();
});

test('what the page asks first has been asked before, and is answered once', async () => {
  asked((command) => Promise.resolve(`early ${command}`));
  expect(await window.ask('start')).toBe('early start');
  expect(await window.ask('actions', { scope: {} })).toBe('early actions');
  expect(invoke).not.toHaveBeenCalled();
  expect(await window.ask('start')).toBe('later start');
});

test('an answer to another question, or one that has grown old, is left aside', async () => {
  asked((command) => Promise.resolve(`early ${command}`));
  expect(await window.ask('actions', { scope: { mall: 'yahoo' } })).toBe('later actions');
  asked((command) => Promise.resolve(`early ${command}`));
  await window.ask('drawn');
  expect(await window.ask('actions', { scope: {} })).toBe('later actions');
});

test('a refusal of a first question is told to whoever asks', async () => {
  asked(() => Promise.reject(new Error('no ledger')));
  await firstAnswers();
  await expect(window.ask('start')).rejects.toThrow('no ledger');
});

test('the page waits for its first answers, but not for ever, and not where nothing was asked', async () => {
  await firstAnswers();
  let answered = false;
  asked(() => new Promise((answer) => setTimeout(answer, 20)).then(() => (answered = true)));
  await firstAnswers();
  expect(answered).toBe(true);
  asked(() => new Promise(() => undefined));
  vi.useFakeTimers();
  const waited = firstAnswers();
  await vi.advanceTimersByTimeAsync(150);
  await waited;
});

test('one function hears all events, and nobody is asked for them', async () => {
  const heard: unknown[] = [];
  await window.hear('progress', (payload) => heard.push(['progress', payload]));
  await window.hear('preview', (payload) => heard.push(['preview', payload]));
  expect(invoke).not.toHaveBeenCalled();
  for (const event of ['preview', 'progress', 'unknown']) globalThis.otokuiTold?.(JSON.stringify({ event, payload: 1 }));
  expect(heard).toEqual([['preview', 1], ['progress', 1]]);
});
