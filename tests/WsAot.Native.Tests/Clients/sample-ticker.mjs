// sample-ticker.mjs URL CHROMIUM FOLDER: the charts of the sample follow the prices; pictures go to FOLDER.
import { browse } from './browser.mjs';
import { say } from './common.mjs';
import { looks } from './samples.mjs';

const [url, executablePath, folder] = process.argv.slice(2);
const untilPoints = (page, count) => page.waitForFunction(wanted => {
  const charts = [...document.querySelectorAll('polyline')];
  return charts.length === 5 && charts.every(chart => chart.points.length >= wanted);
}, count);

say(await browse(url, executablePath, async (tab, problems) => {
  const ann = await tab();
  await untilPoints(ann, 20);
  // A page that opens later has the charts at once.
  const ben = await tab();
  await untilPoints(ben, 20);
  await ben.click('[data-name=INITECH]');
  await ben.waitForFunction(() => document.querySelector('#title').textContent.startsWith('INITECH '));
  const symbols = await ben.$$eval('#symbols button', items => items.map(item => item.dataset.name + (item.ariaPressed === 'true' ? ' pressed' : '')));
  const title = await ben.textContent('#title');
  return { symbols, title, ...await looks(ben, folder, 'ticker'), problems };
}, [], '#state[data-open]'));
