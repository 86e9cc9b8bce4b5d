// What people typed is theirs until our server has it: whatever stands between, goes wrong or is pressed twice. One test
// for each arrow of docs/guides/forms.md, for the form of citizens, the desk and whoever works at the places.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { SAYS, standBetween } from './between.mjs';
import { PAVEMENT } from './city.mjs';
import { axe, newPerson, screenshot, signIn, startBrowser, startServe } from './support.mjs';

/** @typedef {import('./support.mjs').Page} Page */

const WARD = 'phuong-phu-xuan';

/** @type {import('./support.mjs').Nhip} */
let nhip;
/** @type {import('./support.mjs').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof standBetween>>} */
let proxy;

before(async () => {
  nhip = await startServe('cities/hue', [
    { login: 'operator', role: 'operator' },
    { login: 'operator2', role: 'operator' },
    { login: 'officer', role: 'officer', agency: WARD },
  ]);
  browser = await startBrowser();
  proxy = await standBetween(nhip);
});
beforeEach(() => proxy.say());
after(async () => {
  await browser?.close();
  proxy?.close();
  await nhip?.stop();
});

/** Somebody whose browser has no worker of ours: it is their first page, or their browser has none. */
async function withoutWorker() {
  const context = await browser.newContext({ baseURL: proxy.url, locale: 'vi', serviceWorkers: 'block', viewport: { width: 360, height: 740 } });
  context.setDefaultTimeout(15_000);
  return { context, page: await context.newPage() };
}

/** Somebody whose browser knows the city already. */
async function withWorker() {
  const person = await newPerson(browser, { ...nhip, url: proxy.url });
  await person.page.goto('/');
  await person.page.locator('h1').tap();
  await person.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await person.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return person;
}

/** Fills the form in; nothing like it is there, for each has an area of its own. @param {Page} page @param {string} words @param {number} area */
async function fill(page, words, area) {
  await page.locator('textarea[name=description]').fill(words);
  const list = page.locator('details.behind');
  if ((await list.getAttribute('open')) === null) await list.locator('summary').click();
  await page.locator('[name=service-any]').selectOption({ label: PAVEMENT.service });
  await page.locator('[name=area]').selectOption({ index: area });
}

/** @param {Page} page */
const send = (page) => page.locator('button[name=step][value=send]').click();
/** @param {Page} page */
const wordsOn = (page) => page.locator('textarea[name=description]').inputValue();
/** What this device keeps of forms. @param {Page} page */
const drafts = (page) => page.evaluate(() => Object.values(JSON.parse(localStorage.getItem('drafts') ?? '{}')).map(({ fields }) => Object.fromEntries(fields)['description']));

/** How many reports the city has with these words. @param {string} words */
async function arrived(words) {
  const answer = await fetch(`${nhip.url}/open311/v2/requests.json?q=${encodeURIComponent(words)}&extensions=true`);
  /** @type {{ description: string }[]} */
  const found = await answer.json();
  return found.filter(({ description }) => description === words).length;
}

test('a proxy that answers in our place costs nobody their words, also without a worker', async () => {
  const { page, context } = await withoutWorker();
  const words = 'Gạch vỡ trước chợ, gửi qua một cổng hỏng.';
  await page.goto('/new');
  await fill(page, words, 1);
  await page.locator('[name=email]').fill('lan@example.org');
  for (const said of ['bad gateway', 'too large', 'no service', 'led elsewhere', 'all is well']) {
    proxy.say(SAYS[said]);
    await Promise.all([page.waitForEvent('domcontentloaded'), send(page)]);
    assert.deepEqual(await drafts(page), [words], said);
    await page.goBack();
    await page.waitForFunction((words) => document.querySelector('textarea')?.value === words, words);
    assert.equal(await page.locator('[name=email]').inputValue(), 'lan@example.org', said);
  }
  assert.equal(await page.locator('[name=service-any]').inputValue(), await page.locator('[name=service-any] option', { hasText: PAVEMENT.service }).first().getAttribute('value'));
  assert.equal(await arrived(words), 0);
  proxy.say();
  await send(page);
  await page.waitForURL(/\/my\/[0-9A-Z]+$/);
  assert.equal(await arrived(words), 1);
  await page.waitForFunction(() => localStorage.getItem('drafts') === '{}');
  await page.goto('/new');
  assert.equal(await wordsOn(page), '');
  await context.close();
});

