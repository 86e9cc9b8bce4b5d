// The place of a report: a pin on a map, by thumb and by keyboard, and what the city makes of it.
//
// The town has official boundaries here, which came while it was running.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { axe, DAY, newPerson, screenshot, signIn, startBrowser, startDemo, sticksOut } from './support.mjs';

/** @typedef {import('./support.mjs').Page} Page */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PACK = 'cities/harbour';
/** In the customs yard, which belongs to the Quays though the centre of the Old Town is nearer. */
const YARD = { latitude: 55.0624, longitude: 10.6168 };

/** @type {import('./support.mjs').Nhip} */
let nhip;
/** @type {import('./support.mjs').Browser} */
let browser;

before(async () => {
  nhip = await startDemo(['--pack', PACK]);
  browser = await startBrowser();
  const { stdout } = await promisify(execFile)(
    process.env.NHIP_BIN ?? '',
    ['areas', 'import', 'docs/guides/harbour.geojson', '--valid-from', DAY.slice(0, 10), '--pack', PACK, '--data', nhip.data],
    { cwd: ROOT },
  );
  assert.match(stdout, /^sound: 4 areas .* version 1/);
  while (!nhip.output().includes('boundaries loaded')) await new Promise((done) => setTimeout(done, 50));
});
after(async () => {
  await browser?.close();
  await nhip?.stop();
});

/** @param {Page} page */
const says = (page) => page.locator('[data-says]').filter({ visible: true }).innerText();

/** @param {Page} page @param {RegExp | string} words */
const saysSoon = (page, words) => page.locator('[data-says]', { hasText: words }).waitFor();

/** @param {Page} page */
const field = async (page, name = 'lat') => Number(await page.locator(`[name=${name}]`).inputValue());

/** Opens the map. @param {Page} page @param {'tap' | 'click' | 'key'} how */
async function openMap(page, how) {
  const choose = page.locator('[data-choose]').filter({ visible: true });
  if (how === 'key') await choose.press('Enter');
  else await choose[how]();
  await page.locator('[data-panel][data-ready]').waitFor();
}

/** Sends the form and opens the public page of the report. @param {Page} page */
async function send(page) {
  await page.locator('button[name=step][value=send]').click();
  await page.waitForURL(/\/my\//);
  const code = new URL(page.url()).pathname.split('/')[2];
  await page.goto(`/reports/${code}`);
}

for (const screen of [{ width: 360 }, { width: 1280, dark: true }]) {
  test(`a pin set by keyboard at ${screen.width} px leads to the right area`, async () => {
    const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', ...screen });
    try {
      await page.goto('/new?service=pavement');
      assert.equal(await page.locator('script[src*=maplibre], link[href*=maplibre]').count(), 0, 'the page is light');
      await page.locator('#description').fill('A plank is loose on the jetty');
      await openMap(page, 'key');
      assert.ok(await page.locator('.place-map canvas').evaluate((one) => one === document.activeElement), 'arrows work at once');
      await page.keyboard.press('Enter');
      await saysSoon(page, 'This place is in Lighthouse Hill.');
      const [north, east] = [await field(page), await field(page, 'long')];
      await page.keyboard.press('ArrowDown');
      // The map moves for a moment; Enter takes what is under the cross then.
      await settled(page);
      await page.keyboard.press('Enter');
      await saysSoon(page, /The Quays|Old Town/);
      assert.ok((await field(page)) < north && Math.abs((await field(page, 'long')) - east) < 1e-4);
      const area = (await says(page)).match(/in (.+)\.$/)?.[1] ?? '';
      assert.deepEqual(await axe(page), []);
      await screenshot(page, `place-pin-${screen.width}`);
      if (screen.width < 700) await page.setViewportSize({ width: 320, height: 640 });
      assert.deepEqual(await sticksOut(page), []);
      await page.keyboard.press('Escape');
      assert.ok(await page.locator('[data-choose]').evaluate((one) => one === document.activeElement), 'back where it was opened');
      assert.ok(!(await page.locator('[data-panel]').isVisible()));
      await send(page);
      const told = await page.locator('main').innerText();
      assert.ok(told.includes(area) && !told.includes('approximate'), told);
      await page.locator('a[href^="/map?at="]').click();
      await page.locator('#city-map[data-ready] .pin').waitFor();
      const [map, pin] = [await page.locator('#city-map').boundingBox(), await page.locator('#city-map .pin').boundingBox()];
      assert.ok(map && pin && Math.abs(map.x + map.width / 2 - pin.x - pin.width / 2) < 4, 'the map begins at the pin');
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
    }
  });
}

test('a thumb sets the pin, the telephone moves it, and it can be forgotten', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en' });
  try {
    await context.grantPermissions(['geolocation'], { origin: nhip.url });
    await context.setGeolocation(YARD);
    await page.goto('/new');
    await openMap(page, 'tap');
    const map = await page.locator('.place-map canvas').boundingBox();
    assert.ok(map && map.y >= 0 && map.y + map.height < 740, 'the whole map is in sight');
    await page.touchscreen.tap(map.x + 8, map.y + 8);
    await saysSoon(page, 'outside the city');
    await page.locator('#description').fill('Far out');
    await page.locator('button[name=step][value=send]').click();
    await page.locator('.error-summary').waitFor();
    assert.equal(await field(page), Number(await page.locator('[name=lat]').getAttribute('value')), 'the form keeps the pin');

    await page.locator('[data-locate]').tap();
    await saysSoon(page, 'This place is in The Quays.');
    await openMap(page, 'tap');
    const [canvas, pin] = [await page.locator('.place-map canvas').boundingBox(), await page.locator('.pin').boundingBox()];
    assert.ok(canvas && pin && Math.abs(canvas.y + canvas.height / 2 - pin.y - pin.height) < 4, 'its tip is in the middle');
    await page.locator('[data-forget]').tap();
    assert.equal(await page.locator('[name=lat]').inputValue(), '');
    assert.equal(await page.locator('.pin').count(), 0);
    assert.deepEqual(complaints.filter((one) => !one.includes('422')), []);
  } finally {
    await context.close();
  }
});

