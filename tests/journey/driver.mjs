// A WebDriver client of the few commands that the journey needs (W3C WebDriver, plain HTTP).
// selenium-webdriver would do the same with 60 packages, and it does not know WebKitGTK's way to name the program.

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** How long something may take to appear. */
export const PATIENCE = 20_000;

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks again until there is an answer; what was awaited is named when the patience is over. */
export async function until(what, ask, patience = PATIENCE) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited ${patience / 1000} s in vain for: ${what}${last ? ` (${last.message})` : ''}`);
    await pause(100);
  }
}

export class Driver {
  constructor(base) {
    this.base = base;
    /** Clicks made so far. */
    this.clicks = 0;
  }

  async ask(method, path, body) {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.error} ${value?.message}`);
    return value;
  }

  /** Starts the program with these arguments and takes hold of its window. */
  async open(binary, args = []) {
    const always = { 'webkitgtk:browserOptions': { binary, args } };
    const { sessionId } = await this.ask('POST', '/session', { capabilities: { alwaysMatch: always } });
    this.base = `${this.base}/session/${sessionId}`;
  }

  /** Closes the window, and the program with it. */
  close() {
    return this.ask('DELETE', '');
  }

  /** Runs a function in the page; what it returns comes back. It must not use anything from here. */
  run(script, ...args) {
    return this.ask('POST', '/execute/sync', { script: `return (${script}).apply(null, arguments)`, args });
  }

  /** Everything that can be read on the page. */
  text() {
    return this.run(() => document.body.innerText);
  }

  /** The screenshot as PNG bytes. */
  async screenshot() {
    return Buffer.from(await this.ask('GET', '/screenshot'), 'base64');
  }

  /**
   * The first thing on the page of this kind with this name, as people and screen readers know it: what is written
   * on it, or its aria-label. `name` is the beginning of the name.
   */
  async find(selector, name = '') {
    const found = await this.run(
      (selector, name) =>
        [...document.querySelectorAll(selector)].find((element) => {
          const label = element.getAttribute('aria-label') ?? element.textContent ?? '';
          return label.trim().replace(/\s+/g, ' ').startsWith(name) && element.getClientRects().length > 0;
        }) ?? null,
      selector,
      name,
    );
    return found && found[ELEMENT];
  }

  /** Waits for the thing and clicks it with the mouse. */
  async click(selector, name = '') {
    const element = await until(`${selector} 「${name}」`, () => this.find(selector, name));
    await this.ask('POST', `/element/${element}/click`, {});
    this.clicks += 1;
  }

  /** Waits for the list and picks the entry with the mouse. */
  async choose(selector, name, entry) {
    const list = await until(`${selector} 「${name}」`, () => this.find(selector, name));
    const option = await this.run(
      (list, entry) => [...list.options].find((option) => option.textContent.trim() === entry),
      { [ELEMENT]: list },
      entry,
    );
    if (!option) throw new Error(`「${name}」 has no entry 「${entry}」`);
    await this.ask('POST', `/element/${option[ELEMENT]}/click`, {});
  }

  /** Waits for the field and types into it. */
  async type(selector, text) {
    const field = await until(selector, () => this.find(selector));
    await this.ask('POST', `/element/${field}/value`, { text });
  }

  /** Waits until the words can be read on the page. */
  async reads(...words) {
    for (const word of words) await until(`the words 「${word}」`, async () => (await this.text()).includes(word));
  }
}