test('the worker takes no word of a proxy for ours: a report waits, is never called sent, and arrives once', async () => {
  const { page, context } = await withWorker();
  const words = 'Gạch vỡ trước ga, gửi từ mạng của khách sạn.';
  await page.goto('/new');
  await fill(page, words, 2);
  proxy.say(SAYS['led elsewhere']);
  await send(page);
  await page.waitForURL(/\/unsent$/);
  await page.locator('[data-state=waiting]').waitFor();
  for (const said of Object.values(SAYS)) {
    proxy.say(said);
    const before = proxy.asked();
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    while (proxy.asked() === before) await page.waitForTimeout(20);
    await page.goto('/unsent');
    await page.locator('[data-state=waiting]').waitFor();
    assert.equal(await page.locator('[data-state=sent], [data-state=refused]').count(), 0, `${said.status}`);
    assert.ok((await page.locator('[data-unsent]').innerText()).includes(words));
  }
  assert.deepEqual(await drafts(page), [], 'what waits is not offered a second time');
  proxy.say();
  await page.goto('/unsent');
  await page.locator('[data-state=sent]').waitFor();
  assert.equal(await arrived(words), 1);
  await page.locator('[data-state=sent] [data-link]').click();
  await page.waitForURL(/\/my\/[0-9A-Z]+$/);
  await context.close();
});

test('going back to a page that answered the form opens the form, and sends nothing', async () => {
  for (const person of [await withWorker(), await withoutWorker()]) {
    const { page, context } = person;
    await page.goto('/new');
    const words = 'Chưa nói ở đâu, rồi quay lại.';
    await page.locator('textarea[name=description]').fill(words);
    await Promise.all([page.waitForEvent('domcontentloaded'), send(page)]);
    await page.getByRole('alert').first().waitFor();
    assert.match(await page.title(), /^Lỗi:/);
    assert.equal(await wordsOn(page), words);
    await page.goto('/about');
    const sent = proxy.asked();
    await page.goBack();
    await page.waitForFunction((words) => document.querySelector('textarea')?.value === words, words);
    assert.equal(new URL(page.url()).pathname, '/new');
    await page.goto('/unsent');
    assert.equal(await page.locator('[data-state]').count(), 0);
    assert.equal(proxy.asked(), sent);
    assert.equal(await arrived(words), 0);
    await context.close();
  }
});

test('a browser that looks for a page that answered a form has nothing sent by the worker', async () => {
  const { context } = await withWorker();
  const [worker] = context.serviceWorkers();
  assert.ok(worker);
  const led = await worker.evaluate(async () => {
    const self = /** @type {any} */ (globalThis);
    let asked = 0;
    self.fetch = async () => ((asked += 1), new Response());
    /** @param {string} path @param {string} method */
    const look = async (path, method) => {
      let led = 'its own way';
      const request = { url: location.origin + path, method, mode: 'navigate', cache: 'only-if-cached', referrer: '' };
      const respondWith = (/** @type {Response} */ answer) => (led = new URL(answer.headers.get('location') ?? '').pathname);
      self.dispatchEvent(Object.assign(new Event('fetch'), { request, respondWith, waitUntil() {} }));
      return led;
    };
    return [await look('/new', 'POST'), await look('/desk/on-site/AAAA0001', 'POST'), await look('/my/AAAA0001/reply', 'POST'), await look('/reports', 'GET'), asked];
  });
  assert.deepEqual(led, ['/new', '/desk/on-site', 'its own way', 'its own way', 0]);
  await context.close();
});

test('whoever goes back after sending and writes something else has sent two reports', async () => {
  const { page, context } = await withWorker();
  const first = 'Gạch vỡ ở cổng trường, lần thứ nhất.';
  await page.goto('/new');
  await fill(page, first, 3);
  await send(page);
  await page.waitForURL(/\/my\/[0-9A-Z]+$/);
  const receipt = page.url();
  await page.goBack();
  await page.locator('textarea[name=description]').waitFor();
  const second = 'Đèn tắt ở cổng trường, chuyện thứ hai.';
  await fill(page, second, 4);
  await send(page);
  await page.waitForURL(/\/my\/[0-9A-Z]+$/);
  assert.notEqual(page.url(), receipt);
  assert.deepEqual([await arrived(first), await arrived(second)], [1, 1]);
  await context.close();
});

