// described.mjs URL CHROMIUM FOLDER: the page that typescript.mjs compiled into FOLDER, where its picture goes. Prints 'ready' when the
// server may be stopped and 'lost' when the page says that it has gone; ends when the page has come back by itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { browse, lines } from './browser.mjs';
import { say } from './common.mjs';

const [url, executablePath, folder] = process.argv.slice(2);

say(await browse(url, executablePath, async (tab, problems) => {
  // In the place of the server's own page: Chromium lets only what it has from there connect there.
  const page = await tab();
  await page.route(/\/(page|client)\.js$/, route => route.fulfill({ path: join(folder, route.request().url().slice(url.length)) }));
  await page.setContent(readFileSync(join(folder, 'page.html'), 'utf8'));
  await page.waitForSelector('[data-done=calls]');
  console.log('ready');
  await page.waitForSelector('[data-state=waiting]');
  console.log('lost');
  await page.waitForSelector('[data-done=all]');
  await page.screenshot({ path: join(folder, 'page.png') });
  return {
    state: await page.textContent('#state'),
    calls: await lines(page, 'calls'),
    ticks: await lines(page, 'ticks'),
    heard: await lines(page, 'heard'),
    // That the server was gone for a while is what the browser says of it, too.
    problems: problems.filter(problem => !problem.includes('WebSocket connection to')),
  };
}));
