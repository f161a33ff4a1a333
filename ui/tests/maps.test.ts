import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { MapPreview } from '../src/api/generated/MapPreview';
import type { Preview } from '../src/api/generated/Preview';
import ImportFileCard from '../src/parts/ImportFileCard.svelte';
import MapDialog from '../src/screens/imports/MapDialog.svelte';
import { documentOf, meanings, needs, saidOf, withField } from '../src/screens/imports/meanings';
import StoreForm from '../src/screens/imports/StoreForm.svelte';
import { recorded } from './recorded';

const file = recorded<Preview>('map.preview').files[0];
const tried = recorded<MapPreview>('map.map_preview');

function offer() {
  if (!file?.map) throw new Error('recorded');
  return file.map;
}

async function dialog(more: Record<string, unknown> = {}) {
  const onkept = vi.fn();
  const preview = vi.fn(() => Promise.resolve(tried));
  render(MapDialog, { open: true, file: 'orders.csv', offer: offer(), keep: '取り込む', preview, onkept, ...more });
  await vi.waitFor(() => screen.getByRole('dialog'));
  return { onkept, preview };
}

test('a table of no mall offers on its card to say what its columns mean', async () => {
  if (!file) throw new Error('recorded');
  const onmap = vi.fn();
  render(ImportFileCard, { file, onmap });
  await fireEvent.click(screen.getByRole('button', { name: 'この表の列を教える' }));
  expect(onmap).toHaveBeenCalledOnce();
});

test('what is said comes back as the document it was offered as', () => {
  expect(documentOf(saidOf(offer()), offer())).toEqual({ date_format: null, ...offer().map });
});

test('a meaning is of one column only', () => {
  const said = saidOf(offer());
  const other = offer().columns.findIndex((column) => column.header === 'お届け先氏名');
  const next = withField(said, offer(), other, 'buyer_name');
  expect(next.fields.filter((field) => field === 'buyer_name')).toHaveLength(1);
  expect(documentOf(next, offer()).columns['buyer_name']).toBe('お届け先氏名');
  // The recorded guess knows phone and mail, so a missing name leaves the customer known by mail.
  expect(needs(withField(next, offer(), other, '')).every(({ met }) => met)).toBe(true);
});

test('every meaning of the program can be chosen', () => {
  const known = meanings.flatMap(({ fields }) => [...fields]);
  expect(Object.keys(offer().map.columns).every((field) => known.some((one) => one === field))).toBe(true);
  // The 18 keys that `columns` of `--map` may hold.
  expect(new Set(known).size).toBe(18);
});

test('without a day or an amount nothing can be kept, and the dialog says what is wanted', async () => {
  const { onkept } = await dialog();
  const keep = screen.getByRole<HTMLButtonElement>('button', { name: '取り込む' });
  expect(keep.disabled).toBe(false);
  const date = screen.getByRole('combobox', { name: '「注文日時」の列が何か' });
  await fireEvent.change(date, { target: { value: '' } });
  expect(keep.disabled).toBe(true);
  expect(within(screen.getByRole('list', { name: '読むのに要る列' })).getByText('注文した日の列を選んでください。')).toBeTruthy();
  await fireEvent.change(date, { target: { value: 'ordered_at' } });
  await fireEvent.click(keep);
  expect(onkept).toHaveBeenCalledWith(0, documentOf(saidOf(offer()), offer()));
});

test('the orders are read again after a pause, once for several choices', async () => {
  vi.useFakeTimers();
  try {
    const { preview } = await dialog();
    const status = screen.getByRole('combobox', { name: 'お届け待ち' });
    await fireEvent.change(status, { target: { value: 'placed' } });
    await fireEvent.change(status, { target: { value: 'shipped' } });
    await vi.advanceTimersByTimeAsync(400);
    expect(preview).toHaveBeenCalledOnce();
    expect(preview.mock.calls[0]).toMatchObject([0, { statuses: { お届け待ち: 'shipped' } }]);
    expect(screen.getByText(/の受注ができます/)).toBeTruthy();
    expect(screen.getAllByText('架空 みどり', { selector: 'section td' }).length).toBeGreaterThan(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a store is named once it is typed', async () => {
  const onnamed = vi.fn();
  render(StoreForm, { busy: false, use: '使う', onnamed });
  const use = screen.getByRole<HTMLButtonElement>('button', { name: '使う' });
  expect(use.disabled).toBe(true);
  await fireEvent.input(screen.getByRole('textbox', { name: 'Yahoo!ショッピングのストアアカウント' }), { target: { value: ' mihon-store ' } });
  await fireEvent.click(use);
  expect(onnamed).toHaveBeenCalledWith('mihon-store');
});
