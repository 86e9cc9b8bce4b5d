// A phone in the rain: the network goes, in the middle of sending or before, and every report arrives exactly once.
//
// Between the browser and the server stands a wire that the tests cut.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { file, photo, BROKEN } from './city.mjs';
import { axe, newPerson, screenshot, startBrowser, startDemo } from './support.mjs';
import { lay } from './wire.mjs';

/** @typedef {import('./support.mjs').Page} Page */
/** Bytes of a photo that is large enough to be cut in two, and small enough to be sent as it is. */
const [LEAST, MOST] = [200_000, 480_000];

/** @type {import('./support.mjs').Nhip} */
let nhip;
/** @type {import('./support.mjs').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof lay>>} */
let wire;

before(async () => {
  nhip = await startDemo(['--pack', 'cities/harbour']);
  browser = await startBrowser();
  wire = await lay(nhip);
});
beforeEach(() => wire.set('whole'));
after(async () => {
  await browser?.close();
  wire?.close();
  await nhip?.stop();
});

/** Somebody on a phone whose browser knows the city already. */
async function onThePhone() {
  const person = await newPerson(browser, { ...nhip, url: wire.url }, { language: 'en' });
  await person.page.goto('/');
  // On a first visit the worker waits until somebody does something.
  await person.page.locator('h1').tap();
  await person.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await person.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return person;
}

/**
 * Fills the form in. Each test has an area of its own, so that no report looks like one that is there already.
 * @param {Page} page
 * @param {string} words
 * @param {{ picture?: Buffer, area?: number, service?: string }} more
 */
async function fill(page, words, { picture, area = 1, service = 'graffiti' } = {}) {
  await page.locator('textarea[name=description]').fill(words);
  const list = page.locator('details.behind');
  if ((await list.getAttribute('open')) === null) await list.locator('summary').click();
  await page.locator('[name=service-any]').selectOption(service);
  await page.locator('[name=area]').selectOption({ index: area });
  if (picture) await page.locator('[name=photos]').setInputFiles(file('wall.jpg', picture));
}

/** @param {Page} page */
const send = (page) => page.locator('button[name=step][value=send]').click();

/** How many reports the city has with these words. @param {string} words */
async function arrived(words) {
  const answer = await fetch(`${nhip.url}/open311/v2/requests.json?q=${encodeURIComponent(words)}&extensions=true`);
  /** @type {{ description: string, media_url: string | null }[]} */
  const found = await answer.json();
  return found.filter(({ description }) => description === words);
}

test('a report written without a network waits on the phone, outlives its tab, and arrives once', async () => {
  const { page, context } = await onThePhone();
  const picture = await photo(browser, BROKEN);
  wire.set('cut');
  await page.goto('/new');
  await page.getByText('There is no network').waitFor();
  await screenshot(page, 'offline-form');
  await fill(page, 'Paint on the lighthouse, written at sea', { picture });
  await send(page);
  await page.waitForURL(/\/unsent$/);
  await page.getByText('Waits to be sent').waitFor();
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'unsent');
  // A second one is another report, though it is written on the same kept page.
  await page.goto('/new');
  await fill(page, 'Paint on the breakwater, written at sea');
  await send(page);
  await page.waitForURL(/\/unsent$/);
  await page.close();

  assert.equal((await arrived('Paint on the lighthouse, written at sea')).length, 0);
  wire.set('whole');
  const later = await context.newPage();
  await later.goto('/');
  await later.goto('/unsent');
  await later.locator('[data-state=sent]').nth(1).waitFor();
  const [first, second] = await Promise.all(['lighthouse', 'breakwater'].map((what) => arrived(`Paint on the ${what}, written at sea`)));
  assert.equal(first?.length, 1);
  assert.ok(first?.[0]?.media_url, 'its photo came along');
  assert.equal(second?.length, 1);
  await later.getByRole('link', { name: 'Follow it' }).first().click();
  await later.waitForURL(/\/my\/[0-9A-Z]+$/);
  await context.close();
});

