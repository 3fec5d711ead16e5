// sample-whiteboard.mjs URL CHROMIUM FOLDER: two people draw on the board of the sample, and a third one comes later; pictures go to FOLDER.
import { browse } from './browser.mjs';
import { say } from './common.mjs';
import { enterAs, names, looks } from './samples.mjs';

const [url, executablePath, folder] = process.argv.slice(2);

// Draws through points of the board's width and height, given as shares of them.
async function draw(page, points) {
  const { x, y, width, height } = await page.locator('#paper').boundingBox();
  const [first, ...rest] = points.map(([across, down]) => [x + across * width, y + down * height]);
  await page.bringToFront();
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: 4 });
  await page.mouse.up();
}

const wave = (top, phase) => Array.from({ length: 24 }, (_, i) => [0.1 + i / 30, top + 0.12 * Math.sin(phase + i / 3)]);

// Whether there is ink within 3 % of a point, or none. It looks at a copy: the page's canvas is not made to be read.
function isInk([across, down, wanted]) {
  const paper = document.querySelector('#paper'), reach = Math.round(paper.width * 0.03);
  const copy = new OffscreenCanvas(2 * reach, 2 * reach).getContext('2d', { willReadFrequently: true });
  copy.drawImage(paper, reach - across * paper.width, reach - down * paper.height);
  return copy.getImageData(0, 0, 2 * reach, 2 * reach).data.some(value => value !== 0) === wanted;
}
const untilInk = (page, [across, down], wanted = true) => page.waitForFunction(isInk, [across, down, wanted]);

say(await browse(url, executablePath, async (tab, problems) => {
  const ann = await tab(), ben = await tab();
  await enterAs(ann, 'Ann');
  await enterAs(ben, 'Ben');
  for (const page of [ann, ben]) await page.waitForFunction(() => document.querySelectorAll('#people li').length === 2);
  const both = [await names(ann), await names(ben)];

  await draw(ann, wave(0.3, 0));
  await untilInk(ben, wave(0.3, 0)[23]);
  await draw(ben, wave(0.6, 2));
  await untilInk(ann, wave(0.6, 2)[23]);
  // Ben's mouse is where his line ended.
  await ann.waitForSelector('.cursor[data-who=Ben]');
  const cursor = await ann.textContent('.cursor[data-who=Ben]');

  // Who comes later sees the drawing, and comes by phone.
  const cyd = await tab();
  await cyd.setViewportSize({ width: 390, height: 844 });
  await enterAs(cyd, 'Cyd');
  await untilInk(cyd, wave(0.3, 0)[23]);
  await untilInk(cyd, wave(0.6, 2)[23]);
  const isEmptyElsewhere = await cyd.evaluate(isInk, [0.5, 0.9, false]);
  await cyd.waitForFunction(() => document.querySelectorAll('#people li').length === 3);

  // With the keys alone: from the middle down to the left.
  await cyd.bringToFront();
  await cyd.focus('#paper');
  for (let i = 0; i < 6; i++) await cyd.keyboard.press('Shift+ArrowDown');
  await cyd.keyboard.press('Space');
  for (let i = 0; i < 6; i++) await cyd.keyboard.press('Shift+ArrowLeft');
  await cyd.keyboard.press('Space');
  await untilInk(ann, [0.2, 0.9]);
  await ann.waitForSelector('.cursor[data-who=Cyd]');

  const look = await looks(ann, folder, 'whiteboard');
  await cyd.close();
  await ann.waitForFunction(() => document.querySelectorAll('#people li').length === 2);
  const left = { names: await names(ann), cursors: await ann.$$eval('.cursor', all => all.map(one => one.dataset.who)) };

  // Clearing clears everybody's, and a finger draws as a mouse does.
  await ann.click('#clear');
  for (const page of [ann, ben]) await untilInk(page, wave(0.3, 0)[23], false);
  await ann.evaluate(() => {
    const paper = document.querySelector('#paper'), { left: x, top: y, width, height } = paper.getBoundingClientRect();
    paper.setPointerCapture = () => {};         // the browser knows no such finger
    for (const [type, across] of [['pointerdown', 0.2], ['pointermove', 0.4], ['pointerup', 0.4]]) {
      paper.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', isPrimary: true, bubbles: true, clientX: x + across * width, clientY: y + 0.5 * height }));
    }
  });
  await untilInk(ben, [0.3, 0.5]);
  return { both, cursor, isEmptyElsewhere, left, ...look, problems };
}, [], '#state[data-open]'));
