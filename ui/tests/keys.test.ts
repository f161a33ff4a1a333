import { expect, test } from 'vitest';
import { wish } from '../src/lib/keys';

/** The key pressed in a new element of this kind. */
function press(key: string, more: KeyboardEventInit = {}, kind = 'body') {
  const target = kind === 'body' ? document.body : document.body.appendChild(document.createElement(kind));
  let heard: ReturnType<typeof wish> = null;
  const listen = (event: KeyboardEvent) => (heard = wish(event));
  addEventListener('keydown', listen);
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  removeEventListener('keydown', listen);
  return heard;
}

const control = { ctrlKey: true };

test('the keys do what the help says', () => {
  expect(press('F1')).toBe('help');
  expect(press('o', control)).toBe('open');
  expect(press('F', control)).toBe('find');
  expect(press('p', { metaKey: true })).toBe('print');
  expect(press('z', control)).toBe('undo');
  expect(press(',', control)).toBe('settings');
});

test('what the browser would do is swallowed, what a text does is left to it', () => {
  for (const key of ['r', 'u', 'j', 'h', 's', 'g']) expect(press(key, control)).toBe('nothing');
  for (const key of ['F3', 'F5', 'F7', 'F12']) expect(press(key)).toBe('nothing');
  expect(press('F5', control)).toBe('nothing');
  expect(press('R', { ctrlKey: true, shiftKey: true })).toBe('nothing');
  expect(press('z', control, 'input')).toBeNull();
  expect(press('z', control, 'textarea')).toBeNull();
  expect(press('z', { ctrlKey: true, shiftKey: true })).toBeNull();
  expect(press('o')).toBeNull();
  expect(press('c', control)).toBeNull();
});

test('a key that converts a word is nobody else’s', () => {
  expect(press('F1', { isComposing: true })).toBeNull();
  expect(press('z', { ctrlKey: true, isComposing: true })).toBeNull();
});
