import { expect, expectAccessible, open, test } from './page';

test('cohorts are chosen in the heat map by keyboard, compared in colour and left out again', async ({ page }) => {
  await open(page, 'lifetime-value');
  const heat = page.locator('figure.card', { hasText: '初めて買った月ごとの買った割合' });
  await heat.locator('svg.places rect[tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/lifetime-value\?chosen=2024-06/);
  await expect(page.getByRole('button', { name: /を比べるのをやめる$/ })).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole('button', { name: /を比べるのをやめる$/ }).first().click();
  await expect(page).toHaveURL(/chosen=/);
  await page.getByRole('button', { name: '選択をすべて外す' }).click();
  await expect(page).toHaveURL(/#\/lifetime-value$/);
});

test('a row of the table is chosen by its mark, and a cell opens the people it counts', async ({ page }) => {
  await open(page, 'lifetime-value');
  const heat = page.locator('figure.card', { hasText: '初めて買った月ごとの買った割合' });
  await heat.getByText('表で見る').click();
  await heat.getByRole('checkbox').nth(3).check({ force: true });
  await expect(page).toHaveURL(/chosen=2024-08/);
  await page.locator('main[aria-busy="false"]').waitFor();
  await expectAccessible(page);
  await heat.locator('tbody tr').first().getByRole('link').nth(2).click();
  await expect(page).toHaveURL(/#\/customers\?people=cohort%3A2024-05%3A1/);
});

for (const by of ['quarter', 'week', 'first_mall', 'first_item', 'first_category', 'incentive']) {
  test(`customers parted by ${by}: the choice stands in the address, axe finds nothing`, async ({ page }) => {
    await open(page, 'lifetime-value');
    await page.getByLabel('分け方').selectOption(by);
    await expect(page).toHaveURL(new RegExp(`by=${by}`));
    await page.locator('main[aria-busy="false"]').waitFor();
    await expect(page.getByLabel('分け方')).toHaveValue(by);
    for (const closed of await page.getByText('表で見る').all()) await closed.click();
    await expectAccessible(page);
  });
}

test('what winning a customer costs is typed, refused when it is no amount, and saved', async ({ page }) => {
  await open(page, 'lifetime-value', 'costs');
  const field = page.getByLabel('新しいお客様1人の獲得費用');
  await expect(field).toHaveValue('1200');
  await field.fill('たくさん');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('金額として読めませんでした');
  await expectAccessible(page);
  await field.fill('１，５００円');
  await page.getByRole('button', { name: '保存する' }).click();
  await expect(page.getByText('獲得費用を保存しました。')).toBeVisible();
});

test('the growth map opens who went on, by pointer and by keyboard', async ({ page }) => {
  await open(page, 'growth-map', 'costs');
  const map = page.locator('figure.card').first();
  await map.locator('svg.places rect').nth(1).click();
  await expect(page).toHaveURL(/people=growth%3Amade%3Af2/);
  await page.goBack();
  await map.locator('svg.places rect').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/people=growth%3Astage%3Af2/);
});
