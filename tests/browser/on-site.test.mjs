// Whoever goes to the places, with a phone that has no network there: their list, what they tell, each once, and nobody
// else's business. Between the browser and the server stands a wire that the tests cut.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { SAYS, standBetween } from './between.mjs';
import { BROKEN, MENDED, MENDED_AGAIN, PAVEMENT, atDesk, file, photo, report } from './city.mjs';
import { axe, newPerson, screenshot, signIn, startBrowser, startServe, sticksOut } from './support.mjs';
import { lay } from './wire.mjs';

/** @typedef {import('./support.mjs').Page} Page */
/** @typedef {import('./support.mjs').Watched} Watched */

const WARD = 'phuong-phu-xuan';
const LIST = '/desk/on-site';

/** @type {import('./support.mjs').Nhip} */
let nhip;
/** @type {import('./support.mjs').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof lay>>} */
let wire;

before(async () => {
  nhip = await startServe('cities/hue', [
    { login: 'operator', role: 'operator' },
    { login: 'officer', role: 'officer', agency: WARD },
    { login: 'officer2', role: 'officer', agency: WARD },
    { login: 'officer3', role: 'officer', agency: WARD },
  ]);
  browser = await startBrowser();
  wire = await lay(nhip);
});
beforeEach(() => wire.set('whole'));
after(async () => {
  await browser?.close();
  wire?.close();
  await nhip?.stop();
});

/**
 * Reports that the officer has in hand; their codes.
 * @param {string[]} words @param {string} shape
 */
async function inHand(words, shape) {
  const citizen = await newPerson(browser, nhip);
  const codes = [];
  for (const said of words) {
    // With a pin, so that there is a way to it.
    await citizen.page.goto('/new');
    await citizen.page.evaluate(() => {
      for (const [name, value] of [['lat', '16.47851'], ['long', '107.57721']]) {
        const field = document.querySelector(`form[data-new] input[name="${name}"]`);
        if (field instanceof HTMLInputElement) field.value = value ?? '';
      }
    });
    const { code } = await report(citizen.page, { words: `${said} ${PAVEMENT.words}`, photo: await photo(browser, shape) });
    codes.push(code);
  }
  await citizen.context.close();
  const [operator, officer] = [await atDesk(browser, nhip, 'operator'), await atDesk(browser, nhip, 'officer')];
  for (const code of codes) {
    await operator.page.goto(`/desk/reports/${code}`);
    await operator.page.locator('form[data-do="accept"] button').click();
    await operator.page.waitForURL(/done=accept/);
    await officer.page.goto(`/desk/reports/${code}`);
    await officer.page.locator('form[action$="/start"] button').click();
    await officer.page.waitForURL(/done=start/);
  }
  await operator.context.close();
  await officer.context.close();
  return codes;
}

/** The officer on a phone that has taken the list along. */
async function onTheWay() {
  const person = await newPerson(browser, { ...nhip, url: wire.url });
  await signIn(person.page, nhip, 'officer');
  await takeAlong(person.page);
  return person;
}

/** The session of a colleague, as if they had signed in on this very phone. @param {string} login */
async function cookiesOf(login) {
  const { context } = await atDesk(browser, nhip, login);
  const cookies = await context.cookies();
  await context.close();
  return cookies.filter(({ httpOnly }) => httpOnly);
}

/** @param {Page} page */
async function takeAlong(page) {
  await page.goto(LIST);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.evaluate(async (list) => {
    while (!(await caches.match(list, { cacheName: 'on-site' }))) await new Promise((done) => setTimeout(done, 50));
  }, LIST);
}

/**
 * Tells what came of a case, with a photo.
 * @param {Page} page @param {string} code @param {string} words @param {Buffer} picture
 */
async function tell(page, code, words, picture) {
  const stop = page.locator(`[data-stop="${code}"]`);
  await stop.locator('summary', { hasText: 'Báo kết quả tại chỗ' }).click();
  await stop.locator('input[type=file]').setInputFiles(file('xong.jpg', picture));
  await stop.locator('.photo-preview canvas').first().waitFor();
  await stop.getByLabel('Lời của bạn').fill(words);
  await stop.getByRole('button', { name: 'Gửi', exact: true }).click();
  await page.locator('[data-answers]', { hasText: words }).waitFor();
}

