// sample-chat.mjs URL CHROMIUM FOLDER: three people chat in the rooms of the sample; pictures go to FOLDER.
import { browse } from './browser.mjs';
import { say } from './common.mjs';
import { enterAs, names, looks } from './samples.mjs';

const [url, executablePath, folder] = process.argv.slice(2);
const lines = page => page.$$eval('#log li', items => items.map(item => `${item.querySelector('b').textContent}: ${item.lastChild.data}`));
const untilLines = (page, count) => page.waitForFunction(wanted => document.querySelectorAll('#log li').length === wanted, count);
const untilPeople = (page, count) => page.waitForFunction(wanted => document.querySelectorAll('#people li').length === wanted, count);

async function write(page, text) {
  await page.bringToFront();
  await page.fill('#text', text);
  await page.press('#text', 'Enter');
}

say(await browse(url, executablePath, async (tab, problems) => {
  const ann = await tab(), ben = await tab();
  await enterAs(ann, 'Ann');
  await enterAs(ben, 'Ben');
  for (const page of [ann, ben]) await untilPeople(page, 2);
  await write(ann, 'Good morning! Did the release go out?');
  await untilLines(ben, 1);
  await write(ben, 'Yes, last night. <b>Nobody</b> was disconnected.');
  await untilLines(ann, 2);

  // Who is in another room sees there that something was said here.
  await ann.bringToFront();
  await ann.click('#rooms button:text-is("team")');
  await write(ann, 'Only for the team');
  await untilLines(ann, 1);
  await ben.waitForSelector('#rooms button:has-text("team") b');
  const unread = await ben.$$eval('#rooms button', items => items.map(item => item.textContent));
  await ann.click('#rooms button:has-text("lobby")');
  await untilLines(ann, 2);

  // Who comes later reads what was said, and the others see them write.
  const cyd = await tab();
  await enterAs(cyd, 'Cyd');
  await untilLines(cyd, 2);
  await untilPeople(cyd, 3);
  await cyd.fill('#text', 'I was away, and can read all of it');
  await ann.waitForFunction(() => document.querySelector('#writing').textContent !== '');
  const writing = await ann.textContent('#writing');
  await cyd.press('#text', 'Enter');
  await untilLines(ann, 3);
  const look = await looks(ann, folder, 'chat');
  const seen = [await lines(ann), await lines(cyd)];

  await ben.close();
  await untilPeople(ann, 2);
  return { unread, writing, seen, left: await names(ann), markup: await ann.$$eval('#log li b b', items => items.length), ...look, problems };
}, [], '#people li'));
