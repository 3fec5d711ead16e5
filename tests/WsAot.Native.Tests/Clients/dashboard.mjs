// dashboard.mjs ADMIN_URL SERVER_URL TOKEN CHROMIUM FOLDER: an operator looks at the dashboard, with a client beside it; pictures go to FOLDER.
import { join } from 'node:path';
import WebSocket from 'ws';
import { browse } from './browser.mjs';
import { say } from './common.mjs';

const [adminUrl, serverUrl, token, executablePath, folder] = process.argv.slice(2);

const open = path => new Promise((resolve, reject) => {
  const socket = new WebSocket(serverUrl + path);
  socket.on('open', () => resolve(socket));
  socket.on('error', reject);
});

const closed = socket => new Promise(resolve => socket.on('close', (code, reason) => resolve(`${code} ${reason}`)));

say(await browse(adminUrl + '/', executablePath, async (tab, problems) => {
  const [echo, chat] = [await open('/echo'), await open('/chat/lobby')];
  await new Promise(resolve => new WebSocket(serverUrl + '/nowhere').on('error', resolve));
  const page = await tab();
  await page.fill('#login [name=token]', token);
  await page.press('#login [name=token]', 'Enter');
  await page.waitForFunction(() => document.querySelector('#state').textContent === 'ready');
  echo.send('hello');
  await page.waitForSelector('#topics td:has-text("chat/lobby")');
  // The charts show their last second.
  await page.waitForFunction(() => document.querySelector('#charts article:first-child b').textContent === '2');

  await page.click('#topics button');
  await page.waitForSelector('#look[open] table');
  // The subscription is made on a loop of the server: what is said before is not heard.
  for (let said = 0; (await page.$('#look td:has-text("café 😀")')) === null && said < 100; said++) {
    chat.send('café 😀');
    await page.waitForTimeout(100);
  }
  const heard = await page.textContent('#look tr:nth-child(2) td:last-child');
  await page.click('#look form button');

  const routes = await page.$$eval('#routes tr td:first-child', cells => cells.map(cell => cell.textContent));
  const refused = await page.textContent('#refusals tr:nth-child(2)');
  const pictures = [[1280, 'light'], [1280, 'dark'], [360, 'light']];
  const widths = [];
  for (const [width, colorScheme] of pictures) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `dashboard-${width}-${colorScheme}.png`), fullPage: true });
    widths.push(await page.evaluate(() => document.documentElement.scrollWidth));
  }

  await page.fill('#find input', '1');
  await page.click('#find button');
  await page.waitForSelector('#look[open] td:has-text("/echo")');
  page.on('dialog', dialog => dialog.accept());
  const ending = closed(echo);
  await page.click('#look td button');
  const end = await ending;
  chat.close();
  const unlabelled = await page.$$eval('input, button, canvas', items => items
    .filter(item => !item.hidden && !(item.labels?.length || item.ariaLabel || (item.tagName === 'BUTTON' && item.textContent.trim())))
    .map(item => item.outerHTML));

  return { heard, routes, refused, widths, end, unlabelled, problems };
}, [], '#login[open]'));
