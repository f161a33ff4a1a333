import { expect, test } from 'vitest';
import { at, HOME, itemOf, read, scope, setFilters, write } from '../src/lib/address';

test('an empty address is this week, unfiltered', () => {
  expect(read('')).toEqual(HOME);
  expect(write(HOME)).toBe('#/this-week');
});

test('what is written is read again', () => {
  for (const text of [
    '#/groups?mall=rakuten&group=at_risk',
    '#/overview?period=custom&from=2025-01-01&to=2025-03-31',
    '#/customers?people=cohort%3A2025-01%3A3&search=%E4%BD%90%E8%97%A4&sort=net_sales&descending=1',
    '#/customers?people=action%3Areplenishment%3Acof%26200',
    '#/customers?sort=customer',
    '#/customer/12?period=3m',
    '#/lifetime-value?measure=cumulative_net_sales',
    '#/lifetime-value?by=first_item&chosen=rakuten%3Atea%2C200&chosen=yahoo%3Atea',
    '#/items?mall=yahoo&item=rakuten%3Abeans-200&compare=previous_year',
    '#/profit?category=%E3%81%8A%E8%8C%B6&compare=custom&compare_from=2024-01-01&compare_to=2024-03-31',
  ]) {
    expect(write(read(text))).toBe(text);
  }
});

test('what it does not know it leaves out', () => {
  expect(read('#/groups?mall=amazon&group=rich&period=forever&from=2025-02-30&sort=shoe')).toEqual({ ...HOME, place: 'groups' });
});

test('the filters go along to another place, the rest does not', () => {
  const here = read('#/customers?mall=yahoo&period=6m&people=group%3Anew&search=a');
  expect(at(here, 'overview')).toBe('#/overview?period=6m&mall=yahoo');
  expect(at(here, 'customers', { people: 'group:loyal' })).toBe('#/customers?period=6m&mall=yahoo&people=group%3Aloyal');
});

test('item, category and comparison go along, and a half comparison is none', () => {
  const here = read('#/overview?category=Tea&compare=custom&compare_from=2024-01-01');
  expect(at(here, 'items')).toBe('#/items?category=Tea&compare=custom&compare_from=2024-01-01');
  expect(scope(here, null, null)).toEqual({ category: 'Tea' });
  const whole = { ...here, compareTo: '2024-03-31' };
  expect(scope(whole, null, null)).toEqual({ category: 'Tea', compare: { period: { from: '2024-01-01', to: '2024-03-31' } } });
  expect(scope({ ...whole, compareTo: '2023-12-31' }, null, null)).toEqual({ category: 'Tea' });
  expect(setFilters(whole)).toEqual(['item', 'compare']);
  expect(setFilters(HOME)).toEqual([]);
});

test('a period becomes days that end with the last day of the data', () => {
  const asked = (hash: string) => scope(read(hash), '2023-02-03', '2025-06-30');
  expect(asked('#/overview')).toEqual({});
  expect(asked('#/overview?period=3m&mall=own')).toEqual({ mall: 'own', from: '2025-04-01', to: '2025-06-30' });
  expect(asked('#/overview?period=year')).toEqual({ from: '2025-01-01', to: '2025-06-30' });
  expect(asked('#/overview?period=all')).toEqual({ from: '2023-02-03', to: '2025-06-30' });
  expect(asked('#/overview?period=custom&from=2024-01-01')).toEqual({ from: '2024-01-01' });
});

test('an address is about the item asked for, or about that of its own page', () => {
  expect(itemOf(read('#/profit?item=cf-001'))).toBe('cf-001');
  expect(itemOf(read('#/item/rakuten%3Acf%3A001'))).toBe('cf:001');
  expect(itemOf(read('#/item/category%3ATea'))).toBeNull();
  expect(itemOf(read('#/item/%E0%A4%A'))).toBeNull();
  expect(itemOf(read('#/orders'))).toBeNull();
});