test('a mouse drags the pin, and its wheel scrolls the page', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', width: 1280 });
  try {
    await page.goto('/new?lat=55.06&long=10.61');
    await saysSoon(page, 'This place is in Old Town.');
    await openMap(page, 'click');
    const pin = await page.locator('.pin').boundingBox();
    assert.ok(pin);
    await page.mouse.move(pin.x + pin.width / 2, pin.y + pin.height / 2);
    await page.mouse.down();
    await page.mouse.move(pin.x + pin.width / 2, pin.y + 160, { steps: 5 });
    await page.mouse.up();
    assert.ok((await field(page)) < 55.06);
    const before = await page.evaluate(() => scrollY);
    await page.mouse.wheel(0, 200);
    await page.waitForFunction((y) => scrollY > y, before);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});

test('where no map can be shown, the list of areas is pointed out', async () => {
  const { page, context } = await newPerson(browser, nhip, { language: 'en' });
  try {
    await page.addInitScript(() => Object.assign(HTMLCanvasElement.prototype, { getContext: () => null }));
    await page.goto('/new');
    await page.locator('[data-choose]').click();
    await saysSoon(page, 'choose the area from the list below');
    assert.ok(!(await page.locator('[data-choose]').isVisible()));
    assert.ok(await page.locator('#area').isVisible());
  } finally {
    await context.close();
  }
});

test('without JavaScript an area from the list is enough', async () => {
  const { page, context } = await newPerson(browser, nhip, { language: 'en', javaScript: false });
  try {
    await page.goto('/new');
    assert.ok(!(await page.locator('[data-choose]').isVisible()));
    await page.locator('#description').fill('The bench on the green is broken');
    await page.locator('#area').selectOption({ label: 'The Meadows' });
    await send(page);
    const told = await page.locator('main').innerText();
    assert.ok(told.includes('The Meadows') && !told.includes('approximate'), told);
  } finally {
    await context.close();
  }
});

test('the desk enters and corrects a place by the same pin', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { language: 'en', width: 1280 });
  try {
    await signIn(page, nhip, 'operator');
    await page.goto('/desk/new');
    await page.locator('#channel').selectOption('phone');
    await page.locator('#service_code').selectOption('pavement');
    await page.locator('#description').fill('A loose stone at the customs house');
    await openMap(page, 'key');
    await page.keyboard.press('Enter');
    await saysSoon(page, 'This place is in Lighthouse Hill.');
    assert.ok(await page.locator('.pin').isVisible());
    assert.deepEqual(await axe(page), []);
    await page.locator('.desk-list form .actions button[type=submit]').click();
    await page.waitForURL(/\/desk\/reports\//);
    assert.match(await page.locator('.desk-facts').innerText(), /Lighthouse Hill/);

    // At the desk coordinates may be typed as well, and the map follows.
    await page.goto(`${new URL(page.url()).pathname}?do=correct`);
    await page.locator('#correct-lat').fill(String(YARD.latitude));
    await page.locator('#correct-long').fill(String(YARD.longitude));
    await page.locator('#correct-long').press('Tab');
    await saysSoon(page, 'This place is in The Quays.');
    await openMap(page, 'key');
    for (let step = 0; step < 3; step++) {
      await page.keyboard.press('ArrowUp');
      await settled(page);
    }
    await page.keyboard.press('Enter');
    await saysSoon(page, /Old Town/);
    assert.deepEqual(await axe(page), []);
    await page.locator('#correct form button[type=submit]').click();
    await page.waitForURL(/done=correct/);
    assert.match(await page.locator('.desk-facts').innerText(), /Old Town/);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});

/** Waits until the map has come to rest: its picture is the same twice. @param {Page} page */
async function settled(page) {
  const picture = () => page.locator('.place-map').screenshot().then((bytes) => bytes.toString('base64'));
  for (let [was, is] = ['', await picture()]; was !== is; ) [was, is] = [is, await picture()];
}
