// Intake on a bad day: three hundred reports wait, and one operator goes through them by keyboard alone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newPerson, signIn, startBrowser, startServe } from './support.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('./support.mjs').Nhip} */
let nhip;

const WAITING = 300;
/** Each enters a part: the pace of one account is a minute's work. */
const OPERATORS = ['operator', 'operator2', 'operator3', 'operator4', 'operator5', 'operator6'];
const KINDS = ['pothole', 'pavement', 'street-light', 'rubbish', 'blocked-drain', 'graffiti'];
/** CSS pixels, and milliseconds for a decision, on a slow machine. */
const ROW = 36;
const DECISION_LIMIT = 4_000;

before(async () => {
  nhip = await startServe('cities/hue', OPERATORS.map((login) => ({ login, role: 'operator' })));
  browser = await startBrowser();
  await Promise.all(OPERATORS.map((login, n) => enter(login, n)));
});
after(async () => {
  await browser?.close();
  await nhip?.stop();
});

/** @param {string} login @param {number} part @param {number} count */
async function enter(login, part, count = WAITING / OPERATORS.length) {
  const { page, context } = await newPerson(browser, nhip, { width: 1280 });
  await signIn(page, nhip, login);
  await page.goto('/desk/new');
  const kinds = await page.locator('select[name="service_code"] option').evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''));
  const known = KINDS.filter((kind) => kinds.includes(kind));
  const own = known.length > 0 ? known : kinds.filter((kind) => kind !== '').slice(0, 4);
  const areas = await page.locator('select[name="area"] option').evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? '').filter(Boolean));
  for (let n = 0; n < count; n += 1) {
    const of = part * 50 + n;
    const form = {
      channel: 'phone',
      service_code: own[of % own.length] ?? '',
      description: `Việc thứ ${of}: nước ngập đường, xe không qua được.`,
      area: areas[of % Math.min(areas.length, 9)] ?? '',
    };
    const answer = await page.request.post(`${nhip.url}/desk/new`, { form, headers: { origin: nhip.url }, maxRedirects: 0 });
    assert.equal(answer.status(), 303, await answer.text());
  }
  await context.close();
}

/** The cursor is on the row of the case that is shown. @param {import('playwright-core').Page} page */
async function cursor(page) {
  return page.evaluate(() => document.activeElement?.closest('.desk-row[aria-current]')?.getAttribute('data-row') ?? `lost: ${document.activeElement?.tagName}`);
}

/** Presses keys and waits for the page that follows. @param {import('playwright-core').Page} page @param {string[]} keys */
async function decide(page, keys) {
  const before = page.url();
  const began = Date.now();
  const last = keys.at(-1) ?? '';
  for (const key of keys.slice(0, -1)) await page.keyboard.press(key);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press(last)]);
  assert.notEqual(page.url(), before);
  return Date.now() - began;
}

/** @param {import('playwright-core').Page} page */
const waiting = async (page) => Number((await page.locator('.main-nav a[href="/desk/intake"] .desk-n').innerText()).replace(/\D/g, ''));

