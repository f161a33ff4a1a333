import { expect, expectAccessible, expectNoSideways, open, test } from './page';

test('an empty ledger leads through an import to this week', async ({ page }) => {
  await open(page, 'this-week', 'empty', '&hold=1');
  await page.getByRole('button', { name: '受注データを取り込む' }).click();
  await expect(page).toHaveURL(/#\/imports/);
  await expect(page.getByRole('heading', { name: '取り込む前の確認' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '取り込む', exact: true }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(page.getByRole('button', { name: '中断' })).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event('go-on')));
  await expect(page.getByText('を取り込みました。').first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: '今週を見る' }).click();
  await expect(page.getByRole('article').first()).toBeVisible();
  const tour = page.getByRole('region', { name: 'まず見る3つの数字' });
  await expect(tour.getByRole('listitem')).toHaveCount(3);
  await expectAccessible(page);
  for (const size of [{ width: 1920, height: 1080 }, { width: 1024, height: 700 }, { width: 1280, height: 800 }]) {
    await page.setViewportSize(size);
    await expectNoSideways(page);
    await page.screenshot({ path: `test-results/first-minute/tour-${size.width}.png` });
  }
  await tour.getByRole('button', { name: '閉じる' }).click();
  await expect(tour).toHaveCount(0);
  await page.keyboard.press('F1');
  await page.getByRole('button', { name: 'まず見る3つの数字を見る' }).click();
  await expect(tour.getByRole('heading', { name: '戻ってきた割合' })).toBeVisible();
});

test('the empty screen shows where to get what, light and dark', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of [{ width: 1024, height: 700 }, { width: 1280, height: 800 }, { width: 1920, height: 1080 }]) {
      await page.setViewportSize(size);
      await open(page, 'this-week', 'empty');
      await expect(page.getByText('受注データのダウンロード', { exact: true })).toBeVisible();
      await expectAccessible(page);
      await expectNoSideways(page);
      await page.screenshot({ path: `test-results/first-minute/empty-${colorScheme}-${size.width}.png` });
    }
  }
});

test('what was just imported is taken back by key, and nothing else', async ({ page }) => {
  await open(page, 'imports');
  await page.getByRole('button', { name: 'ファイルを選ぶ' }).click();
  await page.getByRole('button', { name: '取り込む', exact: true }).click();
  await expect(page.getByText('を取り込みました。').first()).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('取り込みを元に戻しました。')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('今、元に戻せるものはありません。', { exact: false })).toBeVisible();
});

test('what was imported can be undone', async ({ page }) => {
  await open(page, 'imports');
  await page.getByRole('button', { name: 'ファイルを選ぶ' }).click();
  await page.getByRole('button', { name: '取り込む', exact: true }).click();
  await page.getByRole('button', { name: '元に戻す', exact: true }).click();
  await expect(page.getByText('取り込みを元に戻しました。')).toBeVisible();
});

test('the sample shop opens and is put away', async ({ page }) => {
  await open(page, 'overview', 'empty');
  await page.getByRole('button', { name: 'サンプルの店で試す' }).click();
  await expect(page.getByText('サンプルの店を見ています')).toBeVisible();
  await expect(page.getByRole('article').first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '片づける' }).click();
  await expect(page.getByRole('button', { name: 'サンプルの店で試す' })).toBeVisible();
});

