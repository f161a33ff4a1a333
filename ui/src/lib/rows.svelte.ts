import { onDestroy } from 'svelte';
import { inTurn } from './later';

/** So many cells of a table are drawn in one step. */
const CELLS = 160;

/** Fewer rows than this are not worth a step. */
const ROWS = 4;

/** How many rows of a table stand so far, of so many with so many columns: the first ones, and more with every turn. */
export function standing(rows: () => number, columns: () => number): () => number {
  const more = (): number => Math.max(ROWS, Math.ceil(CELLS / Math.max(1, columns())));
  let count = $state(more());
  let waits = false;
  let leave = (): void => undefined;

  function join(): void {
    const left = rows() - count;
    if (waits || left <= 0) return;
    waits = true;
    leave = inTurn(() => {
      waits = false;
      count += more();
      join();
    });
  }

  join();
  // A table that has grown since.
  $effect(join);
  onDestroy(() => leave());
  return () => count;
}
