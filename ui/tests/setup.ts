import { vi } from 'vitest';

// jsdom draws nothing: what measures the page is told that nothing has a size.
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  },
);
