import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Transport } from './index';

/** Whether the page stands in Otokui's own window. */
export function inWindow(): boolean {
  return '__TAURI_INTERNALS__' in globalThis;
}

/** Asks the program behind the window. */
export const windowTransport: Transport = {
  ask: (command, args) => invoke(command, args),
  hear: async (event, listener) => {
    await listen(event, ({ payload }) => {
      listener(payload);
    });
  },
};