/** How often the history of a case says this. @param {string} code @param {string} words */
async function timesTold(code, words) {
  const { page, context } = await atDesk(browser, nhip, 'operator');
  await page.goto(`/desk/reports/${code}`);
  const times = await page.locator('.desk-story').getByText(words, { exact: true }).count();
  await context.close();
  return times;
}

/** What lies on the device. @param {Page} page */
function onDevice(page) {
  return page.evaluate(async () => {
    /** @type {IDBDatabase} */
    const open = await new Promise((done) => {
      const request = indexedDB.open('nhip');
      request.onsuccess = () => done(request.result);
    });
    /** @param {string} name @returns {Promise<any[]>} */
    const all = (name) =>
      new Promise((done) => {
        const request = open.transaction(name).objectStore(name).getAll();
        request.onsuccess = () => done(request.result);
      });
    const [answers, people] = [await all('answers'), await all('person')];
    open.close();
    return {
      list: await caches.has('on-site'),
      answers: answers.map(({ state, body }) => `${state}${body ? '' : ', empty'}`),
      key: people.some(({ key }) => key !== undefined),
      nobody: people.every(({ who }) => who === 'nobody'),
    };
  });
}

test('two cases are answered with photos where there is no network, and each answer arrives once', async () => {
  const codes = await inHand(['Chuyện thứ nhất.', 'Chuyện thứ hai.'], BROKEN);
  const [first = '', second = ''] = codes;
  const { page, context } = await onTheWay();
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(await sticksOut(page), []);
  await screenshot(page, 'on-site');
  wire.set('cut');
  await page.goto('/desk');
  await page.waitForURL(new RegExp(`${LIST}$`));
  await page.getByText('Không có mạng.').waitFor();
  assert.equal(await page.locator('[data-stop]').count(), 2);
  const before = page.locator(`[data-stop="${first}"] .on-site-photo`);
  assert.ok(await before.evaluate(async (/** @type {HTMLImageElement} */ image) => (await image.decode(), image.naturalWidth > 0)), 'the photo came along');
  const way = page.locator(`[data-stop="${first}"]`).getByRole('link', { name: 'Chỉ đường' });
  assert.match((await way.getAttribute('href')) ?? '', /^geo:\d/);
  await tell(page, first, 'Đã lát lại gạch, không còn vấp.', await photo(browser, MENDED));
  await page.locator('[data-answers]').getByText('Đang chờ gửi').first().waitFor();
  await tell(page, second, 'Đã thay nắp cống bên cạnh.', await photo(browser, MENDED_AGAIN));
  assert.equal(await page.locator('[data-answers] [data-state=waiting]').count(), 2);
  assert.equal(await page.locator('.on-site-act:visible').count(), 0, 'what waits is not told again');
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(await sticksOut(page), []);
  await screenshot(page, 'on-site-offline');
  assert.equal(await timesTold(first, 'Đã lát lại gạch, không còn vấp.'), 0);
  await page.close();

  // The phone was in a pocket; the network is back when it is taken out.
  wire.set('whole');
  const later = await context.newPage();
  await later.goto(LIST);
  await later.locator('[data-answers] [data-state=sent]').nth(1).waitFor();
  await screenshot(later, 'on-site-sent');
  await later.goto(LIST);
  assert.equal(await later.locator('[data-stop]').count(), 0, 'both are off the list');
  assert.equal(await timesTold(first, 'Đã lát lại gạch, không còn vấp.'), 1);
  assert.equal(await timesTold(second, 'Đã thay nắp cống bên cạnh.'), 1);
  await context.close();
});

