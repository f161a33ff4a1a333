import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** The line as a page with frames has it: that of the other tests draws everything at once. */
async function fresh() {
  vi.resetModules();
  return {
    ...(await import('../src/lib/later')),
    ...(await import('svelte')),
    DataTable: (await import('../src/parts/DataTable.svelte')).default,
  };
}

let frames: (() => void)[] = [];
let now = 0;

beforeEach(() => {
  now = 0;
  frames = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

/** A frame, and what is done after it. */
function frame(): void {
  for (const go of frames.splice(0)) go();
  vi.advanceTimersByTime(0);
}

const settled = () => Promise.resolve();

test('what fits into the first frame is drawn in it, the rest in the frames that follow', async () => {
  const { inTurn } = await fresh();
  const drawn: number[] = [];
  // Six milliseconds each: three of them until the sixteen are over.
  for (const number of [1, 2, 3, 4, 5]) {
    inTurn(() => {
      now += 6;
      drawn.push(number);
    });
  }
  expect(drawn).toEqual([]);
  await settled();
  expect(drawn).toEqual([1, 2, 3]);
  frame();
  expect(drawn).toEqual([1, 2, 3, 4, 5]);
  expect(frames).toEqual([]);
});

test('a slow screen still gets one part a frame, and a page that is not seen goes on without frames', async () => {
  const { inTurn } = await fresh();
  const drawn: number[] = [];
  for (const number of [1, 2, 3]) {
    inTurn(() => {
      now += 50;
      drawn.push(number);
    });
  }
  now = 50;
  await settled();
  expect(drawn).toEqual([1]);
  vi.advanceTimersByTime(100);
  expect(drawn).toEqual([1, 2]);
  // The frame comes after all: it draws nothing a second time.
  frame();
  expect(drawn).toEqual([1, 2, 3]);
});

test('parts come from above to below, what is in them before what stands under them, what is folded up last', async () => {
  const { inTurn } = await fresh();
  const drawn: string[] = [];
  inTurn(() => {
    drawn.push('card');
    inTurn(() => drawn.push('folded table'), true);
    inTurn(() => drawn.push('first rows'));
    inTurn(() => drawn.push('more rows'));
  });
  inTurn(() => drawn.push('card below'));
  await settled();
  expect(drawn).toEqual(['card', 'first rows', 'more rows', 'card below', 'folded table']);
});

test('who leaves the line is not drawn; before printing everybody is', async () => {
  const { inTurn } = await fresh();
  const drawn: string[] = [];
  const leave = inTurn(() => drawn.push('gone'));
  inTurn(() => drawn.push('there'));
  inTurn(() => drawn.push('folded'), true);
  leave();
  globalThis.dispatchEvent(new Event('beforeprint'));
  expect(drawn).toEqual(['there', 'folded']);
  await settled();
  expect(drawn).toEqual(['there', 'folded']);
});

test('a part that breaks does not keep the others waiting', async () => {
  const { inTurn, hurry } = await fresh();
  const drawn: string[] = [];
  inTurn(() => {
    throw new Error('broken');
  });
  inTurn(() => drawn.push('next'));
  expect(hurry).toThrow('broken');
  hurry();
  expect(drawn).toEqual(['next']);
});

test('a long table begins with its first rows, and its foot closes it', async () => {
  const { DataTable, mount, unmount, hurry } = await fresh();
  const columns = Array.from({ length: 10 }, (_, place) => ({ key: `c${String(place)}`, label: 'c', text: (row: number) => `${String(row)}.${String(place)}` }));
  const rows = Array.from({ length: 50 }, (_, row) => row);
  const table = mount(DataTable as never, { target: document.body, props: { columns, rows, foot: [99], caption: 'long' } });
  const shown = () => [...document.querySelectorAll('tbody th')].map((cell) => cell.textContent.trim());
  // 160 cells of ten columns: sixteen rows.
  expect(shown()).toEqual(rows.slice(0, 16).map((row) => `${String(row)}.0`));
  expect(document.querySelector('tfoot')).toBeNull();
  hurry();
  expect(shown()).toEqual(rows.map((row) => `${String(row)}.0`));
  expect(document.querySelector('tfoot th')?.textContent.trim()).toBe('99.0');
  await unmount(table);
});
