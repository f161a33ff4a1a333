import type { Component } from 'svelte';
import type { ComparisonQuery } from '../api/generated/ComparisonQuery';
import type { Start } from '../api/generated/Start';
import type { Scope } from '../api/generated/Scope';
import type { Address } from './address';

/** A button beside what was said. */
export interface Offer {
  label: string;
  run: () => Promise<void>;
}

/** What a screen may know and ask of the frame around it. */
export interface Here {
  address: Address;
  start: Start;
  /** Goes to an address made by `lib/address`. */
  go: (hash: string) => void;
  /** Opens the choice of files. */
  chooseFiles: () => void;
  /** Says shortly what was done, and offers one thing that can be done about it. */
  say: (text: string, offer?: Offer) => void;
  /** The ledger has changed: everything is asked again. */
  changed: () => Promise<void>;
  /** Files hang over the window. */
  over: boolean;
}

/** What every screen is given. */
export interface ScreenProps<T> {
  answer: T;
  here: Here;
}

/** What a screen is asked for. */
export interface Asked {
  address: Address;
  scope: Scope;
  start: Start;
}

/** A screen: how it loads and what draws it. */
export interface Screened {
  load: (asked: Asked) => Promise<unknown>;
  component: Component<ScreenProps<never>>;
  /** The filters leave nothing to show. */
  nothing: (answer: never) => boolean;
  /** What a comparison is asked here besides the filters. */
  compares?: (asked: Asked) => Partial<ComparisonQuery>;
}

/** Ties what loads to what draws, so that their types agree. */
export function screen<T>(
  load: (asked: Asked) => Promise<T>,
  component: Component<ScreenProps<T>>,
  nothing: (answer: T) => boolean = () => false,
  compares: Screened['compares'] = undefined,
): Screened {
  const tied = { load, component: component as unknown as Screened['component'], nothing: nothing as Screened['nothing'] };
  return compares ? { ...tied, compares } : tied;
}