test('an answer whose confirmation is lost is not given twice', async () => {
  const [code = ''] = await inHand(['Chuyện trong hầm.'], `${BROKEN}<circle cx="20" cy="20" r="9"/>`);
  const { page, context } = await onTheWay();
  wire.set('deaf');
  await tell(page, code, 'Đã xử lý trong hầm.', await photo(browser, `${MENDED}<circle cx="9" cy="9" r="9"/>`));
  wire.set('whole');
  await page.goto(LIST);
  await page.locator('[data-answers] [data-state=sent]').first().waitFor();
  assert.equal(await timesTold(code, 'Đã xử lý trong hầm.'), 1);
  await context.close();
});

test('what a proxy says in our place is no confirmation: the answer waits, and is given once', async () => {
  const [code = ''] = await inHand(['Chuyện qua cổng.'], `${BROKEN}<circle cx="50" cy="60" r="9"/>`);
  const proxy = await standBetween(nhip);
  const { page, context } = await newPerson(browser, { ...nhip, url: proxy.url });
  await signIn(page, nhip, 'officer');
  await takeAlong(page);
  proxy.say(SAYS['led elsewhere']);
  await tell(page, code, 'Đã xong, gửi qua cổng.', await photo(browser, `${MENDED}<circle cx="50" cy="9" r="9"/>`));
  for (const said of Object.values(SAYS)) {
    proxy.say(said);
    const before = proxy.asked();
    await page.getByRole('button', { name: 'Gửi ngay' }).first().click();
    while (proxy.asked() === before) await page.waitForTimeout(20);
    await page.goto(LIST);
    await page.locator('[data-answers] [data-state=waiting]').waitFor();
    assert.equal(await page.locator('[data-answers] [data-state=sent], [data-answers] [data-state=refused]').count(), 0, `${said.status}`);
  }
  assert.equal(await timesTold(code, 'Đã xong, gửi qua cổng.'), 0);
  proxy.say();
  await page.goto(LIST);
  await page.locator('[data-answers] [data-state=sent]').first().waitFor();
  assert.equal(await timesTold(code, 'Đã xong, gửi qua cổng.'), 1);
  await context.close();
  proxy.close();
});

test('the list opens although the network only seems to be there, nearest first, and what is told waits', async () => {
  const [code = ''] = await inHand(['Chuyện sóng yếu.'], `${BROKEN}<circle cx="30" cy="40" r="9"/>`);
  const { page, context } = await onTheWay();
  await context.grantPermissions(['geolocation'], { origin: wire.url });
  await context.setGeolocation({ latitude: 16.47, longitude: 107.58 });
  wire.set('silent');
  await page.goto(LIST);
  await page.getByText('Không có mạng.').waitFor();
  if ((await page.locator('[data-stop]').count()) > 1) {
    await page.getByRole('button', { name: 'Gần nhất trước' }).click();
    await page.locator('[data-far]').first().waitFor();
  }
  await tell(page, code, 'Đã xong, sóng yếu.', await photo(browser, `${MENDED}<circle cx="9" cy="30" r="9"/>`));
  await page.locator('[data-answers]').getByText('Đang chờ gửi').first().waitFor();
  wire.set('cut');
  wire.set('whole');
  await page.goto(LIST);
  await page.locator('[data-answers] [data-state=sent]').first().waitFor();
  assert.equal(await timesTold(code, 'Đã xong, sóng yếu.'), 1);
  await context.close();
});

