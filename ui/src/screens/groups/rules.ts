import type { NewSetting } from '../../api/generated/NewSetting';
import type { RulesDraft } from '../../api/generated/RulesDraft';
import type { Thresholds } from '../../api/generated/Thresholds';

/** The thresholds of one score as they are typed, of scores 2 to 5 or, for recency, 5 to 2. */
export type Typed = [string, string, string, string];

/** What the owner types. */
export interface Draft {
  /** Recency follows the shop's own gap. */
  own: boolean;
  recency: Typed;
  frequency: Typed;
  monetary: Typed;
}

/** The three kinds of thresholds, in the order of the form. */
export const PARTS = ['recency', 'frequency', 'monetary'] as const;

/** One of them. */
export type Part = (typeof PARTS)[number];

/** Least and most of what may be typed. */
const LIMITS: Record<Part, [number, number]> = { recency: [1, 3650], frequency: [2, 1000], monetary: [1, 99] };

/** What holds, ready to be changed. */
export function draftOf(of: Thresholds): Draft {
  const text = (numbers: readonly number[]): Typed => {
    const [a = 0, b = 0, c = 0, d = 0] = numbers.map(Math.floor);
    return [String(a), String(b), String(c), String(d)];
  };
  return { own: !of.recency_typed, recency: text(of.recency_days), frequency: text(of.order_count), monetary: text(of.monetary_percent) };
}

/** What the program begins with. */
export const DEFAULT: Draft = {
  own: true,
  recency: ['30', '90', '180', '365'],
  frequency: ['2', '3', '4', '6'],
  monetary: ['20', '40', '60', '80'],
};

/** Whether the program can read it: whole numbers within their limits, each larger than the one before. */
export function isSound(part: Part, typed: Typed): boolean {
  const [least, most] = LIMITS[part];
  const numbers = typed.map((text) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : NaN));
  return numbers.every((number, place) => number >= Math.max(least, (numbers[place - 1] ?? least - 1) + 1) && number <= most);
}

/** The parts that cannot be read yet. */
export function unsound(draft: Draft): Part[] {
  return PARTS.filter((part) => !(part === 'recency' && draft.own) && !isSound(part, draft[part]));
}

const written = (typed: Typed): string => typed.map((text) => text.trim()).join('/');

/** As the program is asked to try it out. */
export function asked(draft: Draft): RulesDraft {
  return { recency: draft.own ? 'own' : written(draft.recency), frequency: written(draft.frequency), monetary: written(draft.monetary) };
}

/** As it is kept: only what differs from what holds; what is as the program begins with goes back to that. */
export function kept(draft: Draft, before: Draft): NewSetting[] {
  const [now, then, first] = [asked(draft), asked(before), asked(DEFAULT)];
  return PARTS.filter((part) => now[part] !== then[part]).map((part) => {
    const value = now[part];
    const key = `groups.${part}`;
    return value === undefined || value === first[part] ? { key, confirm: false } : { key, value, confirm: false };
  });
}
