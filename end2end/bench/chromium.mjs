// Debian's Chromium as the measures want it.
import { chromium } from 'playwright-core';

export const launch = (...more) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: [
      ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...more,
    ],
  });

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** For the person who watches; the other lines are for the script. */
export const say = (text) => console.log(`# ${text}`);
