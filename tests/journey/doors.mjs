// What a page that is not ours would try, in a window that stands open, and does not get.

import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { createServer } from 'node:http';
import { answer } from './machine.mjs';

/** Tries it. */
export async function doors(machine, part) {
  const window = machine.driver;

  await part('7 no way out', async () => {
    const heard = [];
    const server = createServer((request, response) => response.end(request.url)).on('connection', () => heard.push('a connection'));
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    const outside = `http://127.0.0.1:${server.address().port}/`;
    strictEqual(await (await fetch(outside)).text(), '/', 'the server would answer');
    heard.length = 0;
    const windows = machine.windows('').length;
    await tries(window, outside);
    match(await window.run(() => location.href), /^tauri:\/\/localhost/, 'the page is where it was');
    await window.reads('取り込む前の確認');
    strictEqual(machine.windows('').length, windows, 'no other window was opened');
    server.closeAllConnections();
    server.close();
    deepStrictEqual(heard, [], 'nothing reached it');
  });

  await part('8 no other command', async () => {
    for (const command of ['plugin:fs|read_text_file', 'plugin:dialog|open', 'plugin:dialog|message', 'plugin:event|emit', 'plugin:event|emit_to', 'plugin:event|listen',
      'plugin:webview|create_webview_window', 'plugin:window|set_title', 'plugin:path|resolve_directory', 'plugin:app|version',
      'plugin:shell|execute', 'plugin:http|fetch', 'read_file']) {
      strictEqual((await ask(window, command, { path: '/etc/hostname' })).answered, false, command);
    }
    const notes = { customer_id: 1, text: 'あ'.repeat(4_001) };
    match((await ask(window, 'note_add', notes)).said, /"code":"too_large"/, 'a text nobody types');
    match((await ask(window, 'customers', { query: { scope: {}, path: '/etc/hostname' } })).said, /unknown field `path`/);
    match((await ask(window, 'customers', { query: { sort: '1; drop table orders' } })).said, /unknown variant/);
    strictEqual((await ask(window, 'customers', { query: { search: "' or 1=1 --" } })).answered, true, 'a search is a search');
    strictEqual((await ask(window, 'start', {})).answered, true, 'what is permitted is answered');
    strictEqual(answer('imports', '--ledger', machine.ledger).length, 0, 'the ledger is as it was');
  });
}

/** Every way a page knows to reach another place. */
function tries(window, outside) {
  return window.run(async (outside) => {
    const put = (name, more) => document.body.appendChild(Object.assign(document.createElement(name), more));
    const ways = [
      () => fetch(outside),
      () => new Promise((done) => {
        const request = new XMLHttpRequest();
        request.onloadend = done;
        request.open('GET', outside);
        request.send();
      }),
      () => new WebSocket(outside.replace('http', 'ws')),
      () => new EventSource(outside),
      () => navigator.sendBeacon(outside, 'orders'),
      () => import(outside),
      () => new Worker(outside),
      () => put('img', { src: outside }),
      () => put('script', { src: outside }),
      () => put('link', { rel: 'stylesheet', href: outside }),
      () => put('link', { rel: 'prefetch', href: outside }),
      () => put('link', { rel: 'preconnect', href: outside }),
      () => put('link', { rel: 'dns-prefetch', href: outside }),
      () => put('iframe', { src: outside }),
      () => put('object', { data: outside }),
      () => put('video', { src: outside }),
      () => put('form', { action: outside }).submit(),
      () => put('a', { href: outside, ping: outside }).click(),
      () => put('a', { href: outside, target: '_blank' }).click(),
      () => put('a', { href: outside, download: 'orders' }).click(),
      () => window.open(outside),
      () => void (location.href = outside),
    ];
    for (const way of ways) {
      await Promise.race([Promise.resolve().then(way), new Promise((done) => setTimeout(done, 300))]).catch(() => undefined);
    }
    await new Promise((done) => setTimeout(done, 2_000));
    for (const put of document.querySelectorAll('body > :is(img, script[src^=http], link, iframe, object, video, form, a[download], a[href^="http:"])')) put.remove();
  }, outside);
}

/** What a command answers to the page. */
function ask(window, command, args) {
  return window.run(
    (command, args) =>
      window.__TAURI_INTERNALS__.invoke(command, args).then(
        () => ({ answered: true, said: '' }),
        (thrown) => ({ answered: false, said: typeof thrown === 'string' ? thrown : JSON.stringify(thrown) }),
      ),
    command,
    args,
  );
}
