import { expect, test } from 'vitest';
import { addDays, addMonths, isDay, monthsBack, yearStart } from '../src/lib/dates';

test('only days that exist are days', () => {
  expect(isDay('2024-02-29')).toBe(true);
  expect(isDay('2025-02-29')).toBe(false);
  expect(isDay('2025-2-9')).toBe(false);
  expect(isDay('')).toBe(false);
});

test('months keep to the calendar', () => {
  expect(addDays('2024-12-31', 1)).toBe('2025-01-01');
  expect(addMonths('2025-01-31', 1)).toBe('2025-02-28');
  expect(addMonths('2025-03-31', -1)).toBe('2025-02-28');
  expect(addMonths('2025-01-15', -13)).toBe('2023-12-15');
});

test('three months to the end of June begin on the first of April', () => {
  expect(monthsBack('2025-06-30', 3)).toBe('2025-04-01');
  expect(monthsBack('2025-06-15', 6)).toBe('2024-12-16');
  expect(yearStart('2025-06-30')).toBe('2025-01-01');
});
