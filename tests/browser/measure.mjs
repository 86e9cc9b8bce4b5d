// What a slow phone on a slow network gets: bytes, seconds, and the marks of Lighthouse. Prints the figures and ends
// with 1 when one is over its budget. Part of script/bench, because it wants a release binary and a quiet machine.
//
//   NHIP_BIN=target/release/nhip node tests/browser/measure.mjs [first-page] [journey] [lighthouse]
//
// The phone: CPU × 6 slower than this machine, and slow 3G as Chromium's tools have it. The first visit, an empty cache.
// *Usable* is when the page has been painted and its links and forms answer: the later of the first contentful paint
// and the end of the last long task before DOMContentLoaded; all of it works without scripts, so none is waited for.

import assert from 'node:assert/strict';

import { addressOf, pageNamed } from './pages.mjs';
import { PHONE, freePort, newPerson, startBrowser, startDemo } from './support.mjs';

/** Slow 3G: milliseconds of round trip, bytes per second down and up (400 kbit/s). */
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const CPU = 6;
/** Budgets of the issue. */
const PAGE_BYTES = 60_000;
const USABLE_MS = 2_500;
const JOURNEY_MS = 30_000;
const MARK = 95;
/** How often Lighthouse looks at a page; the mark is the one in the middle. */
const LOOKS = 3;
/** Bytes of a photo as a phone takes it. */
const PHOTO = [3_000_000, 4_500_000];
/** Milliseconds a person needs for one tap or to read where to tap; the words are typed at 5 letters a second. */
const [TAP, LETTER] = [400, 200];

const parts = process.argv.slice(2);
const wants = (/** @type {string} */ part) => parts.length === 0 || parts.includes(part);
/** @type {string[]} */
const over = [];
const nhip = await startDemo();
/** Lighthouse comes in by a door of its own. */
const port = await freePort();
const browser = await startBrowser([`--remote-debugging-port=${port}`]);
try {
  if (wants('first-page')) await firstPages();
  if (wants('journey')) await journey();
  if (wants('lighthouse')) await lighthouse();
} finally {
  await browser.close();
  await nhip.stop();
}
for (const what of over) console.log(`over budget: ${what}`);
process.exitCode = over.length > 0 ? 1 : 0;

/** @param {string} what @param {number} value @param {boolean} good */
function say(what, value, good, unit = '') {
  console.log(`${good ? ' ' : '!'} ${what}: ${unit === 's' ? (value / 1000).toFixed(2) : value.toLocaleString('en')} ${unit}`);
  if (!good) over.push(what);
}

async function slowPhone() {
  const person = await newPerson(browser, nhip, { language: 'vi', ...PHONE });
  const debug = await person.context.newCDPSession(person.page);
  await debug.send('Network.enable');
  await debug.send('Network.emulateNetworkConditions', SLOW_3G);
  await debug.send('Emulation.setCPUThrottlingRate', { rate: CPU });
  person.context.setDefaultTimeout(120_000);
  return { ...person, debug };
}

/** Bytes on the wire of everything until nothing is under way and nothing was touched, and when the page is usable. */
async function firstPages() {
  for (const name of ['front', 'list', 'report', 'new report']) {
    const { page, context, debug } = await slowPhone();
    /** @type {Map<string, { url: string, bytes: number }>} */
    const seen = new Map();
    debug.on('Network.responseReceived', ({ requestId, response }) => seen.set(requestId, { url: response.url, bytes: 0 }));
    debug.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const one = seen.get(requestId);
      if (one) one.bytes = encodedDataLength;
    });
    const address = await addressOf(nhip, pageNamed(name));
    await page.addInitScript(() => {
      const tasks = (/** @type {any} */ (globalThis).tasks = /** @type {number[]} */ ([]));
      new PerformanceObserver((list) => list.getEntries().forEach(({ startTime, duration }) => tasks.push(startTime + duration))).observe({ type: 'longtask', buffered: true });
    });
    await page.goto(address, { waitUntil: 'load' });
    const { paint, ready, usable } = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation');
      const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity;
      const ready = navigation instanceof PerformanceNavigationTiming ? navigation.domInteractive : Infinity;
      const busy = /** @type {number[]} */ (/** @type {any} */ (globalThis).tasks).filter((end) => end <= Math.max(ready, paint) + 500);
      return { paint, ready, usable: Math.max(paint, ready, ...busy) };
    });
    await page.waitForLoadState('networkidle');
    const bytes = [...seen.values()].reduce((sum, one) => sum + one.bytes, 0);
    say(`${name}, first contentful paint`, paint, true, 's');
    say(`${name}, usable`, usable, usable < USABLE_MS, 's');
    say(`${name}, bytes of all resources`, bytes, bytes < PAGE_BYTES, 'B');
    if (process.env.NHIP_PARTS) for (const { url, bytes } of seen.values()) console.log(`    ${bytes} ${url.slice(nhip.url.length)}`);
    assert.ok(ready < Infinity);
    await context.close();
  }
}