test('two tabs have a draft each, and the one that was closed is not lost', async () => {
  const { page, context } = await withoutWorker();
  await page.goto('/new');
  await page.locator('textarea[name=description]').fill('Chuyện ở thẻ thứ nhất');
  await page.waitForFunction(() => localStorage.getItem('drafts')?.includes('thẻ thứ nhất'));
  const other = await context.newPage();
  await other.goto('/new');
  assert.equal(await wordsOn(other), '', 'the first is being written');
  await other.locator('textarea[name=description]').fill('Chuyện ở thẻ thứ hai');
  await other.waitForFunction(() => localStorage.getItem('drafts')?.includes('thẻ thứ hai'));
  assert.equal(await wordsOn(page), 'Chuyện ở thẻ thứ nhất');
  await page.close();
  const later = await context.newPage();
  await later.goto('/new');
  await later.waitForFunction(() => document.querySelector('textarea')?.value === 'Chuyện ở thẻ thứ nhất');
  assert.deepEqual(await axe(later), []);
  await screenshot(later, 'draft-restored');
  await later.getByRole('button', { name: 'Viết lại từ đầu' }).click();
  await later.waitForFunction(() => document.querySelector('textarea')?.value === '');
  assert.deepEqual(await drafts(later), ['Chuyện ở thẻ thứ hai']);
  await context.close();
});

test('the next person at the same device sees no draft of somebody who was signed in, and nobody sees their number', async () => {
  const { page, context } = await withoutWorker();
  await signIn(page, nhip, 'operator');
  await page.goto('/new');
  await page.locator('textarea[name=description]').fill('Viết khi đã đăng nhập');
  await page.waitForFunction(() => localStorage.getItem('drafts')?.includes('đăng nhập'));
  const own = await context.cookies();
  await context.clearCookies();
  await page.goto('/about');
  await page.goto('/new');
  assert.equal(await wordsOn(page), '');
  await page.locator('[name=phone]').fill('0905123456');
  await page.locator('textarea[name=description]').fill('Viết khi chưa đăng nhập');
  await page.waitForFunction(() => localStorage.getItem('drafts')?.includes('chưa đăng nhập'));
  await page.reload();
  assert.equal(await page.locator('[name=phone]').inputValue(), '0905123456', 'it is the same person who goes on');
  await page.close();
  const next = await context.newPage();
  await next.goto('/new');
  await next.waitForFunction(() => document.querySelector('textarea')?.value === 'Viết khi chưa đăng nhập');
  assert.equal(await next.locator('[name=phone]').inputValue(), '');
  await next.getByRole('button', { name: 'Viết lại từ đầu' }).click();
  await next.waitForFunction(() => document.querySelector('textarea')?.value === '');
  await context.addCookies(own);
  await next.goto('/new');
  await next.waitForFunction(() => document.querySelector('textarea')?.value === 'Viết khi đã đăng nhập');
  await context.close();
});

test('a password manager that fills in the trap is told of, and nothing is lost', async () => {
  const { page, context } = await withWorker();
  const words = 'Gạch vỡ trước đình, máy điền hộ một ô.';
  await page.goto('/new');
  await fill(page, words, 5);
  await page.evaluate(() => {
    const trap = /** @type {HTMLInputElement} */ (document.querySelector('[name=left-empty]'));
    trap.value = 'https://lan.example.org';
  });
  await send(page);
  await page.getByText('Một ô phải để trống').first().waitFor();
  assert.equal(await wordsOn(page), words);
  assert.equal(await arrived(words), 0);
  await send(page);
  await page.waitForURL(/\/my\/[0-9A-Z]+$/);
  assert.equal(await arrived(words), 1);
  await context.close();
});

