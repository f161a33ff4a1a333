/** What a key asks the frame for; `nothing` is a key of the browser behind the window that must do nothing here. */
export type Wish = 'help' | 'open' | 'find' | 'print' | 'undo' | 'settings' | 'nothing';

const WITH_CONTROL: Readonly<Record<string, Wish>> = {
  o: 'open',
  f: 'find',
  p: 'print',
  ',': 'settings',
  // Reload, source, downloads, history, save the page, find again.
  r: 'nothing',
  u: 'nothing',
  j: 'nothing',
  h: 'nothing',
  s: 'nothing',
  g: 'nothing',
};

/** Keys by themselves: find again, reload, a cursor in the text, the browser's tools. */
const ALONE: Readonly<Record<string, Wish>> = { F1: 'help', F3: 'nothing', F5: 'nothing', F7: 'nothing', F12: 'nothing' };

/** Whether a key goes into a text, which has an undoing of its own. */
function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type="checkbox"], [type="radio"]), textarea');
}

/** What a key press means; null when it is not the frame's, as while a word is being converted. */
export function wish(event: KeyboardEvent): Wish | null {
  if (event.isComposing) return null;
  const alone = ALONE[event.key];
  if (alone) return alone;
  if (!event.ctrlKey && !event.metaKey) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey || writes(event.target) ? null : 'undo';
  return WITH_CONTROL[key] ?? null;
}

/** Waits until a list stands, at most two seconds, then puts the cursor into its search. */
export async function focusSearch(): Promise<void> {
  for (let tries = 0; tries < 40; tries += 1) {
    const field = document.querySelector<HTMLInputElement>('input[type="search"]');
    if (field) {
      field.focus();
      field.select();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
