// site.mjs FOLDER CHROMIUM PICTURES: follows every link of the site in FOLDER, opens pages on a phone and on a desk, searches.
import { createServer } from 'node:http';
import { readFileSync, readdirSync, statSync, existsSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { say } from './common.mjs';

const [folder, executablePath, pictures] = process.argv.slice(2);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const server = createServer((request, response) => {
  let file = join(folder, normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)));
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}/`;

const pages = readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.html') && !name.endsWith('toc.html'));
const html = new Map(pages.map(name => [name, readFileSync(join(folder, name), 'utf8')]));
const ids = new Map([...html].map(([name, text]) => [name, new Set([...text.matchAll(/\sid="([^"]*)"/g)].map(match => match[1]))]));
const broken = [];
for (const [name, text] of html) {
  for (const [, link] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
    const target = new URL(link.replaceAll('&amp;', '&'), origin + name);
    if (target.origin + '/' !== origin) continue;
    let file = decodeURIComponent(target.pathname).slice(1);
    if (file === '' || file.endsWith('/')) file += 'index.html';
    const anchor = decodeURIComponent(target.hash.slice(1));
    if (!existsSync(join(folder, file)) || (anchor && ids.has(file) && !ids.get(file).has(anchor))) broken.push(`${name}: ${link}`);
  }
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const problems = [];
async function open(page, name) {
  const complain = what => problems.push(`${name}: ${what}`);
  const onConsole = message => { if (message.type() === 'error') complain(message.text()); };
  const onRequest = request => { if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) complain(request.url()); };
  page.on('console', onConsole).on('pageerror', complain).on('request', onRequest);
  await page.goto(origin + name, { waitUntil: 'networkidle' });
  page.off('console', onConsole).off('pageerror', complain).off('request', onRequest);
}

// One page of each kind, and those with the widest tables.
const looked = ['index.html', 'docs/index.html', 'docs/start/tutorial.html', 'docs/reference/handlers.html', 'docs/reference/options.html',
  'docs/reference/metrics.html', 'docs/reference/build.html', 'docs/reference/nats.html', 'docs/how-to/operations.html',
  'docs/explanation/performance.html', 'docs/reference/topics.html', 'docs/reference/diagnostics/index.html',
  'docs/reference/diagnostics/WSA001.html', 'CHANGELOG.html',
  'api/WsAot.html', 'api/WsAot.WsConnection.html', 'api/WsAot.WsServerOptions.html'];
const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
const wide = [];
for (const name of looked) {
  await open(phone, name);
  if (await phone.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1)) wide.push(name);
}
const dark = await phone.evaluate(() => getComputedStyle(document.body).backgroundColor);

const desk = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
for (const [page, size] of [[desk, 'desk'], [phone, 'phone']]) {
  for (const name of ['index.html', 'docs/reference/options.html', 'api/WsAot.WsConnection.html']) {
    await open(page, name);
    await page.screenshot({ path: join(pictures, `${name.replaceAll('/', '-').replace('.html', '')}-${size}.png`) });
  }
}
const light = await desk.evaluate(() => getComputedStyle(document.body).backgroundColor);

await open(desk, 'index.html');
await desk.fill('#search-query', 'presence');
await desk.waitForSelector('#search-results .sr-item a');
const found = await desk.$$eval('#search-results .sr-item a', links => links.map(link => new URL(link.href).pathname));
await browser.close();
server.close();
say({ pages: pages.length, broken, problems, wide, dark, light, found });
