// Danger to life: whoever writes of it reads whom to call while they type, and intake hears and sees the report as it comes.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { atDesk, emptyCity, report } from './city.mjs';
import { newPerson, startBrowser } from './support.mjs';

/** @type {import('./support.mjs').Nhip} */
let nhip;
/** @type {import('./support.mjs').Browser} */
let browser;

before(async () => {
  nhip = await emptyCity();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await nhip?.stop();
});

test('a report of danger is heard and said at the open intake desk, and its sender knows whom to call', async () => {
  const desk = await atDesk(browser, nhip, 'operator');
  // Every tone that is made is counted.
  await desk.page.addInitScript(() => {
    const start = OscillatorNode.prototype.start;
    Object.assign(window, { tones: 0 });
    OscillatorNode.prototype.start = function (...when) {
      Object.assign(window, { tones: Number(Reflect.get(window, 'tones')) + 1 });
      start.apply(this, when);
    };
  });
  await desk.page.goto('/desk/intake');
  const sound = desk.page.getByRole('button', { name: 'Báo bằng âm thanh khi có phản ánh khẩn' });
  assert.equal(await sound.getAttribute('aria-pressed'), 'false', 'it is switched on by whoever sits there');
  await sound.click();
  assert.equal(await sound.getAttribute('aria-pressed'), 'true');
  const before = await desk.page.evaluate(() => Number(Reflect.get(window, 'tones')));
  assert.ok(before > 0, 'the switch lets it be heard');

  const citizen = await newPerson(browser, nhip, {});
  await citizen.page.goto('/new');
  await citizen.page.locator('#description').fill('Cháy nhà ở kiệt 12');
  const banner = citizen.page.locator('[data-suggestions] [role=alert]');
  await banner.waitFor();
  assert.equal(await banner.getByRole('link', { name: /114/ }).getAttribute('href'), 'tel:114');
  const sent = await report(citizen.page, { words: 'Vỉa hè lún trước nhà; cháy nhà ở kiệt 12' });
  assert.equal(await citizen.page.locator('main a[href="tel:114"]').count(), 1, 'and on the receipt');
  assert.equal(await citizen.page.locator('main .clock-large').count(), 0, 'no days are left there');

  const row = desk.page.locator(`.desk-row-urgent[data-row^="${sent.code.replace('-', '')}"]`);
  await row.waitFor();
  await desk.page.locator('[data-urgent-news]', { hasText: 'Phản ánh khẩn' }).waitFor();
  const heard = await desk.page.evaluate(() => Number(Reflect.get(window, 'tones')));
  assert.ok(heard > before, 'it was heard');
  await desk.page.reload();
  await row.waitFor();
  assert.equal(await desk.page.evaluate(() => Number(Reflect.get(window, 'tones'))), 0, 'once');
  for (const { context, complaints } of [citizen, desk]) {
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

test('whoever writes down a call at the desk sees whom to call while they type', async () => {
  const { page, context, complaints } = await atDesk(browser, nhip, 'operator2');
  await page.goto('/desk/new');
  const calls = page.locator('[data-calls] [role=alert]');
  const words = page.locator('textarea[name=description]');
  await words.fill('Cháy nhà ở kiệt 12');
  await calls.waitFor();
  assert.equal(await calls.getByRole('link', { name: /114/ }).getAttribute('href'), 'tel:114');
  // What the tab has kept is weighed as well.
  await page.reload();
  await calls.waitFor();
  await words.fill('Bóng đèn bị cháy');
  await calls.waitFor({ state: 'detached' });
  // A kind that is a danger whatever is written of it.
  await page.locator('select[name=service_code]').selectOption('disturbance');
  await page.locator('[data-questions] a[href="tel:113"]').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});
