// Pictures of every page at three widths, by day and by night, in two languages, and sheets that show many at once:
// to be looked at by people. Not a test.
//
//   NHIP_BIN=target/debug/nhip node tests/browser/pictures.mjs FOLDER [PART OF A NAME…]
//
// With NHIP_SHEETS_ONLY the pictures of the last time are laid out anew.
// With NHIP_AT (an address) and NHIP_SIGN_INS (what that demo printed) a running demo is used.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { ALL, addressOf } from './pages.mjs';
import { newPerson, signIn, signInsOf, startBrowser, startDemo } from './support.mjs';

const WIDTHS = [360, 768, 1280];
const LANGUAGES = ['vi', 'en'];
/** Of a sheet: pages on it, and pixels of each; what lies deeper is in the picture itself. */
const [COLUMNS, COLUMN, DEPTH] = [4, 340, 1400];

const [folder = 'target/pictures', ...parts] = process.argv.slice(2);
const nhip = process.env.NHIP_AT ? await running(process.env.NHIP_AT) : await startDemo();
const browser = await startBrowser();
const wanted = ALL.filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));
await mkdir(folder, { recursive: true });
try {
  if (!process.env.NHIP_SHEETS_ONLY) for (const subject of wanted) await take(subject);
  for (const language of LANGUAGES) {
    for (const width of WIDTHS) {
      for (const dark of [false, true]) await sheet(language, width, dark);
    }
  }
} finally {
  await browser.close();
  await nhip.stop();
}

/** @param {string} url @returns {Promise<import('./support.mjs').Nhip>} */
async function running(url) {
  const said = process.env.NHIP_SIGN_INS ? await readFile(process.env.NHIP_SIGN_INS, 'utf8') : '';
  return { url, data: '', signIns: signInsOf(said), output: () => said, expects: () => {}, stop: async () => {} };
}

/** @param {string} name @param {string} language @param {number} width @param {boolean} dark */
function fileOf(name, language, width, dark) {
  return `${name.replaceAll(' ', '-')}-${language}-${width}${dark ? '-dark' : ''}.png`;
}

/** @param {import('./pages.mjs').PageUnderTest} subject */
async function take(subject) {
  for (const language of LANGUAGES) {
    const { page, context } = await newPerson(browser, nhip, { language });
    if (subject.role) await signIn(page, nhip, subject.role);
    await page.goto(await addressOf(nhip, subject), { waitUntil: 'load' });
    for (const width of WIDTHS) {
      for (const dark of [false, true]) {
        await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
        await page.setViewportSize({ width, height: width < 700 ? 740 : 900 });
        await allPhotos(page);
        await page.screenshot({ path: path.join(folder, fileOf(subject.name, language, width, dark)), fullPage: true });
      }
    }
    await context.close();
  }
}

/** Photos load when they come near; a picture of the whole page wants them all. @param {import('playwright-core').Page} page */
async function allPhotos(page) {
  await page.evaluate(async () => {
    // What comes when it is near is all there on paper.
    dispatchEvent(new Event('beforeprint'));
    const photos = [...document.images];
    photos.forEach((photo) => (photo.loading = 'eager'));
    await Promise.all(photos.map((photo) => photo.decode().catch(() => undefined)));
  });
}

/**
 * All pages of a language and a width beside each other.
 * @param {string} language @param {number} width @param {boolean} dark
 */
async function sheet(language, width, dark) {
  for (let at = 0; at < wanted.length; at += COLUMNS) {
    const figures = [];
    for (const { name } of wanted.slice(at, at + COLUMNS)) {
      const file = fileOf(name, language, width, dark);
      const bytes = await readFile(path.join(folder, file));
      figures.push(`<figure><figcaption>${file}</figcaption><img src="data:image/png;base64,${bytes.toString('base64')}"></figure>`);
    }
    const page = await browser.newPage({ viewport: { width: COLUMNS * (COLUMN + 8) + 8, height: 600 } });
    await page.setContent(`<style>body{margin:8px;display:flex;align-items:start;gap:8px;background:#888;font:12px sans-serif}
      figure{margin:0;width:${COLUMN}px;max-height:${DEPTH}px;overflow:hidden} img{width:${COLUMN}px;display:block}</style>${figures.join('')}`);
    const name = `sheet-${language}-${width}${dark ? '-dark' : ''}-${String(1 + at / COLUMNS).padStart(2, '0')}.png`;
    await writeFile(path.join(folder, name), await page.screenshot({ fullPage: true }));
    await page.close();
  }
}