test('at the desk, what was typed outlives an error page and a session that ended, and is done once', async () => {
  const citizen = await withoutWorker();
  await citizen.page.goto('/new');
  await fill(citizen.page, 'Gạch vỡ, việc của bàn trực.', 6);
  await send(citizen.page);
  await citizen.page.waitForURL(/\/my\/[0-9A-Z]+$/);
  const code = new URL(citizen.page.url()).pathname.split('/').at(-1);
  await citizen.context.close();

  const { page, context } = await withoutWorker();
  await signIn(page, nhip, 'operator');
  const path = `/desk/reports/${code}`;
  await page.goto(path);
  await page.locator('#note > summary').click();
  const words = 'Đã gọi lại, người báo chỉ rõ chỗ vỡ.';
  await page.locator('#note-reason').fill(words);
  proxy.say(SAYS['bad gateway']);
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('#note button').click()]);
  await page.goBack();
  await page.waitForFunction((words) => /** @type {HTMLTextAreaElement} */ (document.querySelector('#note-reason'))?.value === words, words);
  assert.ok(await page.locator('#note-reason').isVisible());

  // The session ended while they wrote.
  proxy.say();
  const own = await context.cookies();
  await context.clearCookies();
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('#note button').click()]);
  await page.getByRole('heading', { name: 'Nội dung bạn đã viết' }).waitFor();
  assert.ok((await page.locator('main').innerText()).includes(words));
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'words-given-back');
  await context.addCookies(own);
  await page.getByRole('button', { name: 'Gửi lại' }).click();
  await page.waitForURL(/done=note/);
  await page.locator('.desk-story').getByText(words, { exact: true }).waitFor();
  assert.equal(await page.locator('#note-reason').inputValue(), '', 'it is let go');
  await page.goto(path);
  assert.equal(await page.locator('#note-reason').inputValue(), '');
  await context.close();
});

test('the form of the counter keeps its words in the tab, and a second press makes no second report', async () => {
  const { page, context } = await withoutWorker();
  await signIn(page, nhip, 'operator2');
  const words = 'Người dân gọi: gạch vỡ ở bến thuyền.';
  await page.goto('/desk/new');
  await page.locator('[name=service_code]').selectOption({ label: PAVEMENT.service });
  await page.locator('textarea[name=description]').fill(words);
  await page.locator('[name=area]').selectOption({ index: 7 });
  proxy.say(SAYS['no service']);
  const enter = page.locator('form[action="/desk/new"] button.button-primary');
  await Promise.all([page.waitForEvent('domcontentloaded'), enter.click()]);
  await page.goBack();
  await page.waitForFunction((words) => document.querySelector('textarea')?.value === words, words);
  assert.notEqual(await page.locator('[name=area]').inputValue(), '');
  proxy.say();
  await page.evaluate(() => {
    const form = /** @type {HTMLFormElement} */ (document.querySelector('form[action="/desk/new"]'));
    void fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' });
  });
  await enter.click();
  await page.waitForURL(/done=submit/);
  assert.equal(await arrived(words), 1);
  await page.goto('/desk/new');
  assert.equal(await wordsOn(page), '');
  await context.close();
});

// The last: it uses up what one device may send.
test('too many at once: our own page gives the words back, and the form keeps them', async () => {
  const { page, context } = await withoutWorker();
  const words = 'Gạch vỡ khắp phường, gửi dồn một lúc.';
  await page.goto('/new');
  await context.addCookies([{ name: 'device', value: 'A'.repeat(25), url: page.url() }]);
  await fill(page, words, 8);
  await page.evaluate(async () => {
    for (let n = 0; n < 80; n += 1) {
      const { status } = await fetch('/new', { method: 'POST', body: new URLSearchParams({ step: 'continue' }) });
      if (status === 429) return;
    }
  });
  await Promise.all([page.waitForEvent('domcontentloaded'), send(page)]);
  await page.getByRole('heading', { name: 'Nội dung bạn đã viết' }).waitFor();
  assert.ok((await page.locator('main').innerText()).includes(words));
  assert.deepEqual(await drafts(page), [words]);
  await page.goto('/new');
  await page.waitForFunction((words) => document.querySelector('textarea')?.value === words, words);
  await context.close();
});
