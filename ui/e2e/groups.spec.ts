import { expect, expectAccessible, expectNoSideways, open, test } from './page';

test('thresholds are changed by keyboard: their effect is seen first, then they are kept and taken back', async ({ page }) => {
  await open(page, 'groups');
  await page.getByRole('button', { name: '分かれ目を変える' }).focus();
  await page.keyboard.press('Enter');
  const form = page.getByRole('form', { name: '分かれ目を変える' });
  await expect(form.getByRole('checkbox')).toBeFocused();
  await expect(form.getByRole('button', { name: '保存する' })).toBeDisabled();
  await page.keyboard.press('Space');
  const first = form.getByLabel('5点').first();
  await first.fill('30');
  await expect(form.getByRole('status')).toContainText('人のグループが変わります。');
  await expect(page.getByText('試しの分かれ目で表示しています。')).toBeVisible();
  await expectAccessible(page);
  for (const size of [{ width: 1024, height: 700 }, { width: 1920, height: 1080 }]) {
    await page.setViewportSize(size);
    await expectNoSideways(page);
  }
  await form.getByLabel('2点').last().fill('95');
  await expect(form.getByRole('alert')).toBeVisible();
  await expect(form.getByRole('button', { name: '保存する' })).toBeDisabled();
  await expectAccessible(page);
  await form.getByLabel('2点').last().fill('20');
  await form.getByLabel('5点').first().press('Enter');
  await expect(page.getByText('分かれ目を保存しました。')).toBeVisible();
  await expect(form).toHaveCount(0);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('元に戻しました').first()).toBeVisible();
});

test('any two months are compared, and a number opens its people', async ({ page }) => {
  await open(page, 'groups');
  await page.getByRole('link', { name: '移り変わり', exact: true }).click();
  await expect(page).toHaveURL(/#\/groups\/moves$/);
  await page.getByLabel('どの月末から').selectOption({ label: '2026年3月末' });
  await expect(page).toHaveURL(/#\/groups\/moves\/2026-03\/2026-10$/);
  await page.getByLabel('どの月末まで').selectOption({ label: '2026年6月末' });
  await expect(page).toHaveURL(/#\/groups\/moves\/2026-0\d\/2026-06$/);
  await expectAccessible(page);
  await page.getByRole('region', { name: 'グループの移り変わり' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/people=(moved|group_at)/);
});

test('the flow is walked by keyboard and opens its people', async ({ page }) => {
  await open(page, 'groups/moves');
  const rects = page.locator('svg.places rect');
  await rects.first().focus();
  await expect(page.locator('.plate .value')).toHaveText((await rects.first().getAttribute('aria-label')) ?? '');
  await page.keyboard.press('End');
  await expect(rects.last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/people=moved_class/);
});

test('the lines of the customer types are changed and taken back', async ({ page }) => {
  await open(page, 'groups/types');
  await expect(page.getByText('客単価')).toBeVisible();
  await page.getByLabel('線', { exact: true }).selectOption('classic');
  await expect(page.getByText('線は70,000円です。')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('客単価')).toBeVisible();
});

test('each view leads to its people', async ({ page }) => {
  for (const [view, people] of [['types', 'cpm'], ['lapse', 'lapse'], ['classes', 'class']] as const) {
    await open(page, `groups/${view}`);
    await page.locator('tbody a').first().click();
    await expect(page).toHaveURL(new RegExp(`#/customers\\?people=${people}%3A`));
  }
});
