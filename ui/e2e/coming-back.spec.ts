import { expect, expectAccessible, open, test } from './page';

test('from the people to write to now to their list and back, by keyboard', async ({ page }) => {
  await open(page, 'coming-back');
  await page.getByRole('link', { name: /2回目へ \d+人/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/customers\?people=waiting%3A2%3A\d+%3A\d+/);
  await page.locator('main[aria-busy="false"]').waitFor();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('戻ってきた人');
});

test('another purchase and wider bars are drawn without losing the place', async ({ page }) => {
  await open(page, 'coming-back');
  const step = page.getByRole('combobox', { name: 'どの買い物' });
  await step.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  await step.selectOption({ label: '3回目へ' });
  await page.getByRole('combobox', { name: '棒の幅' }).selectOption({ label: '30日' });
  await expect(page.getByRole('heading', { name: '3回目へ進むまでの日数' })).toBeVisible();
  await expect(page.getByRole('group', { name: /3回目へ進むまでの日数/ }).getByRole('link').first()).toHaveAttribute('aria-label', /^1〜30日/);
  expect(Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThan(40);
  await expectAccessible(page);
});

test('the curves are read by arrow keys, and a definition opens how it is counted', async ({ page }) => {
  await open(page, 'coming-back');
  const places = page.getByRole('group', { name: /^2回目を買う方の半分は/ }).locator('rect');
  await places.first().focus();
  for (let times = 0; times < 6; times += 1) await page.keyboard.press('ArrowRight');
  await expect(page.locator('.value')).toContainText(/^90日まで 2回目へ \d+\.\d%（待っている人 \d+人）/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/people=gap%3A2%3A1%3A90/);
  await open(page, 'coming-back');
  await page.getByText('数え方の出典').click();
  await expect(page.getByText(/リピート注文レポート/)).toBeVisible();
  await page.getByRole('link', { name: 'モールの数と見比べる' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('モールの数と見比べる');
});

test('everything is explained in a dialog, and axe finds nothing in it', async ({ page }) => {
  await open(page, 'coming-back');
  const buttons = page.getByRole('button', { name: '計算のしかた' });
  const count = await buttons.count();
  expect(count).toBe(10);
  for (let place = 0; place < count; place += 1) {
    await buttons.nth(place).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await expect(dialog).not.toContainText('back-');
    if (place === 0) await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
});
