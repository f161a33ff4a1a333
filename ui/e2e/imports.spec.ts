import { expect, expectAccessible, expectNoSideways, open, test } from './page';

const sizes = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

test('a table of no mall is told by keyboard and imported', async ({ page }) => {
  await open(page, 'imports', 'few', '&files=map');
  await page.getByRole('button', { name: 'ファイルを選ぶ' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'この表の列を教える' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('22件の受注ができます')).toBeVisible();
  await expectAccessible(page);
  for (const size of sizes) {
    await page.setViewportSize(size);
    const box = await dialog.boundingBox();
    expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height).toBe(true);
    await expect(dialog.getByRole('button', { name: 'この読み方にする' })).toBeInViewport();
    await expect(dialog.getByRole('combobox', { name: '「受注番号」の列が何か' })).toBeInViewport();
  }
  // Away with the day, and nothing can be kept.
  const date = dialog.getByRole('combobox', { name: '「注文日時」の列が何か' });
  await date.focus();
  await date.selectOption({ label: '使わない' });
  await expect(dialog.getByText('注文した日の列を選んでください。')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'この読み方にする' })).toBeDisabled();
  await expectAccessible(page);
  await date.selectOption({ label: '注文した日' });
  await dialog.getByRole('combobox', { name: 'お届け待ち' }).selectOption({ label: '受付済み' });
  await expect(dialog.getByText('意味の分からない言葉')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'この読み方にする' }).press('Enter');
  await expect(page.getByText('前に教わった読み方で読みました。')).toBeVisible();
  await page.getByRole('button', { name: '取り込む', exact: true }).click();
  await expect(page.getByText('を取り込みました。').first()).toBeVisible();
});

test('the dialog of columns in the dark, in English and at double size', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, 'imports', 'few', '&files=map&lang=en');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await page.getByRole('button', { name: 'Tell what the columns mean' }).click();
  await expect(page.getByRole('dialog').getByText('rows make')).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 640, height: 400 });
  await expectNoSideways(page);
  await expect(page.getByRole('button', { name: 'Read it this way' })).toBeInViewport();
});

test('what was told is listed, can be changed and forgotten', async ({ page }) => {
  await open(page, 'imports', 'few', '&files=map');
  await page.getByRole('button', { name: 'orders.csvの読み方を変える' }).click();
  await expect(page.getByRole('dialog')).toContainText('この表の列を教える');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'この読み方にする' }).click();
  await expect(page.getByText('読み方を変えました。')).toBeVisible();
  await page.getByRole('button', { name: 'orders.csvの読み方を忘れる' }).click();
  await expect(page.getByText('読み方を忘れました。')).toBeVisible();
});

test('the store of bare order numbers is asked for before anything is recorded', async ({ page }) => {
  await open(page, 'imports', 'few', '&files=store');
  await page.getByRole('button', { name: 'ファイルを選ぶ' }).click();
  await expect(page.getByRole('button', { name: '取り込む', exact: true })).toBeDisabled();
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Yahoo!ショッピングのストアアカウント' }).first().fill('mihon-store');
  await page.keyboard.press('Enter');
  await expect(page.getByText('「mihon-store」の注文として扱います')).toBeVisible();
  await expect(page.getByRole('button', { name: '取り込む', exact: true })).toBeEnabled();
});

test('the dialogs of columns and of rows that could not be read stand in the window', async ({ page }) => {
  await open(page, 'imports', 'few', '&files=beside');
  await page.getByRole('button', { name: 'ファイルを選ぶ' }).click();
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.getByRole('button', { name: '列を選ぶ', exact: true }).click();
    await expectAccessible(page);
    await expectNoSideways(page);
    await page.getByRole('button', { name: 'キャンセル' }).last().click();
    await page.getByRole('button', { name: /の読めなかった行を見る/ }).first().click();
    await expect(page.getByRole('button', { name: 'CSVで保存' })).toBeInViewport();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  }
});

test('a bar without an end in sight moves and states no share', async ({ page }) => {
  await open(page, 'imports', 'usual', '&hold=read');
  await page.getByRole('button', { name: 'ファイルを選ぶ' }).click();
  const bar = page.getByRole('progressbar');
  await expect(bar).toBeAttached();
  expect(await bar.getAttribute('value')).toBeNull();
  const moving = () => page.locator('.progress span').evaluate((node) => node.getBoundingClientRect().x);
  const before = await moving();
  await expect.poll(moving).not.toBe(before);
  await expectAccessible(page);
  await page.evaluate(() => dispatchEvent(new Event('go-on')));
  await expect(page.getByRole('heading', { name: '取り込む前の確認' })).toBeVisible();
});

test('names are kept or not, as chosen before the first import, and the recovery code is shown', async ({ page }) => {
  await open(page, 'imports', 'empty');
  await page.getByRole('button', { name: 'ファイルを選ぶ' }).click();
  const none = page.getByRole('radio', { name: 'お名前を保存しない' });
  await expect(none).not.toBeChecked();
  await expect(page.getByText('あとから同じ方かどうかを見直すことはできません。').first()).toBeVisible();
  await expect(page.getByText('お名前では探せません。注文番号でモールの画面を開いてください。').first()).toBeVisible();
  await expectAccessible(page);
  await none.focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: '取り込む', exact: true }).click();
  const code = page.getByRole('region', { name: '復元コード' });
  await expect(code.getByText('AB12-AB12')).toBeVisible();
  await expect(code).toContainText('このコードは今だけ表示します');
  await expect(page.getByText('お名前を保存しない設定です。', { exact: false }).first()).toBeVisible();
  await expectAccessible(page);
  await code.getByRole('button', { name: '書き留めました' }).click();
  await expect(code).toHaveCount(0);
});

test('a shop that has orders is not asked about names', async ({ page }) => {
  await open(page, 'imports', 'few');
  await page.getByRole('button', { name: 'ファイルを選ぶ' }).click();
  await expect(page.getByRole('button', { name: '取り込む', exact: true })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'お名前を保存しない' })).toHaveCount(0);
});

test('a ledger without names asks for its recovery code, and goes on without one', async ({ page }) => {
  await open(page, 'imports', 'empty', '&files=code');
  const field = page.getByRole('textbox', { name: '復元コード（4文字ずつ13組）' });
  await field.fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await page.getByText('復元コードをなくしたとき').click();
  await expect(page.getByText('同じ方でもつながりません')).toBeVisible();
  await expectAccessible(page);
  await expectNoSideways(page);
  await field.fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByText('復元コードを確かめました。')).toBeVisible();
  await expect(field).toHaveCount(0);
  await page.getByRole('button', { name: '復元コードを表示' }).click();
  await expect(page.getByText('AB12-AB12')).toBeVisible();
});