test('three hundred wait, and all are gone through by keyboard alone', async (t) => {
  const { page, context, complaints } = await newPerson(browser, nhip, { width: 1920 });
  await signIn(page, nhip, 'operator');
  await page.goto('/desk/intake');
  assert.equal(await waiting(page), WAITING);
  assert.equal(await page.locator('.desk-row').count(), WAITING, 'each can be ticked');
  const heights = await page.locator('.desk-row').evaluateAll((rows) => rows.slice(0, 40).map((row) => row.getBoundingClientRect().height));
  assert.ok(heights.every((height) => height >= ROW && height <= ROW + 2), `${heights}`);
  const parts = await page.locator('.desk-side, .desk-case').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
  assert.ok(parts.length === 2 && parts.every((box) => box.width > 600), 'the case stands beside the list');
  const used = ((parts[1]?.right ?? 0) - (parts[0]?.left ?? 0)) / 1920;
  assert.ok(used > 0.95, `the screen is used: ${used}`);

  const took = [];
  for (let n = 0; n < 10; n += 1) {
    took.push(await decide(page, ['a']));
    assert.match(await cursor(page), /^[0-9A-Z]{8}:/, `after ${n + 1} decisions`);
  }
  assert.equal(await waiting(page), WAITING - 10);
  took.sort((a, b) => a - b);
  const median = took[5] ?? Infinity;
  t.diagnostic(`a decision takes ${median} ms at the median, the slowest ${took.at(-1)} ms, with ${WAITING} waiting`);
  assert.ok(median < DECISION_LIMIT, `${took}`);

  // Taken back by one key: it is in the list again.
  await decide(page, ['z']);
  assert.equal(await waiting(page), WAITING - 9);
  assert.match(await cursor(page), /^[0-9A-Z]{8}:/);

  // Refused for a reason: the key opens the form, the cursor is in it.
  await decide(page, ['j']);
  await page.keyboard.press('r');
  await page.locator('details#refuse select:focus').waitFor();
  const button = page.locator('details#refuse button[type=submit]');
  for (let n = 0; n < 6 && !(await button.evaluate((one) => one === document.activeElement)); n += 1) await page.keyboard.press('Tab');
  await decide(page, ['Enter']);
  assert.equal(await waiting(page), WAITING - 10);

  // Some are the same: they are ticked and joined.
  for (const [n, key] of ['x', 'j', 'x', 'j', 'x'].entries()) {
    if (key === 'j') continue;
    const box = page.locator('input[name=pick]').nth(n);
    await box.focus();
    await page.keyboard.press('Space');
  }
  await page.keyboard.press('m');
  await page.locator('#many-into:focus').waitFor();
  await page.keyboard.press('Tab');
  await decide(page, ['Enter']);
  await page.getByText('2 đã thực hiện').waitFor();
  await decide(page, ['u']);
  assert.equal(await waiting(page), WAITING - 12);

  // The rest at once.
  const all = page.locator('[data-tick-all] input');
  await all.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('a');
  await page.locator('.desk-many [data-many-do="accept"]:focus').waitFor();
  const bulk = await decide(page, ['Enter']);
  t.diagnostic(`the remaining ${WAITING - 12} at once: ${bulk} ms`);
  await page.getByText(`${WAITING - 12} đã thực hiện`).waitFor();
  await page.goto('/desk/intake');
  await page.getByText('Không còn gì chờ bạn').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('keys can be switched off in the account, and then do nothing', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 1280 });
  await signIn(page, nhip, 'operator2');
  await enter('operator2', 7, 2);
  await page.goto('/account');
  await page.getByRole('radio', { name: 'Tắt' }).check();
  await page.getByRole('button', { name: 'Lưu' }).click();
  await page.getByText('Đã lưu.').waitFor();
  await page.goto('/desk/intake');
  const at = page.url();
  for (const key of ['j', 'a', 'r', 'x']) await page.keyboard.press(key);
  assert.equal(page.url(), at);
  assert.equal(await page.locator('input[name=pick]:checked').count(), 0);
  assert.equal(await page.locator('details#refuse').getAttribute('open'), null);
  assert.equal(await page.locator('.desk-keys').count(), 0);
  await context.close();
});

test('a list follows however fast things change, and asks no more often than every two seconds', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 1280 });
  try {
    // A city in which something changes ten times a second, without a pause in which a page could take breath.
    await page.addInitScript(() => {
      class Busy extends EventTarget {
        constructor() {
          super();
          setInterval(() => this.dispatchEvent(new MessageEvent('changed', { data: '{"code":"BUSY0001"}' })), 100);
        }

        close() {}
      }
      Object.assign(window, { EventSource: Busy });
    });
    await signIn(page, nhip, 'operator');
    await page.goto('/desk/intake');
    const asks = () => page.waitForRequest((one) => one.resourceType() === 'fetch' && new URL(one.url()).pathname === '/desk/intake', { timeout: 8_000 });
    await asks();
    const first = Date.now();
    await asks();
    await asks();
    assert.ok(Date.now() - first > 3_500, 'two further looks within four seconds at the earliest');
  } finally {
    await context.close();
  }
});
