// page.mjs URL CHROMIUM FOLDER: a person echoes and chats on the page, in two tabs; pictures go to FOLDER.
import { join } from 'node:path';
import { browse, lines, until } from './browser.mjs';
import { say } from './common.mjs';

const [url, executablePath, folder] = process.argv.slice(2);

say(await browse(url, executablePath, async (tab, problems) => {
  const [ann, ben] = [await tab(), await tab()];

  await ann.fill('#echo-input', 'grüß dich 😀');
  await ann.click('#echo-send');
  await until(ann, 'echo-log', 1);
  await ann.fill('#echo-input', '<b>not markup</b>');
  await ann.press('#echo-input', 'Enter');
  await until(ann, 'echo-log', 2);
  const echo = {
    state: await ann.textContent('#echo-state'),
    lines: await lines(ann, 'echo-log'),
    times: await ann.$$eval('#echo-log small', items => items.map(item => item.textContent)),
    inputAfterwards: await ann.inputValue('#echo-input'),
    markup: await ann.$$eval('#echo-log b', items => items.length),
  };

  for (const [page, name] of [[ann, 'Ann'], [ben, 'Ben']]) {
    await page.fill('#chat-room', 'café 1/2');
    await page.fill('#chat-name', name);
    await page.click('#chat-join');
    await page.waitForSelector('#chat-send:enabled');
  }
  await ann.fill('#chat-input', 'hello Ben');
  await ann.press('#chat-input', 'Enter');
  await until(ben, 'chat-log', 1);
  await ben.fill('#chat-input', 'hello Ann');
  await ben.click('#chat-send');
  await until(ann, 'chat-log', 2);
  await until(ben, 'chat-log', 2);
  const present = tab => tab.$$eval('#chat-present li', items => items.map(item => item.textContent).sort());
  await ann.waitForFunction(() => document.querySelectorAll('#chat-present li').length === 2);
  const both = await present(ann);
  // Who comes later reads what was said, and those who are there see it come and go.
  const cyd = await tab();
  await cyd.fill('#chat-room', 'café 1/2');
  await cyd.fill('#chat-name', 'Cyd');
  await cyd.click('#chat-join');
  await until(cyd, 'chat-log', 2);
  await ann.waitForFunction(() => document.querySelectorAll('#chat-present li').length === 3);
  const later = await lines(cyd, 'chat-log');
  await cyd.close();
  await ann.waitForFunction(() => document.querySelectorAll('#chat-present li').length === 2);
  const chat = {
    both,
    later,
    left: await present(ann),
    state: await ben.textContent('#chat-state'),
    ann: await lines(ann, 'chat-log'),
    ben: await lines(ben, 'chat-log'),
  };

  await ann.bringToFront();
  await ann.screenshot({ path: join(folder, 'page-light.png') });
  await ann.emulateMedia({ colorScheme: 'dark' });
  await ann.screenshot({ path: join(folder, 'page-dark.png') });
  await ann.setViewportSize({ width: 380, height: 900 });
  await ann.screenshot({ path: join(folder, 'page-narrow.png') });
  const unlabelled = await ann.$$eval('input, button, [role=log]', items => items
    .filter(item => !(item.labels?.length || item.ariaLabel || (item.tagName === 'BUTTON' && item.textContent.trim())))
    .map(item => item.id));

  return { echo, chat, unlabelled, problems };
}));