test('a case that moved on refuses the answer, and it is done again with nothing lost', async () => {
  const [code = ''] = await inHand(['Chuyện đổi ý.'], `${BROKEN}<circle cx="40" cy="20" r="9"/>`);
  const { page, context } = await onTheWay();
  wire.set('cut');
  await page.goto(LIST);
  await tell(page, code, 'Đã xong từ hôm qua.', await photo(browser, `${MENDED}<circle cx="30" cy="9" r="9"/>`));
  const operator = await atDesk(browser, nhip, 'operator');
  await operator.page.goto(`/desk/reports/${code}`);
  await operator.page.locator('#mark_urgent > summary').click();
  await operator.page.locator('#mark_urgent-reason').fill('Gọi lại cho dân trước đã.');
  await operator.page.locator('#mark_urgent button').click();
  await operator.page.waitForURL(/done=mark_urgent/);
  await operator.context.close();
  wire.set('whole');
  await page.goto(LIST);
  const refused = page.locator('[data-answers] [data-state=refused]');
  await refused.waitFor();
  assert.equal(await timesTold(code, 'Đã xong từ hôm qua.'), 0);
  assert.notEqual(await refused.locator('[data-said]').innerText(), '');
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'on-site-refused');
  await refused.getByRole('button', { name: 'Làm lại' }).click();
  const stop = page.locator(`[data-stop="${code}"]`);
  const words = stop.getByLabel('Lời của bạn');
  await page.waitForFunction(() => [...document.querySelectorAll('textarea')].some((field) => field.value === 'Đã xong từ hôm qua.'));
  assert.equal(await words.inputValue(), 'Đã xong từ hôm qua.');
  await screenshot(page, 'on-site-redo');
  await stop.getByRole('button', { name: 'Gửi', exact: true }).click();
  await page.locator('[data-answers] [data-state=sent]').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[data-answers] [data-state]').length === 1);
  assert.equal(await timesTold(code, 'Đã xong từ hôm qua.'), 1);
  await context.close();
});

test('somebody else on the same phone neither sees nor sends what waits; its writer does', async () => {
  const [code = ''] = await inHand(['Chuyện máy chung.'], `${BROKEN}<circle cx="80" cy="20" r="9"/>`);
  const { page, context } = await onTheWay();
  wire.set('cut');
  await page.goto(LIST);
  await tell(page, code, 'Chỉ người viết mới gửi.', await photo(browser, `${MENDED}<circle cx="90" cy="9" r="9"/>`));
  // The session ended meanwhile, and a colleague takes the phone.
  const own = await context.cookies();
  await context.clearCookies();
  wire.set('whole');
  await context.addCookies(await cookiesOf('officer2'));
  await page.goto(LIST);
  await page.getByText('Có nội dung của người khác đang chờ').waitFor();
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'on-site-others');
  assert.equal(await page.getByText('Chỉ người viết mới gửi.').count(), 0);
  const device = await onDevice(page);
  assert.deepEqual(device.answers, ['waiting']);
  assert.equal(await timesTold(code, 'Chỉ người viết mới gửi.'), 0);
  wire.set('cut');
  await page.goto(LIST);
  assert.equal(await page.locator(`[data-stop="${code}"]`).count(), 0, 'nor the list of the first');
  wire.set('whole');
  await context.clearCookies();
  await context.addCookies(own);
  await page.goto(LIST);
  await page.locator('[data-answers] [data-state=sent]').first().waitFor();
  assert.equal(await timesTold(code, 'Chỉ người viết mới gửi.'), 1);
  await context.close();
});

test('a report written while nobody was signed in waits while somebody is, and says so', async () => {
  const { page, context } = await newPerson(browser, { ...nhip, url: wire.url });
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  wire.set('cut');
  await page.goto('/new');
  const words = 'Ống nước rò ở hẻm, viết khi chưa ai đăng nhập.';
  await page.locator('textarea[name=description]').fill(words);
  const kinds = page.locator('details.behind');
  if ((await kinds.getAttribute('open')) === null) await kinds.locator('summary').click();
  await page.locator('[name=service-any]').selectOption({ index: 2 });
  await page.locator('[name=area]').selectOption({ index: 2 });
  await page.locator('button[name=step][value=send]').click();
  await page.waitForURL(/\/unsent$/);
  await context.addCookies(await cookiesOf('officer3'));
  wire.set('whole');
  await page.goto('/unsent');
  await page.getByText('Đang chờ: bạn đang đăng nhập').waitFor();
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'unsent-nameless');
  assert.equal(await page.locator('[data-state=sent]').count(), 0);
  await page.locator('form[action="/sign-out"] button').first().click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto('/unsent');
  await page.locator('[data-state=sent]').waitFor();
  await context.close();
});

