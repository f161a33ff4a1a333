import type { GroupKey } from '../../api/generated/GroupKey';
import type { MoveRow } from '../../api/generated/MoveRow';
import * as format from '../../lib/format';
import type { GridRow } from '../../parts/Grid.svelte';

/** The classes of people who have bought, best first. */
export const CLASSES = ['best', 'customer', 'sleeping'] as const;

/** One of them. */
export type BuyerClass = (typeof CLASSES)[number];

/** The class of a group, as the program has it. */
export function classOf(group: GroupKey): BuyerClass {
  if (group === 'champions') return 'best';
  return ['cooling_best', 'at_risk', 'dormant'].includes(group) ? 'sleeping' : 'customer';
}

/** The moves by class: a row per class before, those who came last. */
export function classMoves(moves: readonly MoveRow[], name: (of: BuyerClass | null) => string): GridRow[] {
  const sum = (before: BuyerClass | null, after: BuyerClass) =>
    moves
      .filter((move) => (move.from === null ? null : classOf(move.from)) === before && classOf(move.to) === after)
      .reduce((total, move) => total + move.customer_count, 0);
  return [...CLASSES, null].map((before) => ({
    key: before ?? 'none',
    head: name(before),
    cells: CLASSES.map((after) => ({ text: format.count(sum(before, after)), kept: before === after })),
  }));
}
