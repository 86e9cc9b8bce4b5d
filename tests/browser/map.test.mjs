// The map of the city: tiles drawn, the list beside it in step, heat by a button, an area drawn by mouse and by keyboard,
// and a base map of the operator's own.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { axe, newPerson, screenshot, startBrowser, startDemo, sticksOut } from './support.mjs';

/** @typedef {import('./support.mjs').Page} Page */

const PACK = 'cities/harbour';
const WHO = '© the harbour town';

/** @type {import('./support.mjs').Nhip} */
let nhip;
/** @type {import('./support.mjs').Browser} */
let browser;
/** @type {string} */
let folder;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nhip-base-'));
  const file = path.join(folder, 'town.pmtiles');
  await writeFile(file, archive());
  nhip = await startDemo(['--pack', PACK, '--base-map', file]);
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await nhip?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** A number as protocol buffers and directories write it. @param {number} n @returns {number[]} */
const varint = (n) => (n < 128 ? [n] : [(n % 128) + 128, ...varint(Math.floor(n / 128))]);
/** @param {number} field @param {number[]} content */
const bytes = (field, content) => [field * 8 + 2, ...varint(content.length), ...content];
/** @param {string} text */
const letters = (text) => [...Buffer.from(text)];

/** The whole world as one tile of water: the smallest archive there is (PMTiles, version 3). */
function archive() {
  const folded = (/** @type {number} */ n) => varint(n < 0 ? -2 * n - 1 : 2 * n);
  // Move to a corner, three lines around, close.
  const ring = [9, ...folded(0), ...folded(0), 26, ...[4096, 0, 0, 4096, -4096, 0].flatMap(folded), 15];
  const feature = [24, 3, ...bytes(4, ring)];
  const layer = [120, 2, ...bytes(1, letters('water')), ...bytes(2, feature), 40, ...varint(4096)];
  const tile = bytes(3, layer);
  const directory = [1, 0, 1, ...varint(tile.length), 1];
  const metadata = letters(JSON.stringify({ attribution: WHO, vector_layers: [{ id: 'water' }] }));
  const header = Buffer.alloc(127);
  header.write('PMTiles');
  header[7] = 3;
  const parts = [127, directory.length, 127 + directory.length, metadata.length, 127 + directory.length + metadata.length, 0];
  parts.push((parts[4] ?? 0), tile.length, 1, 1, 1);
  parts.forEach((number, at) => header.writeBigUInt64LE(BigInt(number), 8 + 8 * at));
  header.set([1, 1, 1, 1, 0, 0], 96);
  [-180, -85, 180, 85].forEach((degrees, at) => header.writeInt32LE(degrees * 1e7, 102 + 4 * at));
  return Buffer.concat([header, Buffer.from([...directory, ...metadata, ...tile])]);
}

/** Opens the map and waits until all its tiles are drawn. @param {Page} page */
async function open(page, address = '/map?state=all') {
  await page.goto(address);
  await page.locator('#city-map[data-ready]').waitFor();
}

/** @param {Page} page */
const said = (page) => page.locator('[data-map-said]').innerText();
/** How many reports the list says are in sight. @param {Page} page */
const count = async (page) => Number(/\d+/.exec((await said(page)).replace(/\D(?=\d{3})/g, ''))?.[0] ?? 0);

/** How many corners are set, as it is heard. @param {Page} page */
const corners = (page) => page.locator('[data-map-tools] [role=status]').innerText();

/** What the map has drawn in a layer, as far as the page can tell: the colours of its picture. @param {Page} page */
const picture = (page) => page.locator('#city-map canvas').screenshot().then((png) => png.toString('base64'));

/** Waits until the map has come to rest. @param {Page} page */
async function settled(page) {
  for (let [was, is] = ['', await picture(page)]; was !== is; ) [was, is] = [is, await picture(page)];
}