test('an answer that is lost makes no second report', async () => {
  const { page, context } = await onThePhone();
  await page.goto('/new');
  await fill(page, 'Paint on the ferry, sent into a tunnel', { picture: await photo(browser, BROKEN), area: 2 });
  wire.set('deaf');
  await send(page);
  await page.waitForURL(/\/unsent$/).catch(() => undefined);
  assert.equal((await arrived('Paint on the ferry, sent into a tunnel')).length, 1, 'the server has it');
  wire.set('whole');
  await page.goto('/unsent');
  await page.locator('[data-state=sent]').waitFor();
  assert.equal((await arrived('Paint on the ferry, sent into a tunnel')).length, 1);
  await context.close();
});

test('a report that was not taken says so, and can be completed', async () => {
  const { page, context } = await onThePhone();
  wire.set('cut');
  await page.goto('/new');
  await page.locator('textarea[name=description]').fill('Paint somewhere, but where?');
  await send(page);
  await page.waitForURL(/\/unsent$/);
  wire.set('whole');
  // The browser may have noticed by itself already.
  await page.goto('/unsent');
  await page.getByText('Something is missing').waitFor();
  await page.getByRole('button', { name: 'Complete it' }).click();
  await page.getByRole('alert').first().waitFor();
  assert.equal(await page.locator('textarea[name=description]').inputValue(), 'Paint somewhere, but where?');
  await fill(page, 'Paint somewhere, but where?', { area: 3 });
  await send(page);
  await page.waitForURL(/\/my\/[0-9A-Z]+$/);
  await page.goto('/unsent');
  await page.getByText('Nothing is waiting').waitFor();
  await context.close();
});

test('what was typed is still there after the tab was closed, but for name and address', async () => {
  const { page, context } = await onThePhone();
  await page.goto('/new');
  await fill(page, 'Paint on the customs house', { area: 4 });
  await page.locator('[name=email]').fill('ann@example.org');
  await page.waitForFunction(() => localStorage.getItem('drafts')?.includes('customs house'));
  await page.close();
  const again = await context.newPage();
  await again.goto('/new');
  await again.waitForFunction(() => document.querySelector('textarea')?.value === 'Paint on the customs house');
  assert.equal(await again.locator('[name=service-any]').inputValue(), 'graffiti');
  assert.equal(await again.locator('[name=email]').inputValue(), '');
  await send(again);
  await again.waitForURL(/\/my\/[0-9A-Z]+$/);
  await again.goto('/new');
  assert.equal(await again.locator('textarea[name=description]').inputValue(), '', 'what was sent is no draft');
  await context.close();
});

test('a photo brings its place along, and leaves its metadata and what is too large on the phone', async () => {
  const { page, context } = await onThePhone();
  await page.goto('/new');
  const large = Buffer.from(
    await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [3200, 2400];
      const pen = canvas.getContext('2d');
      for (let n = 0; n < 60_000; n += 1) {
        if (pen) pen.fillStyle = `hsl(${(n * 47) % 360} 60% 50%)`;
        pen?.fillRect((n * 7919) % 3200, (n * 104_729) % 2400, 24, 24);
      }
      /** @type {Blob} */
      const blob = await new Promise((done) => canvas.toBlob((made) => done(made ?? new Blob()), 'image/jpeg', 0.95));
      return [...new Uint8Array(await blob.arrayBuffer())];
    }),
  );
  // So that it stays where the test can look at it.
  wire.set('cut');
  await page.locator('[name=photos]').setInputFiles(file('large.jpg', withPlace(large)));
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('[name=lat]')).value !== '');
  assert.equal(await page.locator('[name=lat]').inputValue(), '55.060000');
  assert.equal(await page.locator('[name=long]').inputValue(), '10.610000');
  await page.waitForFunction((size) => (/** @type {any} */ (document.querySelector('[name=photos]')).files[0]?.size ?? size) < size / 2, large.length);
  const head = await page.evaluate(async () => {
    const [chosen] = /** @type {any} */ (document.querySelector('[name=photos]')).files;
    const { width } = await createImageBitmap(chosen);
    return { width, exif: new TextDecoder('latin1').decode(await chosen.slice(0, 65_536).arrayBuffer()).includes('Exif') };
  });
  assert.deepEqual(head, { width: 1600, exif: false });
  await context.close();
});

