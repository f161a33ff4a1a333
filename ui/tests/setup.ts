import { vi } from 'vitest';
import { atOnce } from '../src/lib/later';

// jsdom draws nothing: what measures the page is told that nothing has a size.
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  },
);

// It has no frames either: screens are drawn whole.
atOnce();
// A dialog comes when the first one is opened; here it is there, so that no test waits for a file to be compiled.
await import('../src/parts/DialogBox.svelte');
