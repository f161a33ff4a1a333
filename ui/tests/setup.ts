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
