// What the scripts of the samples' pages share.
import { join } from 'node:path';

// Gives a name, and waits until the page has connected with it.
export async function enterAs(page, name) {
  await page.bringToFront();
  await page.fill('#name', name);
  await page.press('#name', 'Enter');
  await page.waitForFunction(own => [...document.querySelectorAll('#people li')].some(item => item.textContent === `${own} (you)`), name);
}

// Those who are here, as the page shows them.
export const names = page => page.$$eval('#people li', items => items.map(item => item.textContent));

// Pictures at the widths of a desktop and a phone, light and dark. Returns those in which the page is wider than its window, and the controls
// that have no label.
export async function looks(page, folder, name) {
  const wide = [];
  await page.bringToFront();
  for (const [width, height] of [[1280, 800], [390, 844]]) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const picture = `${name}-${width}-${colorScheme}`;
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wide.push(picture);
      // What has changed is painted by then, and what moves has arrived.
      await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map(animation => animation.finished)));
      await page.screenshot({ path: join(folder, `${picture}.png`) });
    }
  }
  const unlabelled = await page.$$eval('input, select, button, canvas', items => items
    .filter(item => !(item.labels?.length || item.ariaLabel || (item.tagName === 'BUTTON' && item.textContent.trim())))
    .map(item => item.id));
  return { wide, unlabelled };
}
