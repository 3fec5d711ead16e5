// secure-page.mjs URL CHROMIUM KEY FOLDER: a person echoes on the page over TLS. The browser takes a certificate with the key of this hash,
// whoever has signed it; a picture goes to FOLDER.
import { join } from 'node:path';
import { browse, lines, until } from './browser.mjs';
import { say } from './common.mjs';

const [url, executablePath, key, folder] = process.argv.slice(2);

say(await browse(url, executablePath, async (tab, problems) => {
  const page = await tab();
  await page.fill('#echo-input', 'grüß dich 😀');
  await page.click('#echo-send');
  await until(page, 'echo-log', 1);
  await page.screenshot({ path: join(folder, 'secure-page.png') });
  return {
    protocol: await page.evaluate(() => location.protocol),
    isSecure: await page.evaluate(() => isSecureContext),
    state: await page.textContent('#echo-state'),
    lines: await lines(page, 'echo-log'),
    problems,
  };
}, [`--ignore-certificate-errors-spki-list=${key}`]));
