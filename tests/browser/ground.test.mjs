// The ground of the map where no base map is set: what the pack draws, by day and by night, with reports on it; finding a
// place, oneself, and the reports of a cluster.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { merged, radius } from '../../web/js/heaps.js';
import { axe, newPerson, screenshot, startBrowser, startDemo, sticksOut } from './support.mjs';

/** @typedef {import('./support.mjs').Page} Page */

/** @type {import('./support.mjs').Nhip} */
let nhip;
/** @type {import('./support.mjs').Browser} */
let browser;

before(async () => {
  nhip = await startDemo(['--pack', 'cities/harbour']);
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await nhip?.stop();
});

/** @param {Page} page */
async function open(page, address = '/map') {
  await page.goto(address);
  await page.locator('#city-map[data-ready]').waitFor();
}

/** @param {Page} page */
const picture = (page) => page.locator('#city-map canvas').screenshot().then((png) => png.toString('base64'));

/** @param {Page} page */
async function settled(page) {
  for (let [was, is] = ['', await picture(page)]; was !== is; ) [was, is] = [is, await picture(page)];
}

test('circles that would overlap become one, and none is lost', () => {
  const heaps = Array.from({ length: 300 }, (_, n) => ({ x: (n * 61) % 360, y: (n * 37) % 500, count: 1 + (n % 7) * (n % 5), late: n % 2 }));
  const apart = merged(heaps);
  const sum = (/** @type {import('../../web/js/heaps.js').Heap[]} */ all, /** @type {'count' | 'late'} */ what) => all.reduce((total, one) => total + one[what], 0);
  assert.equal(sum(apart, 'count'), sum(heaps, 'count'));
  assert.equal(sum(apart, 'late'), sum(heaps, 'late'));
  assert.ok(apart.length > 3 && apart.length < heaps.length, String(apart.length));
  for (const one of apart) {
    for (const other of apart) {
      const clear = one === other || Math.hypot(one.x - other.x, one.y - other.y) > radius(one.count) + radius(other.count);
      assert.ok(clear, JSON.stringify([one, other]));
    }
  }
  const far = [{ x: 0, y: 0, count: 1, late: 1, report: 'kept' }, { x: 200, y: 0, count: 1, late: 0 }];
  assert.deepEqual(merged(far).find((one) => one.x === 0), far[0], 'a single report stays what it is');
});

for (const screen of [{ width: 360 }, { width: 1280 }]) {
  test(`the map comes first at ${screen.width} px, with its tools over it and a legend`, async () => {
    const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', ...screen });
    try {
      /** @type {number[]} */
      const ground = [];
      page.on('response', (answer) => answer.url().endsWith('/map/ground.json') && ground.push(answer.status()));
      await open(page);
      assert.deepEqual(ground, [200]);
      const [map, search] = [await page.locator('#city-map').boundingBox(), await page.locator('[data-map-search]').boundingBox()];
      assert.ok(map && map.y < 220 && map.height > 350, JSON.stringify(map));
      assert.ok(search && search.y > map.y && search.y < map.y + 80, 'the search lies over the map');
      assert.match(await page.locator('.maplibregl-ctrl-attrib').innerText(), /sketch of an invented town/);
      assert.match(await page.locator('.map-list').innerText(), /Only what is open/);
      await page.locator('summary', { hasText: 'Legend' }).click();
      const legend = await page.locator('[data-map-legend]').innerText();
      assert.match(legend, /red ring/);
      assert.match(legend, /no official borders/);
      assert.deepEqual(await axe(page), []);
      assert.deepEqual(await sticksOut(page), []);
      await screenshot(page, `ground-legend-${screen.width}`);
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
    }
  });
}