/** From the address of the form to the receipt, with one photo as a phone takes it. */
async function journey() {
  const photo = await largePhoto();
  const { page, context } = await slowPhone();
  const began = performance.now();
  /** @type {string[]} */
  const when = [];
  const note = (/** @type {string} */ what) => when.push(`${what} ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const tap = () => page.waitForTimeout(TAP);
  await page.goto('/new', { waitUntil: 'commit' });
  await page.locator('#description').waitFor();
  note('form');
  await page.waitForLoadState('domcontentloaded');
  await tap();
  await page.locator('[name=photos]').setInputFiles({ name: 'IMG_2048.jpg', mimeType: 'image/jpeg', buffer: photo });
  note('photo chosen');
  await tap();
  await page.locator('#description').click();
  await page.keyboard.type('Nắp cống mất trước cổng trường', { delay: LETTER });
  note('words');
  await tap();
  await page.locator('[name=area]').selectOption({ index: 3 });
  await tap();
  await page.locator('main button[name=step][value=send]').click();
  note('pressed');
  await page.waitForURL(/\/my\//, { waitUntil: 'commit' }).catch(async () => {
    // Somebody told of the same; it is sent all the same.
    await page.locator('main button[name=step][value=send]').click();
    await page.waitForURL(/\/my\//, { waitUntil: 'commit' });
  });
  await page.locator('h1').waitFor();
  note('sent');
  const took = performance.now() - began;
  console.log(`  a photo of ${(photo.length / 1e6).toFixed(1)} MB; ${when.join(', ')}`);
  say('from open to sent', took, took <= JOURNEY_MS, 's');
  await context.close();
}

async function largePhoto() {
  const { page, context } = await newPerson(browser, nhip, {});
  await page.goto('/about');
  const bytes = Buffer.from(
    await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [4000, 3000];
      const pen = canvas.getContext('2d');
      let dice = 7;
      for (let n = 0; n < 120_000; n += 1) {
        dice = (dice * 48_271) % 2_147_483_647;
        if (pen) pen.fillStyle = `hsl(${dice % 60} ${20 + (dice % 30)}% ${30 + (dice % 40)}%)`;
        pen?.fillRect(dice % 4000, (dice >> 8) % 3000, 40, 28);
      }
      /** @type {Blob} */
      const blob = await new Promise((done) => canvas.toBlob((made) => done(made ?? new Blob()), 'image/jpeg', 0.97));
      return [...new Uint8Array(await blob.arrayBuffer())];
    }),
  );
  await context.close();
  const [least = 0, most = 0] = PHOTO;
  assert.ok(bytes.length > least && bytes.length < most, `the photo has ${bytes.length} bytes`);
  return bytes;
}

/** The marks, with Lighthouse's own phone and network. */
async function lighthouse() {
  const { default: audit } = await import('lighthouse');
  for (const name of ['front', 'list', 'report', 'new report']) {
    const address = nhip.url + (await addressOf(nhip, pageNamed(name)));
    const looks = [];
    for (let look = 0; look < LOOKS; look += 1) {
      const result = await audit(address, { port, logLevel: 'error', output: 'json', locale: 'en' });
      assert.ok(result, `Lighthouse said nothing of ${name}`);
      looks.push(result.lhr);
    }
    const [{ categories, audits }] = looks;
    for (const { id, auditRefs } of Object.values(categories)) {
      const marks = looks.map((look) => Math.round((look.categories[id]?.score ?? 0) * 100)).sort((a, b) => a - b);
      const mark = marks[Math.floor(LOOKS / 2)] ?? 0;
      say(`${name}, Lighthouse ${id}`, mark, mark >= MARK, `(${marks.join(', ')})`);
      const low = auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9);
      for (const { id } of low) console.log(`    ${id}: ${audits[id]?.displayValue ?? audits[id]?.title}`);
    }
  }
}
