import { invoke } from '@tauri-apps/api/core';
import type { Transport } from './index';

/** A question of the page that was asked before the page was there, and its answer on the way. */
interface First {
  /** What is asked, as JSON. */
  args: string;
  answer: Promise<unknown>;
}

/** What the program tells unasked. */
interface Told {
  event: string;
  payload: unknown;
}

declare global {
  /** What the program asks for the page while the page is read (`src-tauri/desktop/first.js`), by command. */
  var otokuiFirst: Record<string, First> | undefined;
  /** What the program calls to tell something, as JSON (`src-tauri/desktop/drop.rs`); there as soon as the page listens. */
  var otokuiTold: ((told: string) => void) | undefined;
}

/** The page waits this long for its first answers, in ms; a large ledger may want longer, and then it says so. */
const PATIENCE = 150;

const listeners = new Map<string, (payload: unknown) => void>();

/** Whether the page stands in Otokui's own window. */
export function inWindow(): boolean {
  return '__TAURI_INTERNALS__' in globalThis;
}

/** The answer to the page's first questions; nothing as soon as it has asked for anything else, for then they grow old. */
function first(command: string, args: Record<string, unknown>): Promise<unknown> | null {
  const asked = globalThis.otokuiFirst?.[command];
  if (asked?.args !== JSON.stringify(args)) {
    globalThis.otokuiFirst = undefined;
    return null;
  }
  delete globalThis.otokuiFirst?.[command];
  return asked.answer;
}

/** Done when the answers to the page's first questions are there, or want longer than one should look at nothing. */
export async function firstAnswers(): Promise<void> {
  const answers = Object.values(globalThis.otokuiFirst ?? {}).map((first) => first.answer);
  if (answers.length === 0) return;
  const patience = new Promise((over) => setTimeout(over, PATIENCE));
  await Promise.race([Promise.allSettled(answers), patience]);
}

/** Asks the program behind the window. */
export const windowTransport: Transport = {
  ask: (command, args) => first(command, args ?? {}) ?? invoke(command, args),
  hear: (event, listener) => {
    listeners.set(event, listener);
    globalThis.otokuiTold ??= (text) => {
      const told = JSON.parse(text) as Told;
      listeners.get(told.event)?.(told.payload);
    };
    return Promise.resolve();
  },
};
