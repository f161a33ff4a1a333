import { expect, test } from 'vitest';
import { at, HOME, itemOf, read, scope, write } from '../src/lib/address';

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
