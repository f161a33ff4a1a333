import { defineConfig } from '@playwright/test';

/** The system's Chromium, never a downloaded one. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  reporter: [['list']],
  workers: 2,
  timeout: 15_000,
  use: {
    baseURL: 'http://localhost:4174',
    locale: 'ja-JP',
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath, args: ['--no-sandbox'] },
  },
  webServer: { command: 'npm run sample', url: 'http://localhost:4174', reuseExistingServer: false, timeout: 120_000 },
});
