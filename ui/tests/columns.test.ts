import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { Preview } from '../src/api/generated/Preview';
import ColumnsDialog from '../src/parts/ColumnsDialog.svelte';
import ImportFileCard from '../src/parts/ImportFileCard.svelte';
import { recorded } from './recorded';

const preview = recorded<Preview>('beside.preview');
const asked = preview.files.find((file) => file.state === 'needs_columns');
const list = preview.files.find((file) => file.kind === 'costs' && file.state === 'ready');

test('a list whose columns are not certain offers the choice on its card', async () => {
  if (!asked) throw new Error('recorded');
  const onchoose = vi.fn();
  render(ImportFileCard, { file: asked, onchoose });
  await fireEvent.click(screen.getByRole('button', { name: '列を選ぶ' }));
  expect(onchoose).toHaveBeenCalledOnce();
});

test('a file besides orders shows no counts of orders', () => {
  if (!list) throw new Error('recorded');
  render(ImportFileCard, { file: list });
  expect(screen.queryByText('新しい受注')).toBeNull();
  expect(screen.getByText(/原価表です/)).toBeTruthy();
});

test('a row that is used with a damaged code is told, and is not counted as unread', () => {
  const orders = preview.files.find((file) => file.kind === null) ?? list;
  if (!orders) throw new Error('recorded');
  const problem = { row: 3, column: '商品管理番号', kind: 'damaged_code', found: '1月2日', message: '3行目の商品管理番号がExcelで変わっているようです。', is_used: true };
  render(ImportFileCard, { file: { ...orders, problem_rows: 0, problems: [problem] } });
  expect(screen.getByText(/3行目の商品管理番号/)).toBeTruthy();
  expect(screen.queryByText(/読めなかった行/)).toBeNull();
});

test('two different columns have to be chosen', async () => {
  if (!asked?.columns) throw new Error('recorded');
  const onchosen = vi.fn();
  render(ColumnsDialog, { open: true, file: asked.file, columns: asked.columns, onchosen });
  const use = await screen.findByRole<HTMLButtonElement>('button', { name: 'この列で読む' });
  expect(use.disabled).toBe(true);
  const code = screen.getByRole('combobox', { name: '商品コード' });
  await fireEvent.change(code, { target: { value: '原価' } });
  expect(use.disabled).toBe(true);
  await fireEvent.change(code, { target: { value: 'うちの番号' } });
  expect(use.disabled).toBe(false);
  await fireEvent.click(use);
  expect(onchosen).toHaveBeenCalledWith('うちの番号', '原価');
});

test('a table without a use yet is named, and nothing on its card says that it failed', () => {
  const unused = preview.files.find((file) => file.state === 'unused');
  if (!unused) throw new Error('recorded');
  const { container } = render(ImportFileCard, { file: unused });
  expect(screen.getByText('今は使いません')).toBeTruthy();
  expect(screen.getByText(/今の版では使いません/)).toBeTruthy();
  expect(container.querySelector('.refused, dl, button')).toBeNull();
});