test('a notification is shown, its click opens our page only, and a new address is told', async () => {
  const { page, context } = await newPerson(browser, nhip);
  await context.grantPermissions(['notifications'], { origin: nhip.url });
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const debug = await context.newCDPSession(page);
  /** @type {Promise<string>} */
  const registration = new Promise((found) => {
    debug.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [one] = registrations.filter(({ scopeURL }) => scopeURL.startsWith(nhip.url));
      if (one) found(one.registrationId);
    });
  });
  await debug.send('ServiceWorker.enable');
  const data = JSON.stringify({ title: 'Vỉa hè đã sửa', text: 'Phú Xuân', link: `${nhip.url}/about`, lang: 'vi' });
  await debug.send('ServiceWorker.deliverPushMessage', { origin: nhip.url, registrationId: await registration, data });
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    while ((await registration.getNotifications()).length === 0) await new Promise((done) => setTimeout(done, 50));
  });
  const shown = await page.evaluate(async () => {
    const [one] = await (await navigator.serviceWorker.ready).getNotifications();
    return one && { title: one.title, body: one.body, link: one.data.link };
  });
  assert.deepEqual(shown, { title: 'Vỉa hè đã sửa', body: 'Phú Xuân', link: `${nhip.url}/about` });

  const [worker] = context.serviceWorkers();
  assert.ok(worker);
  const came = await worker.evaluate(async () => {
    const self = /** @type {any} */ (globalThis);
    const [opened, sent] = [/** @type {string[]} */ ([]), /** @type {string[][]} */ ([])];
    self.clients.openWindow = async (/** @type {string} */ href) => opened.push(href);
    self.fetch = async (/** @type {string} */ path, /** @type {any} */ { body }) => (sent.push([path, String(body)]), new Response());
    /** @param {string} name @param {object} more */
    const happens = async (name, more) => {
      /** @type {Promise<unknown>[]} */
      const works = [];
      self.dispatchEvent(Object.assign(new Event(name), more, { waitUntil: (/** @type {Promise<unknown>} */ work) => works.push(work) }));
      await Promise.all(works);
    };
    const [shown] = await self.registration.getNotifications();
    await happens('notificationclick', { notification: shown });
    await happens('notificationclick', { notification: { close() {}, data: { link: 'https://evil.example/' } } });
    const newSubscription = { endpoint: 'https://push.example/new', getKey: () => new Uint8Array([251, 255]).buffer };
    await happens('pushsubscriptionchange', { oldSubscription: { endpoint: 'https://push.example/old' }, newSubscription });
    return { opened, sent, left: (await self.registration.getNotifications()).length };
  });
  assert.deepEqual(came, {
    opened: [`${nhip.url}/about`],
    sent: [['/follows/device', 'old=https%3A%2F%2Fpush.example%2Fold&endpoint=https%3A%2F%2Fpush.example%2Fnew&p256dh=-_8&auth=-_8']],
    left: 0,
  });
  await context.close();
});

// The last, because its session is everybody's here.
test('whoever signs out leaves nothing on the phone, and what waited goes out before', async () => {
  const [code = ''] = await inHand(['Chuyện cuối ngày.'], `${BROKEN}<circle cx="60" cy="20" r="9"/>`);
  const { page, context } = await onTheWay();
  wire.set('cut');
  await page.goto(LIST);
  await tell(page, code, 'Đã xong cuối ngày.', await photo(browser, `${MENDED}<circle cx="60" cy="9" r="9"/>`));
  const kept = await onDevice(page);
  assert.deepEqual({ ...kept, answers: kept.answers.length }, { list: true, answers: 1, key: true, nobody: false });
  wire.set('whole');
  await page.locator('form[action="/sign-out"] button').first().click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto('/unsent');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  assert.deepEqual(await onDevice(page), { list: false, answers: [], key: false, nobody: true });
  assert.equal(await timesTold(code, 'Đã xong cuối ngày.'), 1);
  // Nothing of the list opens any more.
  wire.set('cut');
  await page.goto(LIST);
  assert.equal(await page.locator('[data-on-site]').count(), 0);
  await context.close();
});
