import type { Day } from '../api/generated/Day';

const MILLISECONDS = 86_400_000;

function parse(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

function write(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

/** Whether the text is a calendar day that exists, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = parse(text);
  return !Number.isNaN(date.getTime()) && write(date) === text;
}

/** `days` later; earlier when negative. */
export function addDays(day: Day, days: number): Day {
  return write(new Date(parse(day).getTime() + days * MILLISECONDS));
}

/** How many days `to` lies after `from`; negative when before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((parse(to).getTime() - parse(from).getTime()) / MILLISECONDS);
}

/** The same date `months` later; the month's last day where that date does not exist. */
export function addMonths(day: Day, months: number): Day {
  const date = parse(day);
  const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
  target.setUTCDate(Math.min(date.getUTCDate(), target.getUTCDate()));
  return write(target);
}

/** First day of the last `months` months that end with `last`: three months to 30 June begin on 31 March + 1. */
export function monthsBack(last: Day, months: number): Day {
  const next = addDays(last, 1);
  return addMonths(next, -months);
}

/** First day of the year of `day`. */
export function yearStart(day: Day): Day {
  return `${day.slice(0, 4)}-01-01`;
}

/** Hours by which Japan is ahead of the world's clock. */
const JAPAN_HOURS = 9;

/** The calendar day in Japan, as the owner's clock has it. */
export function today(): Day {
  return write(new Date(Date.now() + JAPAN_HOURS * 3_600_000));
}
