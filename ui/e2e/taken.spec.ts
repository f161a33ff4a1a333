import { expect, expectAccessible, expectNoSideways, open, test } from './page';

const sizes = [
  { width: 1024, height: 700 },
  { width: 1920, height: 1080 },
];

test('what a card says is recorded by keyboard, its people leave the cards, and it is taken back', async ({ page }) => {
  await open(page, 'this-week');
  const card = page.getByRole('article').filter({ hasText: '間のあいた優良のお客様に、お礼と近況を届ける' });
  await card.getByRole('button', { name: /をやった$/ }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Otokuiからは何も送りません');
  await expectAccessible(page);
  for (const size of sizes) {
    await page.setViewportSize(size);
    await expectNoSideways(page);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await dialog.getByLabel('した日').fill('2999-01-01');
  await dialog.getByRole('button', { name: '記録', exact: true }).press('Enter');
  await expect(dialog.getByRole('alert')).toHaveText('今日までの日を選んでください。');
  await expectAccessible(page);
  await dialog.getByLabel('した日').fill('2026-11-01');
  await dialog.getByLabel('届け方').selectOption({ label: 'そのほかの方法（32人全員）' });
  await expect(dialog).toContainText('32人に届けたことを記録します。');
  await dialog.getByRole('button', { name: '記録', exact: true }).press('Enter');
  await expect(page.getByText('32人に届けたことを記録しました。')).toBeVisible();
  await expect(card).toHaveCount(0);
  await expect(page.getByText('届けたばかりの32人は、結果が出るまで、どの候補にも入れていません。')).toBeVisible();
  await expect(page.getByRole('link', { name: '32人' })).toHaveAttribute('href', /people=taken%3A/);
  await expectAccessible(page);
  await page.getByRole('status').getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('実施の記録を元に戻しました。')).toBeVisible();
  await expect(card).toHaveCount(1);
});

test('a recorded action stands on the screen and on the customer\'s page, and can be taken back later', async ({ page }) => {
  await open(page, 'customer/183', 'costs');
  const received = page.locator('section').filter({ has: page.getByRole('heading', { name: '届いたお知らせ' }) }).last();
  await expect(received).toContainText('2026/11/02');
  await expect(received).toContainText('R-Mail（楽天市場）');
  await open(page, 'this-week', 'costs');
  const list = page.locator('section').filter({ has: page.getByRole('heading', { name: '記録した実施' }) });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await list.getByRole('button', { name: /記録を取り消す$/ }).first().press('Enter');
  await expect(page.getByText('実施の記録を取り消しました。')).toBeVisible();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await page.getByRole('status').getByRole('button', { name: '元に戻す' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(2);
});

test('somebody who has not bought is written down, tied to a customer and removed by keyboard, and taken back', async ({ page }) => {
  await open(page, 'groups/classes');
  await expect(page.getByText('書きとめた方はまだいません。')).toBeVisible();
  await page.getByLabel('モール', { exact: true }).last().selectOption({ label: 'Yahoo!ショッピング' });
  await page.getByLabel('きっかけ').selectOption({ label: 'レビュー' });
  await page.getByLabel('お名前か呼び名').fill('熨斗の方');
  await page.getByRole('button', { name: '書きとめる' }).press('Enter');
  await expect(page.getByText('書きとめました。')).toBeVisible();
  const row = page.getByRole('listitem').filter({ hasText: '熨斗の方' });
  await expect(row).toContainText('見込み');
  await expectAccessible(page);
  for (const size of sizes) {
    await page.setViewportSize(size);
    await expectNoSideways(page);
  }
  await row.getByRole('button', { name: 'お客様と結ぶ' }).press('Enter');
  await page.getByRole('searchbox').fill('佐藤');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: /と結ぶ$/ }).first().press('Enter');
  await expect(page.getByText('お客様と結びました。')).toBeVisible();
  await expect(row).toContainText('お客様になった方');
  await page.getByRole('status').getByRole('button', { name: '元に戻す' }).click();
  await expect(row).toContainText('見込み');
  await row.getByRole('button', { name: /を削除$/ }).press('Enter');
  await expect(row).toHaveCount(0);
  await page.getByRole('status').getByRole('button', { name: '元に戻す' }).click();
  await expect(row).toHaveCount(1);
});