test('a figure is walked by keyboard and opens its people', async ({ page }) => {
  await open(page, 'groups');
  const rects = page.locator('svg.places rect');
  await rects.first().focus();
  const label = page.locator('.plate .value');
  await expect(label).toHaveText((await rects.nth(0).getAttribute('aria-label')) ?? '');
  await page.keyboard.press('ArrowRight');
  await expect(rects.nth(1)).toBeFocused();
  await expect(label).toHaveText((await rects.nth(1).getAttribute('aria-label')) ?? '');
  await page.keyboard.press('ArrowDown');
  await expect(rects.nth(6)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rects.nth(0)).toBeFocused();
  expect(await page.locator('svg.places rect[tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/customers\?people=cell/);
  await expect(page.locator('h1')).toBeFocused();
});

test('the pointer sees one label beside its place and a click opens the people', async ({ page }) => {
  await open(page, 'overview?mall=rakuten');
  const rect = page.locator('figure svg.places rect').nth(2);
  await rect.hover();
  const label = page.locator('figure .value');
  await expect(label).toHaveCount(1);
  const plate = await page.locator('figure .plate').first().boundingBox();
  const box = await label.boundingBox();
  expect(plate && box && box.x >= plate.x && box.x + box.width <= plate.x + plate.width).toBe(true);
  await rect.click();
  await expect(page).toHaveURL(/#\/customers\?mall=rakuten&people=month/);
});

for (const place of ['overview', 'profit', 'groups', 'groups/moves', 'lifetime-value', 'growth-map']) {
  test(`${place}: every figure has a title, a table and a way to its formula`, async ({ page }) => {
    await open(page, place);
    for (const figure of await page.locator('figure.card').all()) {
      await expect(figure.locator('h2')).not.toBeEmpty();
      expect(await figure.locator('table').count()).toBeGreaterThan(0);
      await figure.getByRole('button', { name: '計算のしかた' }).click();
      await expect(page.getByRole('dialog')).toContainText('基準の日');
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
  });
}

test('the words of a card are read and copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'this-week');
  await page.getByRole('button', { name: '文面を見る' }).first().click();
  await expectAccessible(page);
  await page.getByRole('button', { name: '件名を写す' }).click();
  await expect(page.getByText('件名を写しました')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toBe('');
});

test('the filters stay in the address from screen to screen', async ({ page }) => {
  await open(page, 'overview');
  await page.getByLabel('モール', { exact: true }).selectOption('yahoo');
  await page.getByLabel('期間', { exact: true }).selectOption('custom');
  await expect(page.getByLabel('期間の最初の日')).toBeVisible();
  await page.getByLabel('期間の最初の日').fill('2026-03-01');
  await expect(page).toHaveURL(/from=2026-03-01/);
  await page.getByRole('link', { name: 'グループ' }).click();
  await expect(page).toHaveURL(/#\/groups\?period=custom&from=2026-03-01.*mall=yahoo/);
  await page.goBack();
  await expect(page).toHaveURL(/#\/overview/);
});

test('item and comparison act on every screen, and what cannot is said', async ({ page }) => {
  await open(page, 'overview');
  const item = page.getByRole('combobox', { name: '商品', exact: true });
  await item.focus();
  const first = page.locator('datalist option').first();
  await expect(first).toBeAttached();
  const name = (await first.getAttribute('value')) ?? '';
  await item.fill(name);
  await expect(page).toHaveURL(/item=rakuten%3A|item=yahoo%3A/);
  await expect(item).toHaveValue(name);
  await expect(page.getByText('選んだ商品を含む受注の合計です')).toBeVisible();
  await page.getByLabel('比べる', { exact: true }).selectOption('previous_year');
  await expect(page).toHaveURL(/compare=previous_year/);
  await expect(page.getByRole('heading', { name: '期間を比べる' })).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(item).toHaveValue(name);
  for (const [link, place] of [['グループ', 'groups'], ['LTV', 'lifetime-value'], ['商品', 'items'], ['利益', 'profit']] as const) {
    await page.goto(page.url().replace(/#\/[a-z-]+/, `#/${place}`));
    await expect(page.getByRole('heading', { name: '期間を比べる' }), link).toBeVisible();
    await expectAccessible(page);
    await expectNoSideways(page);
  }
  await page.goto(page.url().replace(/#\/[^?]+/, '#/this-week'));
  await expect(page.getByText('ここでは「比べる」は使いません。')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '条件を外す', exact: true }).click();
  await expect(page).toHaveURL(/#\/this-week$/);
});

test('a comparison stands on lists, maps and one item, and what knows none says why', async ({ page }) => {
  for (const [place, row] of [
    ['coming-back', '期間中に初めて買った方が、180日以内に2回目を買った割合'],
    ['growth-map', '段階：優良'],
    ['orders', '取り消し・返品の受注'],
    ['points', '定価の受注の割合'],
    ['item/rakuten%3Acf-006', '買った方のうち、前にもこれを買っていた割合'],
  ] as const) {
    await open(page, `${place}?compare=previous_year`);
    await expect(page.getByRole('row', { name: row }), place).toBeVisible();
    await expectNoSideways(page);
  }
  await expectAccessible(page);
  await open(page, 'radar?compare=previous_year');
  await expect(page.getByText('過ぎた期間の数字ではないためです')).toBeVisible();
});

test('the keys of the window: search, files, help', async ({ page }) => {
  await open(page, 'overview');
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog')).toContainText('Ctrl+O');
  await expect(page.getByRole('dialog')).toContainText('jp.otokui.desktop\\otokui.log');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('heading', { name: '取り込む前の確認' })).toBeVisible();
});

test('the skip link leads to the heading', async ({ page }) => {
  await open(page, 'overview');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '本文へ' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toBeFocused();
});

test('a long list draws only what is seen', async ({ page }) => {
  await open(page, 'customers');
  await expect(page.locator('tbody tr[aria-rowindex]').first()).toBeVisible();
  expect(await page.locator('tbody tr[aria-rowindex]').count()).toBeLessThan(60);
  const name = page.locator('tbody th a').first();
  await name.click();
  await expect(page).toHaveURL(/#\/customer\/\d+/);
  await page.getByRole('link', { name: 'お客様に戻る' }).click();
  await expect(page).toHaveURL(/#\/customers/);
});

test('nothing of the page carries a style tag made while running', async ({ page }) => {
  for (const place of ['this-week', 'customers', 'groups']) {
    await open(page, place);
    expect(await page.locator('style').count()).toBe(0);
  }
});

test('from what is left down to a step, its orders, and its customers', async ({ page }) => {
  await open(page, 'overview', 'costs');
  await page.getByRole('link', { name: '内訳と受注を見る' }).click();
  await expect(page).toHaveURL(/#\/profit/);
  await expect(page.locator('h1')).toHaveText('利益');
  const step = page.getByRole('button', { name: '送料と梱包' });
  await step.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('受注 796件、送料と梱包の合計')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText('受注 796件、送料と梱包の合計')).toHaveCount(0);
  await page.getByLabel('モールのイベント').selectOption('rakuten-5-0');
  await expect(page).toHaveURL(/event=rakuten-5-0/);
  const item = page.getByRole('combobox', { name: '商品', exact: true });
  await item.focus();
  const offered = page.locator('datalist option[value*="cf-0"]').first();
  await expect(offered).toBeAttached();
  await item.fill((await offered.getAttribute('value')) ?? '');
  await expect(page).toHaveURL(/item=rakuten%3A/);
  // The address comes before the answer it asks for.
  const people = page.getByRole('link', { name: '「送料と梱包」がある注文をしたお客様' });
  await expect(people).toHaveAttribute('href', /people=profit%3Apostage%3Arakuten-5-0/);
  await expect(people).toHaveAttribute('href', /item=rakuten%3A/);
  await people.click();
  await expect(page).toHaveURL(/#\/customers\?.*people=profit%3Apostage%3Arakuten-5-0/);
});

test('without costs the figure says what to import and shows its range', async ({ page }) => {
  await open(page, 'profit');
  await expect(page.getByRole('heading', { name: '商品の原価がまだ分かりません' })).toBeVisible();
  await expect(page.getByText('原価が分からないあいだの幅')).toBeVisible();
  await page.getByRole('link', { name: '設定で原価率を入れる' }).click();
  await expect(page).toHaveURL(/#\/settings/);
});

test('an owner goes through the settings by keyboard, and takes a change back', async ({ page }) => {
  await open(page, 'overview', 'costs');
  await page.keyboard.press('Control+,');
  await expect(page).toHaveURL(/#\/settings/);
  const left = page.getByRole('status').filter({ hasText: '未確認はあと' });
  await expect(left).toHaveText(/17/);
  // One rate is changed: a slip is said, then the right one is saved.
  const row = page.locator('[data-row="rakuten.points"]');
  await row.getByRole('button', { name: '変える' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('率', { exact: true })).toBeFocused();
  await page.keyboard.type('5-1-2');
  await page.keyboard.press('Enter');
  await expect(row.getByRole('alert')).toContainText('率として読めませんでした');
  await expectAccessible(page);
  await page.getByLabel('率', { exact: true }).fill('1.5');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('保存しました。');
  await expect(row).toBeFocused();
  await expect(left).toHaveText(/16/);
  // The others are confirmed one after the other: the next button has the focus each time.
  await page.locator('[data-confirm]').first().focus();
  for (let waiting = 16; waiting > 0; waiting -= 1) {
    await expect(page.locator('[data-confirm]')).toHaveCount(waiting);
    await expect(page.locator('[data-confirm]:focus')).toHaveCount(1);
    await page.keyboard.press('Enter');
  }
  await expect(page.getByText('率と送料はすべて確認済みです')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: /件をすべて表示$/ }).press('Enter');
  await page.getByRole('button', { name: /楽天ポイントの負担の変更を元に戻す/ }).press('Enter');
  await expect(left).toHaveText(/1/);
  await expect(row).toContainText('未確認');
});

test('who is who is decided by keys, and undone', async ({ page }) => {
  await open(page, 'customers');
  await page.getByRole('link', { name: /同じ人かもしれない方/ }).click();
  const names = page.getByRole('article').locator('thead');
  const first = await names.textContent();
  await page.getByRole('button', { name: 'あとで' }).press('3');
  await expect(names).not.toHaveText(first ?? '');
  await page.getByRole('button', { name: '同じ人', exact: true }).focus();
  await page.keyboard.press('2');
  await expect(page.getByText('さんを別の人にしました。')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('status').getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('決めたことを元に戻しました。')).toBeVisible();
  await expect(names).toBeVisible();
});

test('an order is somebody else\'s, and two customers are joined by hand', async ({ page }) => {
  await open(page, 'customer/6');
  await page.getByRole('button', { name: /^この注文は別の人/ }).first().click();
  const said = page.getByRole('status').filter({ hasText: '別の人の注文にしました。' });
  await expect(said).toBeVisible();
  await said.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('決めたことを元に戻しました。')).toBeVisible();
  await page.getByRole('button', { name: '同じ人をくっつける' }).click();
  await page.getByRole('searchbox').fill('佐藤');
  await page.keyboard.press('Enter');
  await expectAccessible(page);
  await page.getByRole('button', { name: /と同じ人にする$/ }).first().click();
  await expect(page.getByText('さんを同じ人にしました。')).toBeVisible();
});

test('a number says how it is computed, and leads to its orders and to what was left out', async ({ page }) => {
  await open(page, 'overview');
  await page.getByRole('button', { name: '「売上」の計算のしかた' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('商品の金額から、お店が負担するクーポン・値引き・返金を引いた金額です');
  await expect(dialog).toContainText('受注 796件、お客様 445人');
  await expect(dialog).toContainText('キャンセル 16件、返品 0件');
  await expectAccessible(page);
  await dialog.getByRole('link', { name: 'この数字の受注を見る' }).click();
  await expect(page).toHaveURL(/#\/orders$/);
  await expect(page.locator('h1')).toHaveText('受注');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('link', { name: '入れなかった受注を見る' }).click();
  await expect(page).toHaveURL(/#\/orders\/left_out/);
  await expect(page.getByLabel('表示する受注')).toHaveValue('left_out');
  await page.getByRole('link', { name: /^2\d{3}\// }).first().click();
  await expect(page).toHaveURL(/#\/customer\/\d+/);
});

test('every figure and table of the screens has its way of computing, and each opens', async ({ page }) => {
  for (const place of ['this-week', 'overview', 'profit', 'groups', 'lifetime-value', 'items', 'item/rakuten%3Acf-006', 'radar', 'customers', 'customer/6', 'reconciliation', 'orders']) {
    await open(page, place);
    const ways = page.locator('main [data-how]');
    const count = await ways.count();
    expect(count, place).toBeGreaterThan(0);
    for (let at = 0; at < count; at += 1) {
      await ways.nth(at).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog, `${place} ${String(at)}`).toBeVisible();
      // A key without words would stand as itself.
      expect(await dialog.innerText(), place).not.toMatch(/[a-z]+-how\b/);
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    }
  }
});

test('a note is kept, rewritten and removed by keyboard, and taken back', async ({ page }) => {
  await open(page, 'customer/6', 'costs');
  await expect(page.getByText('贈り物用の包装をいつも希望。')).toBeVisible();
  await expect(page.getByText('香りがよく、包装もきれいでした。')).toBeVisible();
  await page.getByLabel('この方について覚えておくこと').fill('領収書を入れる');
  await page.getByRole('button', { name: 'メモを残す' }).press('Enter');
  await expect(page.getByText('メモを残しました。')).toBeVisible();
  await expect(page.getByText('領収書を入れる')).toBeVisible();
  await page.getByRole('button', { name: /メモを書き直す$/ }).first().press('Enter');
  await expect(page.getByLabel('メモを書き直す', { exact: true })).toBeFocused();
  await page.getByLabel('メモを書き直す', { exact: true }).fill('領収書を2枚入れる');
  await expectAccessible(page);
  await page.getByRole('button', { name: '保存' }).press('Enter');
  await expect(page.getByText('領収書を2枚入れる')).toBeVisible();
  await page.getByRole('button', { name: /メモを削除$/ }).first().press('Enter');
  await expect(page.getByText('領収書を2枚入れる')).toHaveCount(0);
  await page.getByRole('status').getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('メモを元に戻しました。')).toBeVisible();
  await expect(page.getByText('領収書を2枚入れる')).toBeVisible();
});