/**
 * The photo with a place in its metadata, as a telephone writes it: 55° 3' 36" N, 10° 36' 36" E.
 * @param {Buffer} jpeg
 */
function withPlace(jpeg) {
  const tiff = Buffer.alloc(26 + 2 + 4 * 12 + 4 + 48);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  /** @param {number} at @param {number} tag @param {number} type @param {number} count @param {number} value */
  const entry = (at, tag, type, count, value) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  const [gps, values] = [26, 26 + 2 + 4 * 12 + 4];
  tiff.writeUInt16LE(1, 8);
  entry(10, 0x8825, 4, 1, gps);
  tiff.writeUInt16LE(4, gps);
  entry(gps + 2, 1, 2, 2, 'N'.charCodeAt(0));
  entry(gps + 14, 2, 5, 3, values);
  entry(gps + 26, 3, 2, 2, 'E'.charCodeAt(0));
  entry(gps + 38, 4, 5, 3, values + 24);
  [55, 3, 36, 10, 36, 36].forEach((number, n) => {
    tiff.writeUInt32LE(number, values + 8 * n);
    tiff.writeUInt32LE(1, values + 8 * n + 4);
  });
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

test('a connection that breaks in the middle of a photo costs that photo, and none that had arrived', async () => {
  const { page, context } = await onThePhone();
  const [first, second] = await Promise.all([noisyPhoto(page, 1), noisyPhoto(page, 2)]);
  await page.goto('/new');
  const held = page.locator('[data-held] input:checked');
  const up = wire.count();
  await page.locator('[name=photos]').setInputFiles(file('one.jpg', first));
  await held.first().waitFor();
  assert.ok(up.photos === 1 && up.bytes > first.length, `${JSON.stringify(up)} for ${first.length} bytes`);

  wire.count();
  wire.cutAfter(second.length / 2);
  await page.locator('[name=photos]').setInputFiles(file('two.jpg', second));
  const says = page.locator('[data-photo-says]');
  await says.getByText('The connection broke').waitFor();
  assert.equal(await held.count(), 1);
  const lost = up.bytes;
  wire.set('whole');
  await held.nth(1).waitFor();
  await says.getByText('The photos have arrived').waitFor();
  assert.equal(up.photos, 2, 'the second was sent twice, the first not again');
  assert.ok(up.bytes < second.length + lost + 30_000, `${up.bytes} bytes for a photo of ${second.length} of which ${lost} were lost`);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'photos-held');

  await fill(page, 'A loose stone on the quay, photographed in a tunnel', { area: 1, service: 'pavement' });
  wire.count();
  const isForm = (/** @type {import('playwright-core').Response} */ answer) => answer.request().method() === 'POST';
  const [answer] = await Promise.all([page.waitForResponse(isForm), page.waitForEvent('domcontentloaded'), send(page)]);
  // Somebody may have told of something like it: that is shown once, and the photos stay where they are.
  if (answer.status() === 200) await send(page);
  await page.waitForURL(/\/my\/[0-9A-Z]+$/);
  assert.equal(await page.locator('.timeline img').count(), 2);
  assert.ok(up.forms <= 2 && up.photos === 0 && up.bytes < 60_000, `the form brought no photo again: ${JSON.stringify(up)}`);
  await context.close();
});

