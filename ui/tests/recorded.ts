import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Start } from '../src/api/generated/Start';
import { HOME, type Address } from '../src/lib/address';
import type { Here } from '../src/lib/screen';

const folder = resolve(import.meta.dirname, '../../tests/golden/wire');

/** Whether the program has recorded this answer. */
export function isRecorded(name: string): boolean {
  return readdirSync(folder).includes(`${name}.json`);
}

/** An answer as the program gave it: `usual.overview`. */
export function recorded<T>(name: string): T {
  return JSON.parse(readFileSync(resolve(folder, `${name}.json`), 'utf8')) as T;
}

/** A frame that remembers where a screen wanted to go. */
export function frame(address: Partial<Address> = {}): Here & { went: string[] } {
  const went: string[] = [];
  return {
    address: { ...HOME, ...address },
    start: recorded<Start>('usual.start'),
    go: (hash) => went.push(hash),
    chooseFiles: () => went.push('choose'),
    say: () => undefined,
    changed: () => Promise.resolve(),
    over: false,
    went,
  };
}
