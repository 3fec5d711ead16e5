// Headless Chromium with a profile of its own, as a container's root can run it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

// Calls act(tab, problems): tab() opens the page, or that of another server, in a new tab and waits until it is connected; problems
// gathers what a page complains of, and requests to any other host than the page's. flags are more arguments for the browser; ready selects
// what shows that the page is.
export async function browse(url, executablePath, act, flags = [], ready = '#echo-send:enabled') {
  const profile = mkdtempSync(join(tmpdir(), 'wsaot-page-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width: 900, height: 640 },
    // Root in a container has no sandbox; the other flags keep the browser from looking for hosts of its own.
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', ...flags],
  });
  const problems = [];
  async function tab(address = url) {
    const page = await browser.newPage();
    page.on('console', message => { if (['error', 'warning'].includes(message.type())) problems.push(message.text()); });
    page.on('pageerror', error => problems.push(error.message));
    page.on('request', request => {
      if (!request.url().startsWith(address) && !request.url().startsWith('data:')) problems.push(request.url());
    });
    await page.goto(address);
    await page.waitForSelector(ready);
    return page;
  }
  try {
    return await act(tab, problems);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

// The lines of a log without their notes.
export const lines = (page, log) => page.$$eval(`#${log} li`, items => items.map(item => item.firstChild?.data ?? ''));

// Waits until a log has so many lines.
export const until = (page, log, count) => page.waitForFunction(
  ([id, n]) => document.querySelectorAll(`#${id} li`).length >= n, [log, count]);
