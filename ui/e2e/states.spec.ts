import { expect, expectAccessible, expectNoSideways, open, test } from './page';

const places = [
  'this-week', 'overview', 'profit', 'groups', 'coming-back', 'lifetime-value', 'growth-map', 'items',
  'item/rakuten%3Acf-006', 'points', 'events', 'radar', 'customers', 'customer/6',
  'groups/moves', 'groups/types', 'groups/lapse', 'groups/classes', 'orders', 'orders/left_out', 'imports', 'reconciliation', 'identity', 'settings',
];
const states = [
  { name: 'full', shop: 'usual', more: '' },
  { name: 'too little', shop: 'few', more: '' },
  { name: 'empty', shop: 'empty', more: '' },
  { name: 'loading', shop: 'usual', more: '&wait=1' },
  { name: 'refused', shop: 'usual', more: '&fail=1' },
];
/** With the cost list in, what is left is known. */
const known = { name: 'full, costs known', shop: 'costs', more: '' };
const withCosts = ['overview', 'profit', 'coming-back', 'lifetime-value', 'growth-map', 'settings', 'customer/6'];
const sizes = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

for (const place of places) {
  for (const { name, shop, more } of withCosts.includes(place) ? [...states, known] : states) {
    test(`${place}, ${name}: axe finds nothing and nothing runs out sideways`, async ({ page }) => {
      await open(page, place, shop, more);
      if (name === 'loading') await expect(page.getByRole('status').filter({ hasText: /./ })).toBeAttached();
      if (name === 'refused') await expect(page.getByRole('alert')).toBeVisible();
      for (const size of sizes) {
        await page.setViewportSize(size);
        await expectNoSideways(page);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
      await expectAccessible(page);
    });
  }

  test(`${place}: axe finds nothing in the dark, in English and at double size`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await open(page, place, 'usual', '&lang=en');
    await expectAccessible(page);
    await page.setViewportSize({ width: 640, height: 400 });
    await expectNoSideways(page);
  });
}

for (const place of places) {
  test(`${place}: on paper nothing leaves the sheet, lies over something else or is there to be pressed`, async ({ page }) => {
    // A4 without its margins of 14 mm.
    await page.setViewportSize({ width: 688, height: 1016 });
    await open(page, place, 'usual', place.length % 2 === 0 ? '&lang=en' : '');
    await page.emulateMedia({ media: 'print' });
    const wrong = await page.evaluate(() => {
      const found: string[] = [];
      const words = (of: Element) => `${of.tagName} ${(of.textContent ?? '').trim().slice(0, 40)}`;
      for (const element of document.querySelectorAll('main td, main th, main h2, main svg')) {
        const box = element.getBoundingClientRect();
        if (box.width > 0 && box.right > document.documentElement.clientWidth + 1) found.push(`off the paper: ${words(element)}`);
      }
      for (const element of document.querySelectorAll('main .button, main :not(th, td, li) > button')) {
        if (element.getBoundingClientRect().width > 0) found.push(`nothing to press: ${words(element)}`);
      }
      // Chromium lays parts of a grid over each other where a page ends.
      for (const element of document.querySelectorAll('.stack, .pair')) {
        if (getComputedStyle(element).display === 'grid') found.push(`a grid: ${element.className}`);
      }
      return found.slice(0, 5);
    });
    expect(wrong).toEqual([]);
  });
}

test('the groups stand whole in English at 1280', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, 'groups', 'usual', '&lang=en');
  const list = page.getByRole('region', { name: 'The ten groups' });
  expect(await list.evaluate((place) => place.scrollWidth - place.clientWidth)).toBeLessThanOrEqual(0);
});
