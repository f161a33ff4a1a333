import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test as base, type Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  help: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** A page that fails its test on anything it complains of: an error, a refusal of the policy, a missing file. */
export const test = base.extend<{ page: Page }>({
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    await use(page);
    expect(complaints, 'the page complains of nothing').toEqual([]);
  },
});

/** Opens a place of the recorded shop and waits until it stands. */
export async function open(page: Page, place: string, shop = 'usual', more = ''): Promise<void> {
  await page.goto(`/?case=${shop}${more}#/${place}`);
  await page.locator('h1').waitFor();
  if (!more.includes('wait')) await page.locator('main[aria-busy="false"]').waitFor();
  // What is drawn in the frames that follow.
  await expect(page.locator('.in-turn')).toHaveCount(0);
}

/** Nothing an axe rule of WCAG 2.2 AA or good practice finds. Run past the page's own policy, which refuses strangers. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForTimeout(200);
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as { axe: { run: (on: Document, how: object) => Promise<{ violations: unknown[] }> } };
    const found = await engine.run(document, { rules: { 'target-size': { enabled: true } } });
    return found.violations;
  });
  const told = (violations as Violation[]).map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 4).map((node) => `  ${node.target.join(' ')} ${node.failureSummary ?? ''}`).join('\n')}`,
  );
  expect(told).toEqual([]);
}

/** The page is not wider than the window. */
export async function expectNoSideways(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
}

export { expect };