test('a report that waited sends its photos one by one, and goes on where it broke off', async () => {
  const { page, context } = await onThePhone();
  const photos = await Promise.all([noisyPhoto(page, 3), noisyPhoto(page, 4)]);
  wire.set('cut');
  await page.goto('/new');
  await fill(page, 'A broken step at the pilot, photographed at sea', { area: 2, service: 'pavement' });
  await page.locator('[name=photos]').setInputFiles(photos.map((bytes, n) => file(`${n}.jpg`, bytes)));
  await page.locator('.photo-preview li').nth(1).waitFor();
  await send(page);
  await page.waitForURL(/\/unsent$/);
  await page.getByText('Waits to be sent').waitFor();
  wire.count();
  wire.set('whole');
  wire.cutAfter((photos[0]?.length ?? 0) + (photos[1]?.length ?? 0) / 2);
  await page.getByRole('button', { name: 'Send now' }).click();
  await page.getByText('1/2').waitFor();
  wire.set('whole');
  const up = wire.count();
  // The browser may have tried again by itself already.
  await page.goto('/unsent');
  await page.locator('[data-state=sent]').waitFor();
  assert.ok(up.photos <= 2 && up.bytes < 2 * MOST, `the first photo did not go again: ${JSON.stringify(up)}`);
  const found = await arrived('A broken step at the pilot, photographed at sea');
  assert.equal(found.length, 1);
  await context.close();
});

test('who has no scripts keeps the photos when the form comes back', async () => {
  const { page, context } = await newPerson(browser, nhip, { language: 'en', javaScript: false });
  await page.goto('/new');
  await page.locator('[name=photos]').setInputFiles([file('wall.jpg', await photo(browser, BROKEN)), file('other.jpg', await photo(browser, `${BROKEN}<circle r="80"/>`))]);
  await send(page);
  await page.getByRole('alert').first().waitFor();
  const held = page.getByRole('checkbox', { name: 'Send with photo' });
  assert.equal(await held.count(), 2);
  const small = page.locator('[data-held] img').first();
  assert.ok(await small.evaluate((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0), 'it is shown');
  await held.nth(1).uncheck();
  await fill(page, 'A hole before the chapel, sent without scripts', { area: 3, service: 'pavement' });
  await send(page);
  if (!/\/my\//.test(page.url())) await send(page);
  await page.waitForURL(/\/my\/[0-9A-Z]+$/);
  assert.equal(await page.locator('.timeline img').count(), 1, 'the one that was left out is not there');
  await context.close();
});

/**
 * A photo nobody has sent, of a size that says something.
 * @param {Page} page @param {number} seed
 */
async function noisyPhoto(page, seed) {
  const bytes = Buffer.from(
    await page.evaluate(async (seed) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [900, 675];
      const pen = canvas.getContext('2d');
      let dice = seed;
      for (let n = 0; n < 4_000; n += 1) {
        dice = (dice * 48_271) % 2_147_483_647;
        if (pen) pen.fillStyle = `hsl(${dice % 360} 60% 50%)`;
        pen?.fillRect(dice % 900, (dice >> 10) % 675, 12, 12);
      }
      /** @type {Blob} */
      const blob = await new Promise((done) => canvas.toBlob((made) => done(made ?? new Blob()), 'image/jpeg', 0.9));
      return [...new Uint8Array(await blob.arrayBuffer())];
    }, seed),
  );
  assert.ok(bytes.length > LEAST && bytes.length < MOST, `the photo has ${bytes.length} bytes`);
  return bytes;
}

test('a phone can put the city among its apps', async () => {
  const manifest = await (await fetch(`${nhip.url}/manifest.webmanifest`)).json();
  for (const { src } of [...manifest.icons, ...manifest.screenshots]) {
    assert.equal((await fetch(nhip.url + src)).status, 200, src);
  }
  const { page, context } = await onThePhone();
  const session = await context.newCDPSession(page);
  const { errors } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
  await context.close();
});
