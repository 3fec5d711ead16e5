// comeback.mjs URL CHROMIUM: prints 'ready' when the page is connected, and 'closed' when it says that the server has gone; ends when
// the page has come back by itself, once there is a server again. The verdict has the page's words.
import { browse, lines, until } from './browser.mjs';
import { say } from './common.mjs';

const [url, executablePath] = process.argv.slice(2);

say(await browse(url, executablePath, async tab => {
  const page = await tab();
  console.log('ready');
  await page.waitForSelector('#echo-send:disabled');
  const closed = await page.textContent('#echo-state');
  console.log('closed');
  await page.waitForSelector('#echo-send:enabled');
  await page.fill('#echo-input', 'back');
  await page.click('#echo-send');
  await until(page, 'echo-log', 1);
  return { closed, state: await page.textContent('#echo-state'), lines: await lines(page, 'echo-log') };
}));
