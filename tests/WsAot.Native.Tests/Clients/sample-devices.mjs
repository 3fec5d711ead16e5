// sample-devices.mjs URL CHROMIUM FOLDER DEVICE...: two pages watch the devices that the program DEVICE... stands for; pictures go to FOLDER.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { browse } from './browser.mjs';
import { say } from './common.mjs';
import { looks } from './samples.mjs';

const [url, executablePath, folder, program, ...args] = process.argv.slice(2);
const running = new Map();
const start = name => running.set(name, spawn(program, [...args, name, url.replace('http', 'ws')], { stdio: 'ignore' }));
async function stop(name) {
  const device = running.get(name);
  running.delete(name);
  device.kill('SIGKILL');
  await once(device, 'exit');
}

// Waits until a card has at least so many points in its chart, and is away or not.
const untilCard = (page, name, count, isAway = false) => page.waitForFunction(([device, points, away]) => {
  const card = document.querySelector(`#devices > [data-name="${device}"]`);
  return card !== null && card.querySelector('polyline').points.length >= points && card.hasAttribute('data-away') === away;
}, [name, count, isAway]);
const cards = page => page.$$eval('#devices > li', items => items.map(item => item.dataset.name + (item.hasAttribute('data-away') ? ' away' : '')));

try {
  say(await browse(url, executablePath, async (tab, problems) => {
    const ann = await tab();
    const hint = await ann.textContent('#hint');
    // Faster, so that the test does not wait: what one page sets, devices that start later hear, and so do other pages.
    await ann.selectOption('#interval', '200');
    for (const name of ['greenhouse', 'cellar', 'attic']) start(name);
    for (const name of running.keys()) await untilCard(ann, name, 20);
    const value = await ann.textContent('#devices > [data-name=cellar] output');

    // A page that opens later has the charts at once.
    const ben = await tab();
    await ben.waitForFunction(() => document.querySelector('#interval').value === '200');
    for (const name of running.keys()) await untilCard(ben, name, 20);

    await stop('cellar');
    for (const page of [ann, ben]) {
      await page.bringToFront();
      await untilCard(page, 'cellar', 20, true);
    }
    const gone = [await cards(ann), await cards(ben)];
    const note = await ann.textContent('#devices > [data-name=cellar] small');
    const look = await looks(ann, folder, 'devices');

    start('cellar');
    await untilCard(ann, 'cellar', 20);
    return { hint, value, gone, note, back: await cards(ann), ...look, problems };
  }, [], '#state[data-open]'));
} finally {
  for (const name of [...running.keys()]) await stop(name);
}
