import { defineConfig } from '@playwright/test';

/** The system's Chromium, never a downloaded one. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Two walks on one machine need two ports. */
const port = process.env['OTOKUI_E2E_PORT'] ?? '4174';
const baseURL = `http://localhost:${port}`;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  reporter: [['list']],
  workers: 2,
  // Long enough for a busy machine: a walk proves what the page does, not how fast the machine is.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL,
    locale: 'ja-JP',
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath, args: ['--no-sandbox'] },
  },
  webServer: { command: `npm run sample -- --port ${port} --strictPort`, url: baseURL, reuseExistingServer: false, timeout: 120_000 },
});
