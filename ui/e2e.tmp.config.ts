import base from './playwright.config';
export default { ...base, workers: 1, webServer: { command: `npx vite preview --outDir /tmp/win/ui-sample --port ${process.env['OTOKUI_E2E_PORT']} --strictPort`, url: base.use!.baseURL, reuseExistingServer: false, timeout: 120_000 } };
