import { expect, expectAccessible, expectNoSideways, open, test } from './page';

test('the plane is walked by keyboard and opens its people', async ({ page }) => {
  await open(page, 'points');
  const rects = page.locator('figure.card').first().locator('svg.places rect');
  await rects.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(rects.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/customers\?people=plane/);
});

test('points: every figure and card has a title and a way to its formula', async ({ page }) => {
  await open(page, 'points');
  const buttons = page.getByRole('button', { name: '計算のしかた' });
  for (const button of await buttons.all()) {
    await button.click();
    await expect(page.getByRole('dialog')).toContainText('基準の日');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  expect(await buttons.count()).toBeGreaterThan(7);
});

test('a lower multiplier is typed, and items and months are looked at', async ({ page }) => {
  await open(page, 'points');
  await page.getByLabel('今の倍率').fill('3');
  await page.getByRole('button', { name: '計算する' }).click();
  await expect(page.getByText('3倍だった').or(page.getByText('最初の注文が3倍だった日'))).toBeVisible();
  for (const by of ['item', 'month']) {
    await page.getByLabel('分け方').selectOption(by);
    await expectAccessible(page);
    await expectNoSideways(page);
  }
});

test('a rule of the calendar is added, and the change taken back', async ({ page }) => {
  await open(page, 'points');
  await page.getByRole('link', { name: 'イベントの暦を見る・直す' }).click();
  await expect(page).toHaveURL(/#\/events/);
  await page.getByRole('button', { name: '決まりを足す' }).click();
  await expectAccessible(page);
  for (const kind of ['weekday', 'months', 'windows', 'month-is-day', 'days']) {
    await page.getByLabel('決まりの形').selectOption(kind);
    await expectAccessible(page);
  }
  await page.getByLabel('名前', { exact: true }).fill('店の感謝デー');
  await page.getByRole('button', { name: '保存する' }).click();
  await expect(page.getByRole('alert')).toContainText('日や時刻を確かめてください');
  await page.getByLabel('日（1〜31をカンマで）').fill('7,8');
  await page.getByRole('button', { name: '保存する' }).click();
  await expect(page.getByText('「店の感謝デー」を保存しました。')).toBeVisible();
  await expect(page.getByRole('heading', { name: '店の感謝デー' })).toBeVisible();
  await expectAccessible(page);
  await page.locator('.toast').getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('変更を取り消しました。')).toBeVisible();
  await expect(page.getByText('まだ変更はありません。')).toBeVisible();
});

test('the list of customers is narrowed and sorted by dependence', async ({ page }) => {
  await open(page, 'customers');
  await page.getByLabel('イベント依存', { exact: true }).selectOption('dependence:events_mostly');
  await expect(page).toHaveURL(/people=dependence%3Aevents_mostly/);
  await page.getByRole('button', { name: 'イベント依存' }).click();
  await expect(page).toHaveURL(/sort=dependence/);
  await expectAccessible(page);
});
