import { flushSync } from 'svelte';

/*
 * A screen is drawn in steps, so that it never holds the window up: what stands first comes first, the rest in the frames that
 * follow. Everything is there a moment later, in the order in which it stands on the page, whether somebody scrolls or not.
 */

/** So many milliseconds may pass between two frames until no further part is drawn and laid out; what is begun is finished. */
const SPELL = 16;

/** A window that is not seen has no frames; its page goes on after this many milliseconds. */
const FRAME = 100;

type Step = () => void;

/** Who waits: what stands on the page, from above to below, and behind it what is folded up. */
const line: Step[] = [];
const folded: Step[] = [];

/** While a step is drawn: those that joined the line within it. They come before what stands below it. */
let within: Step[] | null = null;
let called = false;
let all = false;

/** Joins the line; `last` behind everything that can be seen. Answers how to leave it. */
export function inTurn(step: Step, last = false): () => void {
  if (all) {
    step();
    return () => undefined;
  }
  (last ? folded : (within ?? line)).push(step);
  if (!called) {
    called = true;
    const began = performance.now();
    // In the same frame as the screen, as far as that has left time.
    queueMicrotask(() => draw(began + SPELL));
  }
  return () => {
    for (const waiting of [line, folded, within ?? []]) {
      const place = waiting.indexOf(step);
      if (place >= 0) waiting.splice(place, 1);
    }
  };
}

/** Draws everything that waits, now. */
export function hurry(): void {
  while (next());
}

/** From now on nothing waits: for a page without frames. */
export function atOnce(): void {
  all = true;
  hurry();
}

/** Draws who is next; nobody was when false. */
function next(): boolean {
  const step = line.shift() ?? folded.shift();
  if (!step) return false;
  within = [];
  try {
    flushSync(step);
  } finally {
    line.unshift(...within);
    within = null;
  }
  return true;
}

/** Draws until that moment, at least one, and goes on after the next frame. */
function draw(until: number): void {
  try {
    // Asking for a height lays it out: most of the time goes there, and it is to count.
    while (next() && document.body.offsetHeight >= 0 && performance.now() < until);
  } finally {
    if (line.length + folded.length > 0) afterFrame(() => draw(performance.now() + SPELL));
    else called = false;
  }
}

function afterFrame(go: () => void): void {
  let gone = false;
  const once = (): void => {
    if (gone) return;
    gone = true;
    clearTimeout(timer);
    go();
  };
  const timer = setTimeout(once, FRAME);
  requestAnimationFrame(() => setTimeout(once));
}

// Paper shows all of it.
globalThis.addEventListener?.('beforeprint', hurry);
