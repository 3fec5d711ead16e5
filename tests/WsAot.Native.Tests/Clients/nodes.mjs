// nodes.mjs URL OTHER CHROMIUM FOLDER: Ann is on one server, Ben on another. Prints 'ready' when they have talked, and 'closed' when Ben's
// server is gone and Ann has said more; ends when Ben's page has come back and has it. Pictures go to FOLDER.
import { join } from 'node:path';
import { browse, lines, until } from './browser.mjs';
import { say } from './common.mjs';

const [url, other, executablePath, folder] = process.argv.slice(2);
const here = (page, count) =>
  page.waitForFunction(n => document.querySelectorAll('#chat-present li').length === n, count);

say(await browse(url, executablePath, async tab => {
  const [ann, ben] = [await tab(), await tab(other)];
  for (const [page, name] of [[ann, 'Ann'], [ben, 'Ben']]) {
    await page.fill('#chat-name', name);
    await page.click('#chat-join');
    await page.waitForSelector('#chat-send:enabled');
  }
  const speak = async (page, text) => {
    await page.fill('#chat-input', text);
    await page.press('#chat-input', 'Enter');
  };
  await here(ann, 2);
  await here(ben, 2);
  await speak(ann, 'hello Ben');
  await until(ben, 'chat-log', 1);
  await speak(ben, 'hello Ann');
  await until(ann, 'chat-log', 2);
  await ann.screenshot({ path: join(folder, 'nodes-ann.png') });
  console.log('ready');
  await ben.waitForSelector('#chat-send:disabled');
  await speak(ann, 'while you were away');
  await until(ann, 'chat-log', 3);
  console.log('closed');
  await ben.waitForSelector('#chat-send:enabled');
  await until(ben, 'chat-log', 3);
  await speak(ben, 'here I am');
  await until(ann, 'chat-log', 4);
  await until(ben, 'chat-log', 4);
  await here(ann, 2);
  await ben.screenshot({ path: join(folder, 'nodes-ben.png') });
  return { ann: await lines(ann, 'chat-log'), ben: await lines(ben, 'chat-log') };
}));
