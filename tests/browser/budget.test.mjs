// What a first visit weighs on a phone, that the photos it does without are there when they are looked at, and that
// nothing moves when what is on its way arrives.
//
// Seconds are not measured here: they need a quiet machine and a release binary (measure.mjs).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { addressOf, firstLink, pageNamed } from './pages.mjs';
import { PHONE, newPerson, startBrowser, startDemo, weigh } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('./support.mjs').Nhip} */
let nhip;
/** @type {import('./support.mjs').Browser} */
let browser;

before(async () => {
  nhip = await startDemo();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await nhip?.stop();
});

/** Bytes on the wire of everything a page fetches before it is touched. */
const BUDGETS = { front: 50_000, list: 60_000, report: 60_000, 'new report': 60_000 };
/** A report that was fixed shows two photos laid over each other, and the first of them again in its story. */
const FIXED = 85_000;
/** Bytes of a photo in a list: crates/nhip/src/media/reduced.rs, and the head of the answer. */
const THUMB = 3_600 + 450;

for (const [name, budget] of Object.entries(BUDGETS)) {
  for (const language of ['vi', 'en']) {
    test(`${name}, ${language}: a first visit weighs under ${budget / 1000} kB, photos and all`, async () => {
      await staysUnder(budget, await addressOf(nhip, pageNamed(name)), language);
    });
  }
}

test(`a fixed report: a first visit weighs under ${FIXED / 1000} kB, photos and all`, async () => {
  await staysUnder(FIXED, await firstLink('/reports?outcome=fixed', /^\/reports\/[^/?#]+$/)(nhip), 'vi');
});

/** @param {number} budget @param {string} address @param {string} language */
async function staysUnder(budget, address, language) {
  const person = await newPerson(browser, nhip, { language, ...PHONE });
  try {
    const { total, parts } = await weigh(person, address);
    assert.ok(parts.length > 4, 'a page with its sheet and its fonts');
    assert.ok(total < budget, `${total} bytes:\n${parts.join('\n')}`);
    const heavy = parts.filter((part) => part.includes('/thumb.jpg') && parseInt(part, 10) > THUMB);
    assert.deepEqual(heavy, [], 'a photo of a list is heavier than it may be');
  } finally {
    await person.context.close();
  }
}

test('photos of a list come as they are scrolled to, and only then', async () => {
  const person = await newPerson(browser, nhip, PHONE);
  try {
    // Every report that was fixed has a photo, whatever the day.
    const { photos } = await weigh(person, '/reports?outcome=fixed');
    const waiting = person.page.locator('noscript[data-later]');
    const before = await waiting.count();
    assert.ok(photos > 0 && photos < 6 && before > 5, `${photos} photos at once, ${before} later`);
    for (let left = before; left > 0; left = await waiting.count()) {
      await person.page.locator('.card-photo:has(noscript[data-later])').first().scrollIntoViewIfNeeded();
      await person.page.waitForFunction((left) => document.querySelectorAll('noscript[data-later]').length < left, left);
    }
    await areShown(person.page, photos + before);
  } finally {
    await person.context.close();
  }
});

test('photos that wait are printed all the same', async () => {
  const { page, context } = await newPerson(browser, nhip, PHONE);
  try {
    await page.goto('/reports?outcome=fixed');
    const waiting = page.locator('noscript[data-later]');
    assert.ok((await waiting.count()) > 0);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.equal(await waiting.count(), 0);
  } finally {
    await context.close();
  }
});

for (const name of ['front', 'list', 'report']) {
  test(`${name}: without JavaScript its photos are there`, async () => {
    const { page, context } = await newPerson(browser, nhip, { ...PHONE, javaScript: false });
    try {
      await page.goto(await addressOf(nhip, pageNamed(name)), { waitUntil: 'load' });
      const photos = await page.locator('main img').count();
      assert.ok(photos > 0, 'there is no photo');
      await areShown(page, photos);
    } finally {
      await context.close();
    }
  });
}

/** Every photo has arrived and has a size on the page. @param {Page} page @param {number} count */
async function areShown(page, count) {
  const photos = page.locator('main img');
  assert.equal(await photos.count(), count);
  for (let n = 0; n < count; n += 1) {
    const photo = photos.nth(n);
    await photo.scrollIntoViewIfNeeded();
    await page.waitForFunction((/** @type {any} */ image) => image.complete, await photo.elementHandle());
    const { dots, wide } = await photo.evaluate((image) => ({
      dots: image instanceof HTMLImageElement ? image.naturalWidth : 0,
      wide: image.getBoundingClientRect().width,
    }));
    assert.ok(dots > 0 && wide > 80, `photo ${n}: ${dots} dots, ${wide} pixels wide`);
  }
}

/** How much of the page may move, as browsers reckon it; 0.1 is what a reader notices. */
const STILL = 0.05;

for (const name of Object.keys(BUDGETS)) {
  for (const language of ['vi', 'en']) {
    test(`${name}, ${language}: nothing moves when its fonts and photos come after its words`, async () => {
      const { page, context } = await newPerson(browser, nhip, { language, ...PHONE });
      try {
        /** @type {(value?: unknown) => void} */
        let come = () => undefined;
        const painted = new Promise((resolve) => (come = resolve));
        await page.route(/\.woff2$|\/media\//, (route) => painted.then(() => route.continue()));
        await page.addInitScript(() => {
          const moved = (/** @type {any} */ (globalThis).moved = /** @type {number[]} */ ([]));
          const note = (/** @type {PerformanceObserverEntryList} */ list) =>
            list.getEntries().forEach((entry) => moved.push(/** @type {any} */ (entry).value));
          new PerformanceObserver(note).observe({ type: 'layout-shift', buffered: true });
        });
        await page.goto(await addressOf(nhip, pageNamed(name)), { waitUntil: 'commit' });
        await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
        const before = await page.evaluate(() => document.fonts.check('600 16px "Be Vietnam Pro"'));
        assert.equal(before, false, 'the fonts were there before the words');
        come();
        await page.waitForLoadState('networkidle');
        await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))));
        const moved = await page.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (globalThis).moved));
        const sum = moved.reduce((all, one) => all + one, 0);
        assert.ok(sum < STILL, `moved by ${moved.map((one) => one.toFixed(3)).join(' + ')}`);
      } finally {
        await context.close();
      }
    });
  }
}

test('what opens without a network is fetched when somebody stays, not with the first page', async () => {
  const { page, context } = await newPerson(browser, nhip, PHONE);
  try {
    await page.goto('/', { waitUntil: 'networkidle' });
    const known = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
    assert.equal(await known(), 0);
    await page.locator('h1').tap();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    assert.equal(await known(), 1);
  } finally {
    await context.close();
  }
});
