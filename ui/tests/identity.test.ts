import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Identity as Answer } from '../src/api/generated/Identity';
import type { Screen } from '../src/api/generated/Screen';
import * as format from '../src/lib/format';
import { t } from '../src/lib/i18n';
import type { People } from '../src/screens/identity';
import Identity from '../src/screens/identity/Identity.svelte';
import { frame, recorded } from './recorded';

const told = () => document.body.textContent ?? '';

function people(shop: string, actions: Partial<People> = {}): People {
  const { answer, finding } = recorded<Screen<Answer>>(`${shop}.identity`);
  return { finding, known: answer, join: () => Promise.resolve(1), apart: () => Promise.resolve(2), undo: () => Promise.resolve(), ...actions };
}

test('the first pair stands with its evidence side by side, in words and signs', () => {
  const given = people('doubt');
  render(Identity, { answer: given, here: frame({ place: 'identity' }) });
  const [pair] = given.known.likely_pairs;
  const article = screen.getByRole('article').textContent ?? '';
  for (const row of pair?.evidence ?? []) {
    expect(article).toContain(row.words);
    expect(article).toContain(row.left || format.NOTHING);
  }
  expect(told()).toContain(given.known.sensitivity.sentence);
  expect(given.known.habits_sentence).toContain('組');
  expect(told()).toContain(given.known.habits_sentence);
});

test('the owner decides by button or by key, and is told with a way back', async () => {
  const decided: string[] = [];
  const given = people('doubt', {
    join: (a, b) => Promise.resolve(decided.push(`join ${String(a)} ${String(b)}`)),
    apart: (a, b) => Promise.resolve(decided.push(`apart ${String(a)} ${String(b)}`)),
    undo: async (id) => void decided.push(await Promise.resolve(`undo ${String(id)}`)),
  });
  render(Identity, { answer: given, here: frame({ place: 'identity' }) });
  const [first, second] = given.known.likely_pairs;
  await fireEvent.click(screen.getByRole('button', { name: t('identity-same') }));
  const joined = t('identity-joined', { a: first?.left.display_name ?? '', b: first?.right.display_name ?? '' });
  // What is looked for among has its spaces, full-width ones too, made one plain space.
  await screen.findByText(joined.replace(/\s+/gu, ' '), { exact: false });
  await fireEvent.click(screen.getByRole('button', { name: t('record-undo') }));
  await screen.findByRole('button', { name: t('identity-later') });
  await fireEvent.keyDown(screen.getByRole('button', { name: t('identity-apart') }), { key: '3' });
  await fireEvent.keyDown(screen.getByRole('button', { name: t('identity-apart') }), { key: '2' });
  expect(decided).toEqual([
    `join ${String(first?.a)} ${String(first?.b)}`,
    'undo 1',
    `apart ${String(second?.a)} ${String(second?.b)}`,
  ]);
});

test('decisions stand with their sentence, and a shop without doubt says so', () => {
  const given = people('doubt');
  const { unmount } = render(Identity, { answer: given, here: frame({ place: 'identity' }) });
  expect(given.known.decisions.length).toBe(3);
  for (const { sentence } of given.known.decisions) expect(told()).toContain(sentence);
  unmount();
  render(Identity, { answer: people('empty'), here: frame({ place: 'identity' }) });
  expect(told()).toContain(t('identity-nobody'));
});
