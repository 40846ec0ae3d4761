// What `npx playwright test` runs. scripts/test.sh sets the environment; support/global.js says what is needed.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'results',
  globalSetup: './support/global.js',
  // Each worker has a server and a database of its own, so tests of one file may run side by side.
  fullyParallel: true,
  workers: 2,
  // A machine that is busy with something else can be late once; what fails twice is wrong. At a desk every
  // failure is looked at.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: 'list',
  use: {
    locale: 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        // No process in store for a page that may come: each costs as much as loading one.
        '--renderer-process-limit=1',
        // Every test loads the client anew: its functions are compiled when they are called, and once.
        '--js-flags=--no-wasm-tier-up --wasm-lazy-compilation',
      ],
    },
  },
});