test('the map turns to night with the device, and back', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', width: 1280 });
  try {
    await open(page);
    await settled(page);
    const day = await picture(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(page);
    const night = await picture(page);
    assert.notEqual(night, day);
    await screenshot(page, 'ground-night');
    await page.emulateMedia({ colorScheme: 'light' });
    await settled(page);
    assert.equal(await picture(page), day, 'every colour comes back');
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});

test('a place is found by its name, by keyboard, and the map goes there', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', width: 360 });
  try {
    await open(page);
    const field = page.locator('#place-q');
    await field.pressSequentially('lighth');
    const found = page.locator('[data-map-found]');
    await found.locator('a', { hasText: 'Lighthouse Hill' }).waitFor();
    assert.deepEqual(await axe(page), []);
    await field.press('Escape');
    assert.ok(!(await found.isVisible()));
    await field.press('Enter');
    await found.locator('a', { hasText: 'Lighthouse Hill' }).waitFor();
    const list = page.waitForResponse((answer) => answer.url().includes('/map/list') && answer.url().includes('bbox='));
    await found.locator('a', { hasText: 'Lighthouse Hill' }).press('Enter');
    const [west, south, east, north] = (new URL((await list).url()).searchParams.get('bbox') ?? '').split(',').map(Number);
    assert.ok(west && south && east && north && west < 10.622 && 10.622 < east && south < 55.073 && 55.073 < north, 'it is in sight');
    assert.ok(await page.locator('#city-map .pin').isVisible());
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});

test('the map shows where the device is, and says when it does not know', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', width: 360 });
  try {
    await context.grantPermissions(['geolocation'], { origin: nhip.url });
    await context.setGeolocation({ latitude: 55.06, longitude: 10.61, accuracy: 30 });
    await open(page);
    await page.getByRole('button', { name: 'Where I am' }).click();
    await page.locator('[data-map-says]', { hasText: 'about 30 m' }).waitFor();
    assert.ok(await page.locator('#city-map .map-you').isVisible());
    await context.clearPermissions();
    await page.reload();
    await page.locator('#city-map[data-ready]').waitFor();
    await page.getByRole('button', { name: 'Where I am' }).click();
    await page.locator('[data-map-says]', { hasText: 'did not say where it is' }).waitFor();
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});

test('closed reports are shown when they are asked for', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', width: 1280 });
  try {
    await open(page);
    const count = async () => Number(/\d+/.exec((await page.locator('[data-map-said]').innerText()).replace(/\D(?=\d{3})/g, ''))?.[0] ?? 0);
    const some = await count();
    await page.getByRole('link', { name: 'Show closed reports, too' }).click();
    await page.waitForURL(/state=all/);
    await page.locator('#city-map[data-ready]').waitFor();
    assert.ok((await count()) > some, `${await count()} of ${some}`);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});

test('without JavaScript a place is found on a page and the reports are a list', async () => {
  const { page, context } = await newPerson(browser, nhip, { language: 'en', width: 360, javaScript: false });
  try {
    await page.goto('/map');
    assert.ok((await page.locator('[data-map-list] .card').count()) > 3);
    await page.locator('#place-q').fill('market');
    await page.locator('#place-q').press('Enter');
    await page.waitForURL(/\/map\/places\?q=market/);
    assert.ok(await page.locator('a', { hasText: 'Market Hall' }).isVisible());
    assert.deepEqual(await sticksOut(page), []);
  } finally {
    await context.close();
  }
});

test('the pin of the form says how exact it is', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', width: 1280 });
  try {
    await page.goto('/new');
    await page.locator('[data-choose]').click();
    await page.locator('[data-panel][data-ready]').waitFor();
    const map = await page.locator('.place-map canvas').boundingBox();
    assert.ok(map);
    await page.mouse.click(map.x + map.width / 2, map.y + map.height / 2);
    const exact = page.locator('[data-exact]').filter({ visible: true });
    assert.match(await exact.innerText(), /exact to about \d+ m.*Move closer/);
    await page.locator('[data-forget]').click();
    assert.equal(await page.locator('[data-exact]').first().innerText(), '');
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});
