import type { Day } from '../../api/generated/Day';
import type { RadarEntry } from '../../api/generated/RadarEntry';
import { addDays, daysBetween } from '../../lib/dates';

/** Weeks before and after the coming one that stand by themselves; what lies further off stands together. */
export const NEAR = 4;

/** Those who are expected in one week. */
export interface Week {
  /** 0 is the coming week, 1 the one after it, -1 the one before it; one step beyond {@link NEAR} everything further off. */
  place: number;
  from: Day;
  to: Day;
  entries: RadarEntry[];
}

/** Parts who is due by the week of the expected day: the coming week, which begins on `first`, always, then the weeks to come, then those that are over. */
export function byWeek(entries: readonly RadarEntry[], first: Day): { now: Week; others: Week[] } {
  const found = new Map<number, RadarEntry[]>([[0, []]]);
  for (const entry of entries) {
    const week = Math.floor(daysBetween(first, entry.expected_on) / 7);
    const place = Math.max(-NEAR - 1, Math.min(NEAR + 1, week));
    found.set(place, [...(found.get(place) ?? []), entry]);
  }
  const weeks = [...found].map(([place, of]) => ({
    place,
    from: addDays(first, place * 7),
    to: addDays(first, place * 7 + 6),
    entries: of.toSorted((a, b) => (a.expected_on < b.expected_on ? -1 : Number(a.expected_on > b.expected_on))),
  }));
  // Weeks to come in their order, then those that are over, the last one first.
  const rank = ({ place }: Week) => (place < 0 ? NEAR + 1 - place : place);
  const [now, ...others] = weeks.toSorted((a, b) => rank(a) - rank(b));
  if (!now) throw new Error('the coming week is always there');
  return { now, others };
}