for (const screen of [{ width: 360 }, { width: 1280, dark: true }]) {
  test(`the map draws its tiles and says beside it what is in sight, at ${screen.width} px`, async () => {
    const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', ...screen });
    try {
      /** @type {string[]} */
      const tiles = [];
      page.on('response', (answer) => answer.url().includes('/map/tiles/') && tiles.push(`${answer.status()} ${answer.url()}`));
      await open(page);
      assert.ok(tiles.length > 0 && tiles.every((tile) => /^(200|304) /.test(tile)), tiles.join('\n'));
      const all = await count(page);
      assert.ok(all > 50, await said(page));
      assert.ok((await page.locator('[data-map-list] .card').count()) > 5);
      await settled(page);
      await screenshot(page, `map-${screen.width}${screen.dark ? '-dark' : ''}`);
      // Closer by there is less, and the list says so by itself.
      for (let step = 0; step < 3; step++) {
        await page.getByRole('button', { name: 'Zoom in' }).click();
        await settled(page);
      }
      assert.ok((await count(page)) < all, `${await said(page)} of ${all}`);
      assert.deepEqual(await sticksOut(page), []);
      assert.deepEqual(await axe(page), []);
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
    }
  });
}

test('a base map of the operator is drawn from our own file, with its owner named', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', width: 1280 });
  try {
    /** @type {number[]} */
    const ranges = [];
    page.on('response', (answer) => answer.url().endsWith('/map/base.pmtiles') && ranges.push(answer.status()));
    await open(page);
    assert.ok(ranges.length > 0 && ranges.every((status) => status === 206), String(ranges));
    assert.match(await page.locator('.maplibregl-ctrl-attrib').innerText(), /the harbour town/);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});

test('heat is a button, by keyboard too, and stays in the address', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', width: 1280 });
  try {
    await open(page);
    await settled(page);
    const before = await picture(page);
    const button = page.getByRole('button', { name: 'Heat' });
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
    const tile = page.waitForResponse((answer) => answer.url().includes('show=heat') && answer.url().includes('/map/tiles/'));
    await button.press('Enter');
    assert.equal((await tile).status(), 200);
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    await settled(page);
    assert.notEqual(await picture(page), before);
    assert.match(await page.locator('[data-map-says]').innerText(), /close together/);
    assert.ok((await count(page)) > 50, 'the list says how many');
    await screenshot(page, 'map-heat');
    await page.reload();
    await page.locator('#city-map[data-ready]').waitFor();
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    await button.press('Enter');
    assert.equal(new URL(page.url()).searchParams.get('show'), null);
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});

test('an area is drawn with the mouse, narrows the list and the map, and is taken back', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', width: 1280 });
  try {
    await open(page);
    const all = await count(page);
    await page.getByRole('button', { name: 'Draw an area' }).click();
    const box = await page.locator('#city-map').boundingBox();
    assert.ok(box);
    for (const [x, y] of [[0.35, 0.35], [0.6, 0.35], [0.6, 0.6], [0.35, 0.6]]) {
      await page.mouse.click(box.x + box.width * (x ?? 0), box.y + box.height * (y ?? 0));
    }
    assert.match(await corners(page), /4/);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.waitForURL(/within=BF/);
    await page.locator('#city-map[data-ready]').waitFor();
    const inside = await count(page);
    assert.ok(inside > 0 && inside < all, `${inside} of ${all}`);
    await settled(page);
    await screenshot(page, 'map-drawn');
    await page.getByRole('link', { name: 'All of them as a list' }).click();
    await page.waitForURL(/\/reports\?.*within=BF/);
    assert.ok((await page.locator('.card').count()) > 0);
    const filter = page.locator('input[name=within]');
    assert.ok(await filter.isChecked());
    await filter.uncheck();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.waitForURL((url) => !url.searchParams.has('within'));
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});

test('an area is drawn by keyboard, and a circle needs no drawing', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', width: 1280 });
  try {
    await open(page);
    await page.getByRole('button', { name: 'Draw an area' }).press('Enter');
    const canvas = page.locator('#city-map canvas');
    assert.ok(await canvas.evaluate((one) => one === document.activeElement), 'arrows work at once');
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft']) {
      await page.keyboard.press('Enter');
      await page.keyboard.press(key);
      await settled(page);
    }
    assert.match(await corners(page), /3/);
    await page.keyboard.press('Backspace');
    assert.match(await corners(page), /2/);
    assert.ok(await page.getByRole('button', { name: 'Done' }).isDisabled());
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Done' }).press('Enter');
    await page.waitForURL(/within=BF/);
    await open(page);
    await page.locator('#map-metres').selectOption('1000');
    await page.getByRole('button', { name: 'Around the middle of the map' }).click();
    await page.waitForURL(/around=/);
    await page.locator('summary', { hasText: 'Filters' }).click();
    assert.match(await page.locator('[data-filter-bar]').innerText(), /Only within 1,?000 m/);
    assert.ok(await page.locator('input[name=around]').isChecked());
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});
