import { getContext, setContext } from 'svelte';
import type { Basis } from '../api/generated/Basis';
import type { Scope } from '../api/generated/Scope';
import type { Address } from './address';

/**
 * What a figure looks at: the chosen period, everything up to the day it is measured on, one person, or no orders of ours.
 * As `ever` without a chosen period, otherwise: `won` of those who first bought in it, everything since; `end` everything up
 * to its last day.
 */
export type Over = 'period' | 'ever' | 'won' | 'end' | 'person' | 'none';

/** A definition that is switched by what is known, and is therefore said as it holds now. */
export type InForce = 'value' | 'thresholds' | 'uncertain';

/** What is said of a figure besides its words at `<name>-how`. */
export interface FigureBasis {
  over: Over;
  in_force?: readonly InForce[];
}

/**
 * Every figure and table with 「計算のしかた」, by the name its words stand under. A new one: a line here, `<name>-how` in
 * `how.ftl`, and `<How name="…" />` beside it.
 */
export const FIGURES: Readonly<Record<string, FigureBasis>> = {
  compare: { over: 'period' },
  'sum-sales': { over: 'period' },
  'sum-margin': { over: 'period' },
  'sum-customers': { over: 'period', in_force: ['uncertain'] },
  'sum-repeat': { over: 'period', in_force: ['uncertain'] },
  'sum-ltv': { over: 'ever', in_force: ['value', 'uncertain'] },
  months: { over: 'period' },
  waterfall: { over: 'period' },
  'profit-facts': { over: 'period' },
  'new-vs-existing': { over: 'period' },
  f2: { over: 'ever', in_force: ['uncertain'] },
  map: { over: 'end', in_force: ['value', 'thresholds', 'uncertain'] },
  'groups-list': { over: 'end', in_force: ['value', 'thresholds', 'uncertain'] },
  flow: { over: 'end', in_force: ['thresholds', 'uncertain'] },
  past: { over: 'end', in_force: ['thresholds', 'uncertain'] },
  types: { over: 'end', in_force: ['value', 'uncertain'] },
  lapse: { over: 'end', in_force: ['uncertain'] },
  classes: { over: 'end', in_force: ['thresholds', 'uncertain'] },
  moves: { over: 'end', in_force: ['thresholds', 'uncertain'] },
  thresholds: { over: 'end', in_force: ['value', 'thresholds'] },
  curves: { over: 'won', in_force: ['value', 'uncertain'] },
  ltv: { over: 'won', in_force: ['value', 'uncertain'] },
  heat: { over: 'won', in_force: ['uncertain'] },
  trend: { over: 'won', in_force: ['value', 'uncertain'] },
  payback: { over: 'won', in_force: ['value'] },
  'back-due': { over: 'ever', in_force: ['uncertain'] },
  'back-share': { over: 'ever', in_force: ['uncertain'] },
  'back-windows': { over: 'ever', in_force: ['uncertain'] },
  'back-months': { over: 'period', in_force: ['uncertain'] },
  'back-curves': { over: 'ever', in_force: ['uncertain'] },
  'back-gaps': { over: 'ever', in_force: ['uncertain'] },
  'back-histogram': { over: 'ever' },
  'back-sides': { over: 'period', in_force: ['uncertain'] },
  'back-definitions': { over: 'period' },
  growth: { over: 'ever', in_force: ['value', 'uncertain'] },
  'growth-table': { over: 'ever', in_force: ['value', 'uncertain'] },
  assets: { over: 'ever', in_force: ['value', 'uncertain'] },
  projection: { over: 'ever', in_force: ['value', 'uncertain'] },
  'points-plane': { over: 'ever', in_force: ['uncertain'] },
  'points-quarters': { over: 'ever', in_force: ['uncertain'] },
  'points-bands': { over: 'ever', in_force: ['uncertain'] },
  'points-sums': { over: 'period' },
  'points-what': { over: 'period', in_force: ['value'] },
  'points-first': { over: 'ever', in_force: ['value', 'uncertain'] },
  'points-exit': { over: 'ever', in_force: ['uncertain'] },
  'points-rows': { over: 'ever', in_force: ['uncertain'] },
  'points-customers': { over: 'ever', in_force: ['uncertain'] },
  events: { over: 'none' },
  'first-f2': { over: 'ever', in_force: ['uncertain'] },
  'first-value': { over: 'ever', in_force: ['value', 'uncertain'] },
  'items-list': { over: 'period', in_force: ['value', 'uncertain'] },
  pairs: { over: 'ever' },
  baskets: { over: 'period' },
  involvement: { over: 'ever', in_force: ['uncertain'] },
  'item-facts': { over: 'ever', in_force: ['value'] },
  gap: { over: 'ever' },
  next: { over: 'ever' },
  'next-categories': { over: 'ever' },
  'after-next': { over: 'ever' },
  quantity: { over: 'ever' },
  days: { over: 'ever' },
  due: { over: 'ever' },
  'radar-rest': { over: 'ever' },
  'radar-week': { over: 'ever' },
  'customers-list': { over: 'end', in_force: ['thresholds', 'uncertain'] },
  timeline: { over: 'person' },
  'customer-facts': { over: 'person', in_force: ['thresholds'] },
  'customer-items': { over: 'person' },
  'customer-orders': { over: 'person' },
  'orders-list': { over: 'period' },
  actions: { over: 'ever', in_force: ['value', 'uncertain'] },
  changes: { over: 'ever', in_force: ['uncertain'] },
  taken: { over: 'none' },
  received: { over: 'none' },
  reconciliation: { over: 'none' },
  'identity-figures': { over: 'ever', in_force: ['uncertain'] },
};

/** What a 「計算のしかた」 needs of the frame around it. */
export interface Frame {
  /** The filters that act on the open screen; the others are as unasked. */
  address: Address;
  /** The facts behind the figures of the open screen; measured at the end of the chosen period where that is what they look at. */
  basis: (atEnd: boolean) => Promise<Basis>;
}

/** What is asked for the facts behind a figure that looks at everything up to the end of the chosen period. */
export function measured(asked: Scope, atEnd: boolean): Scope {
  if (!atEnd || !asked.to) return asked;
  const { from: _, to, ...ever } = asked;
  return { ...ever, as_of: to };
}

const KEY = Symbol('frame');

/** Hands the frame to everything inside; asked for again each time, since the address changes. */
export function provideFrame(frame: () => Frame | null): void {
  setContext(KEY, frame);
}

/** The frame around; nothing where a part stands alone. */
export function frameAround(): () => Frame | null {
  return getContext<(() => Frame | null) | undefined>(KEY) ?? (() => null);
}
