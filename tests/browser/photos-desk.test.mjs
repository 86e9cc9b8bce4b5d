// Photos at the desk: parts of one covered, and the result taken from the same place.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { BROKEN, atDesk, emptyCity, photo, report } from './city.mjs';
import { newPerson, startBrowser } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('./support.mjs').Nhip} */
let nhip;
/** @type {import('./support.mjs').Browser} */
let browser;
/** @type {string} */
let code;

before(async () => {
  nhip = await emptyCity();
  // A camera that shows a test picture, and nobody who has to allow it.
  browser = await startBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  const { page, context } = await newPerson(browser, nhip);
  await page.goto('/new');
  ({ code } = await report(page, { photo: await photo(browser, BROKEN) }));
  await context.close();
});
after(async () => {
  await browser?.close();
  await nhip?.stop();
});

test('a face is covered with a finger, and the box moved by typing', async () => {
  const { page, context, complaints } = await atDesk(browser, nhip, 'operator', 360);
  await page.goto(`/desk/reports/${code}`);
  await page.locator('#redact > summary').click();
  await page.getByRole('link', { name: 'Che một phần' }).click();
  const picture = page.locator('.cover-photo');
  const frame = await picture.boundingBox();
  assert.ok(frame);
  await page.mouse.move(frame.x + frame.width * 0.25, frame.y + frame.height * 0.25);
  await page.mouse.down();
  await page.mouse.move(frame.x + frame.width * 0.75, frame.y + frame.height * 0.5, { steps: 4 });
  await page.mouse.up();
  const first = page.getByRole('group', { name: 'Ô 1' });
  const near = async (/** @type {string} */ name, /** @type {number} */ percent) => {
    const value = Number(await first.getByLabel(name).inputValue());
    assert.ok(Math.abs(value - percent) < 1, `${name}: ${value}`);
  };
  await near('Cách mép trái', 25);
  await near('Chiều rộng', 50);
  await first.getByLabel('Cách mép trên').fill('40');
  const [box, now] = [await page.locator('.cover-box').first().boundingBox(), await picture.boundingBox()];
  assert.ok(box && now && Math.abs((box.y - now.y) / now.height - 0.4) < 0.01, 'what is typed moves what is drawn');
  await page.getByLabel('Lý do').fill('Khuôn mặt người đi đường');
  await page.getByRole('button', { name: 'Hiện ảnh như thế này' }).click();
  await page.waitForURL(new RegExp(`/desk/reports/${code}`));

  const everybody = await newPerson(browser, nhip);
  await everybody.page.goto(`/reports/${code}`);
  const shown = everybody.page.locator('main img[src*="/media/"]').first();
  await shown.scrollIntoViewIfNeeded();
  const dark = await shown.evaluate(async (/** @type {HTMLImageElement} */ image) => {
    await image.decode();
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: image.naturalWidth, height: image.naturalHeight });
    const pen = canvas.getContext('2d');
    pen?.drawImage(image, 0, 0);
    const at = (/** @type {number} */ x, /** @type {number} */ y) =>
      [...(pen?.getImageData(image.naturalWidth * x, image.naturalHeight * y, 1, 1).data ?? [])].slice(0, 3);
    return { inside: at(0.5, 0.5), outside: at(0.9, 0.95) };
  });
  assert.ok(dark.inside.every((part) => part < 12), `${dark.inside}`);
  assert.ok(dark.outside.some((part) => part > 40), `${dark.outside}`);
  assert.deepEqual([...complaints, ...everybody.complaints], []);
  await context.close();
  await everybody.context.close();
});

test('an officer takes the photo of the result with the one from before over the picture', async () => {
  const operator = await atDesk(browser, nhip, 'operator');
  await operator.page.goto(`/desk/reports/${code}`);
  await operator.page.locator('form[data-do="accept"] button').click();
  await operator.page.waitForURL(/done=accept/);
  await operator.context.close();

  const { page, context, complaints } = await atDesk(browser, nhip, 'officer', 360);
  await page.goto(`/desk/reports/${code}`);
  await page.locator('form[action$="/start"] button').click();
  await page.waitForURL(/done=start/);
  const answer = page.locator('#answer');
  if (!(await answer.evaluate((/** @type {HTMLDetailsElement} */ act) => act.open))) await answer.locator('summary').click();
  await page.getByRole('button', { name: 'Chụp từ cùng vị trí' }).click();
  const camera = page.getByRole('dialog', { name: 'Chụp từ cùng vị trí' });
  const old = camera.locator('img');
  await old.waitFor();
  assert.equal(await old.evaluate((image) => getComputedStyle(image).opacity), '0.45');
  await camera.getByLabel('Ảnh lúc trước').fill('20');
  assert.equal(await old.evaluate((image) => getComputedStyle(image).opacity), '0.2');
  const shoot = camera.getByRole('button', { name: 'Chụp ảnh' });
  await page.waitForFunction(() => document.activeElement?.hasAttribute('data-shoot'));
  await shoot.click();
  await camera.waitFor({ state: 'hidden' });
  await page.locator('#answer .photo-preview canvas').first().waitFor();
  await page.locator('#answer-reason').fill('Đã lát lại gạch.');
  await page.getByRole('button', { name: 'Báo kết quả', exact: true }).click();
  await page.waitForURL(/done=answer|\/desk/);
  const events = await page.goto(`/desk/reports/${code}`);
  assert.equal(events?.status(), 200);
  assert.equal(await page.locator('.before-after').count(), 1, 'both photos stand side by side');
  assert.deepEqual(complaints, []);
  await context.close();
});
