import type { EventRuleAnswer } from '../../api/generated/EventRuleAnswer';
import type { Mall } from '../../api/generated/Mall';
import type { NewEventRule } from '../../api/generated/NewEventRule';
import type { When } from '../../api/generated/When';
import { isDay } from '../../lib/dates';

/** The shapes a rule can have. */
export const KINDS = ['days', 'weekday', 'month-is-day', 'months', 'windows'] as const;

/** One of them. */
export type Kind = (typeof KINDS)[number];

/** What stands in the form: everything as it is typed. */
export interface Draft {
  key: string | null;
  mall: Mall;
  name: string;
  kind: Kind;
  days: string;
  weekday: number;
  months: string;
  fromDay: number;
  fromTime: string;
  toDay: number;
  toTime: string;
  /** `2026-03-04T20:00`, as the browser's field writes it. */
  windows: { from: string; to: string }[];
  from: string;
  until: string;
}

/** An empty form. */
export function blank(): Draft {
  return {
    key: null, mall: 'rakuten', name: '', kind: 'days', days: '', weekday: 6, months: '3,6,9,12', fromDay: 4, fromTime: '20:00', toDay: 11, toTime: '01:59',
    windows: [{ from: '', to: '' }], from: '', until: '',
  };
}

/** A rule as it stands in the form. */
export function draft(rule: EventRuleAnswer): Draft {
  const of = { ...blank(), key: rule.key, mall: rule.mall, name: rule.name, from: rule.from ?? '', until: rule.until ?? '' };
  const { when } = rule;
  if (when === 'month_is_day') return { ...of, kind: 'month-is-day' };
  if ('days_of_month' in when) return { ...of, kind: 'days', days: when.days_of_month.join(',') };
  if ('weekday' in when) return { ...of, kind: 'weekday', weekday: when.weekday };
  if ('windows' in when) {
    return { ...of, kind: 'windows', windows: when.windows.map(({ from, to }) => ({ from: from.slice(0, 16), to: to.slice(0, 16) })) };
  }
  const { months, from_day, from_time, to_day, to_time } = when.in_months;
  return { ...of, kind: 'months', months: months.join(','), fromDay: from_day, fromTime: from_time, toDay: to_day, toTime: to_time };
}

function numbers(text: string, most: number): number[] | null {
  const read = text.split(/[\s,\u3001\uff0c\u30fb]+/).filter((part) => part !== '').map((part) => (/^\d{1,2}$/.test(part) ? Number(part) : 0));
  const known = [...new Set(read)].sort((a, b) => a - b);
  return known.length > 0 && known.every((number) => number >= 1 && number <= most) ? known : null;
}

const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
const isMoment = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text);

function when(of: Draft): When | null {
  switch (of.kind) {
    case 'days': {
      const days = numbers(of.days, 31);
      return days && { days_of_month: days };
    }
    case 'weekday':
      return { weekday: of.weekday };
    case 'month-is-day':
      return 'month_is_day';
    case 'months': {
      const months = numbers(of.months, 12);
      const { fromDay: from_day, fromTime: from_time, toDay: to_day, toTime: to_time } = of;
      const days = [from_day, to_day].every((day) => Number.isInteger(day) && day >= 1 && day <= 31);
      const inOrder = from_day < to_day || (from_day === to_day && from_time <= to_time);
      if (!months || !days || !inOrder || !isTime(from_time) || !isTime(to_time)) return null;
      return { in_months: { months, from_day, from_time, to_day, to_time } };
    }
    case 'windows': {
      const sorted = of.windows.map((window) => ({ ...window })).sort((a, b) => (a.from < b.from ? -1 : 1));
      const apart = sorted.every((window, at) => at === 0 || (sorted[at - 1]?.to.slice(0, 10) ?? '') < window.from.slice(0, 10));
      if (sorted.length === 0 || !apart || !sorted.every(({ from, to }) => isMoment(from) && isMoment(to) && from <= to)) return null;
      // The last minute counts to its last second.
      return { windows: sorted.map(({ from, to }) => ({ from: `${from}:00`, to: `${to}:59` })) };
    }
  }
}

/** The rule the form says; nothing while it says none. */
export function rule(of: Draft): NewEventRule | null {
  const asked = when(of);
  const name = of.name.trim();
  const isHeld = [of.from, of.until].every((day) => day === '' || isDay(day)) && (of.from === '' || of.until === '' || of.from <= of.until);
  if (!asked || name === '' || !isHeld) return null;
  return { key: of.key, mall: of.mall, name, when: asked, from: of.from || null, until: of.until || null };
}
