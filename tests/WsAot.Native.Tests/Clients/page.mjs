// page.mjs URL CHROMIUM FOLDER: a person echoes and chats on the page, in two tabs; pictures go to FOLDER.
import { join } from 'node:path';
import { browse, lines, until } from './browser.mjs';
import { say } from './common.mjs';

const [url, executablePath, folder] = process.argv.slice(2);

// Two browsers beside each other: Cyd has come later, and reads what was said before.
async function pictureOfTheChat(tab, colorScheme) {
  const people = [];
  async function enter(name) {
    const page = await tab();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 480, height: 900 });
    await page.fill('#chat-room', colorScheme === 'light' ? 'lobby' : 'team');
    await page.fill('#chat-name', name);
    await page.click('#chat-join');
    await page.waitForSelector('#chat-send:enabled');
    people.push(page);
    return page;
  }
  const said = async (page, text, count) => {
    await page.fill('#chat-input', text);
    await page.press('#chat-input', 'Enter');
    await until(page, 'chat-log', count);
  };
  const ann = await enter('Ann'), ben = await enter('Ben');
  await said(ann, 'Good morning! Did the release go out?', 1);
  await said(ben, 'Yes, last night. Nobody was disconnected.', 2);
  await said(ann, 'Then who was away has missed nothing?', 3);
  const cyd = await enter('Cyd');
  await until(cyd, 'chat-log', 3);
  await said(cyd, 'I was, and I can read all of it :-)', 4);
  await until(ann, 'chat-log', 4);
  for (const page of people) await page.waitForFunction(() => document.querySelectorAll('#chat-present li').length === 3);
  const pictures = [];
  for (const page of [ann, cyd]) {
    await page.bringToFront();
    pictures.push((await page.locator('section:has(#chat-title)').screenshot()).toString('base64'));
  }
  const [both] = people;
  await both.setViewportSize({ width: 1000, height: 640 });
  // With an icon, or the browser would ask the server for one.
  await both.setContent('<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
    + '<body style="margin:0;padding:16px;display:inline-flex;gap:16px;background:Canvas">' + pictures.map(picture => `<img src="data:image/png;base64,${picture}">`).join(''));
  await both.locator('body').screenshot({ path: join(folder, `chat-${colorScheme}.png`) });
  for (const page of people) await page.close();
}

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
  await cyd.waitForFunction(() => document.querySelectorAll('#chat-present li').length === 3);
  const later = await lines(cyd, 'chat-log');
  const seenByCyd = await present(cyd);
  await cyd.close();
  await ann.waitForFunction(() => document.querySelectorAll('#chat-present li').length === 2);
  const chat = {
    both,
    later,
    seenByCyd,
    left: await present(ann),
    state: await ben.textContent('#chat-state'),
    ann: await lines(ann, 'chat-log'),
    ben: await lines(ben, 'chat-log'),
  };

  for (const scheme of ['light', 'dark']) await pictureOfTheChat(tab, scheme);

  await ann.bringToFront();
  await ann.fill('#rpc-input', '1 2, 39');
  await ann.click('#rpc-send');
  await ann.waitForFunction(() => document.querySelector('#rpc-result').textContent.includes('='));
  await ann.waitForFunction(() => document.querySelector('#rpc-chart polyline').points.length >= 2);
  const rpc = {
    state: await ann.textContent('#rpc-state'),
    result: await ann.textContent('#rpc-result'),
    latency: await ann.textContent('#rpc-latency'),
  };

  await ann.screenshot({ path: join(folder, 'page-light.png') });
  await ann.emulateMedia({ colorScheme: 'dark' });
  await ann.screenshot({ path: join(folder, 'page-dark.png') });
  await ann.setViewportSize({ width: 380, height: 900 });
  await ann.screenshot({ path: join(folder, 'page-narrow.png') });
  const unlabelled = await ann.$$eval('input, button, [role=log]', items => items
    .filter(item => !(item.labels?.length || item.ariaLabel || (item.tagName === 'BUTTON' && item.textContent.trim())))
    .map(item => item.id));

  const isWide = await ann.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  return { echo, chat, rpc, isWide, unlabelled, problems };
}));
