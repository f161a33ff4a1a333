// What scripts/size-and-start.mjs measures inside the window: from a drop to the first chart, and how long a screen holds
// the window up. Each in a window of its own, led by a driver.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../tests/journey/driver.mjs';

/** Watches the page, presses what an owner presses as soon as it stands there, and notes when. Runs in the page. */
function press() {
  const times = (window.otokuiTimes = {});
  const note = (name) => (times[name] ??= performance.now());
  const named = (selector, name) => [...document.querySelectorAll(selector)].find((element) => !element.disabled && element.textContent.trim() === name);
  const look = () => {
    if (times.drawn) return;
    if (location.hash.startsWith('#/imports')) note('dropped');
    const record = times.previewed ? null : named('main button', '取り込む');
    if (times.dropped && record) {
      note('previewed');
      record.click();
    }
    const on = times.recorded ? null : named('main a', '今週を見る');
    if (times.previewed && on) {
      note('recorded');
      location.hash = '#/overview';
    }
    if (times.recorded && location.hash.startsWith('#/overview') && document.querySelector('main[aria-busy=false] .drawing svg')) {
      // The frame in which it is seen.
      requestAnimationFrame(() => requestAnimationFrame(() => note('drawn')));
    }
  };
  addEventListener('hashchange', look);
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
}

/** Milliseconds of the machine from a drop of this export into an empty ledger to the first chart; clicks take no time. */
export async function dropped(machine, file) {
  await machine.wake();
  const window = machine.driver;
  await window.reads('どこから、何を');
  await window.run(press);
  machine.drop([file]);
  const times = await until('the first chart', () => window.run(() => window.otokuiTimes.drawn && window.otokuiTimes), 60_000);
  return {
    preview: times.previewed - times.dropped,
    record: times.recorded - times.previewed,
    chart: times.drawn - times.recorded,
    whole: times.drawn - times.dropped,
  };
}

/**
 * Goes to a place; notes when its screen stands, when all of it does (it is drawn in steps), and the longest time in which
 * the page answered nobody. Runs in the page.
 */
function visit(place) {
  const walk = (window.otokuiWalk = { began: performance.now(), held: 0 });
  const heading = () => document.querySelector('main[aria-busy=false] h1')?.textContent;
  const before = heading();
  let last = walk.began;
  const beat = () => {
    const now = performance.now();
    walk.held = Math.max(walk.held, now - last);
    last = now;
    if (heading() && heading() !== before) walk.took ??= now - walk.began;
    if (walk.took && !document.querySelector('main .in-turn')) walk.whole ??= now - walk.began;
    // Half a second more: what is drawn late holds the page up as well.
    if (!walk.whole || now - walk.began < walk.whole + 500) setTimeout(beat, 0);
    else walk.over = true;
  };
  setTimeout(beat, 0);
  location.hash = `#/${place}`;
}

/** Every screen of an open ledger, one after the other: milliseconds to stand, until all of it does, and the longest hold-up. */
export async function walked(machine, top) {
  const routes = readFileSync(join(top, 'ui', 'src', 'routes.ts'), 'utf8');
  const places = [...routes.matchAll(/\{ place: '([a-z-]+)'/g)].map(([, place]) => place).filter((place) => !['item', 'customer'].includes(place));
  // The one it begins with comes last.
  places.push(places.shift());
  await machine.wake();
  const window = machine.driver;
  await until('the first screen', () => window.run(() => document.querySelector('main[aria-busy=false] h1') !== null));
  const walks = [];
  for (const place of places) {
    await window.run(visit, place);
    const walk = await until(`the screen ${place}`, () => window.run(() => window.otokuiWalk.over && window.otokuiWalk), 60_000);
    walks.push({ place, took: walk.took, whole: walk.whole, held: walk.held });
  }
  return walks;
}
