// Who somebody is: staff with a password and a one-time code, citizens by a letter, and the vault that
// keeps who reported.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';

import { atDesk, emptyCity, letter, report } from './city.mjs';
import { nameOf, newPerson, startBrowser } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

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

test('a one-time code is switched on by proving it, asked for, and usable once', async () => {
  const first = await atDesk(browser, nhip, 'reviewer');
  const { page } = first;
  await page.goto('/account');
  await page.getByRole('link', { name: 'Cài đặt mã một lần' }).click();
  assert.ok(await page.locator('svg.qr').isVisible());
  const secret = await page.locator('figcaption code').innerText();
  const step = Math.floor(Date.now() / 30_000);
  await page.getByLabel('Mã', { exact: true }).fill('000000');
  await page.getByRole('button', { name: 'Bật' }).click();
  await page.getByText('Mã chưa đúng hoặc đã dùng rồi.').waitFor();
  assert.equal(await page.locator('figcaption code').innerText(), secret, 'the same secret is still on the telephone');
  await page.getByLabel('Mã', { exact: true }).fill(oneTimeCode(secret, step));
  await page.getByRole('button', { name: 'Bật' }).click();
  await page.getByText('Đã bật mã một lần.').waitFor();
  const recovery = await page.locator('main li code').allInnerTexts();
  assert.equal(recovery.length, 8);

  const second = await newPerson(browser, nhip, { width: 1280 });
  await signInWithPassword(second.page, 'reviewer');
  await second.page.waitForURL(/\/sign-in\/code/);
  await second.page.goto('/desk');
  assert.equal(new URL(second.page.url()).pathname, '/sign-in', 'half signed in is not in');
  await signInWithPassword(second.page, 'reviewer');
  await giveCode(second.page, oneTimeCode(secret, step));
  await second.page.getByText('Mã chưa đúng hoặc đã dùng rồi.').waitFor();
  await giveCode(second.page, oneTimeCode(secret, step + 1));
  await second.page.waitForURL((url) => url.pathname === '/desk');

  const third = await newPerson(browser, nhip, { width: 1280 });
  await signInWithPassword(third.page, 'reviewer');
  await giveCode(third.page, recovery[0] ?? '');
  await third.page.waitForURL((url) => url.pathname === '/desk');
  for (const { context } of [first, second, third]) await context.close();
});

test('who guesses at a password must wait longer and longer, and the right one waits too', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 1280 });
  await page.goto('/sign-in');
  /** @param {string} password */
  const guess = async (password) => {
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.waitForEvent('load'),
      typePassword(page, 'operator2', password),
    ]);
    return answer;
  };
  let answer = await guess('a guess');
  for (let tries = 2; answer.status() !== 429; tries++) {
    assert.ok(tries < 10, 'nobody slowed it down');
    assert.equal(answer.status(), 422);
    answer = await guess(`a guess ${tries}`);
  }
  await page.getByRole('alert').filter({ hasText: /thử lại sau \d+ giây/ }).waitFor();
  assert.ok(Number(answer.headers()['retry-after']) > 0);
  assert.equal(await page.getByLabel('Tên đăng nhập').inputValue(), 'operator2');
  assert.equal((await guess(passwordOf('operator2'))).status(), 429);
  await context.close();
});

test('the page of sessions shows where one is signed in, and ends the other place', async () => {
  const here = await newPerson(browser, nhip, { width: 1280 });
  const there = await newPerson(browser, nhip, { width: 1280 });
  for (const { page } of [here, there]) {
    await signInWithPassword(page, 'officer');
    await page.waitForURL((url) => url.pathname === '/desk');
  }
  await here.page.getByRole('link', { name: 'Tài khoản' }).click();
  await here.page.getByRole('link', { name: 'Xem các thiết bị đang đăng nhập' }).click();
  const places = here.page.locator('main li');
  assert.equal(await places.count(), 2);
  assert.match(await places.filter({ hasText: 'Thiết bị này' }).innerText(), /Chrome · Linux/);
  await places.filter({ hasNotText: 'Thiết bị này' }).getByRole('button', { name: 'Đăng xuất' }).click();
  await places.nth(1).waitFor({ state: 'detached' });
  await there.page.goto('/desk');
  assert.equal(new URL(there.page.url()).pathname, '/sign-in');
  await here.page.goto('/desk');
  assert.equal(new URL(here.page.url()).pathname, '/desk');
  for (const { context, complaints } of [here, there]) {
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

test('a citizen signs in by a letter, once, and finds what they have sent', async () => {
  const before = await newPerson(browser, nhip, {});
  await before.page.goto('/new');
  const nameless = await report(before.page, { words: 'Vỉa hè lún trước cổng trường.', email: 'dung@example.org' });
  await before.context.close();

  const citizen = await newPerson(browser, nhip, {});
  const { page } = citizen;
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Đăng nhập bằng email' }).tap();
  await page.getByLabel('Địa chỉ email').fill('dung@example.org');
  await page.getByRole('button', { name: 'Gửi đường dẫn cho tôi' }).tap();
  await page.getByText('email đang được gửi tới bạn').waitFor();
  const { links } = await letter(nhip, 'dung@example.org', /Đường dẫn đăng nhập/);
  const link = links[0] ?? '';
  await page.goto(link);
  await page.getByRole('button', { name: 'Đăng nhập' }).tap();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));

  await page.goto('/new');
  assert.equal(await page.getByLabel('Số điện thoại').count(), 0, 'we know them');
  const signed = await report(page, { words: 'Gạch vỉa hè vỡ nát chỗ quán cà phê.' });
  await page.goto('/my');
  const mine = await page.locator('.card-title a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  assert.deepEqual(mine, [`/my/${signed.code}`, `/my/${nameless.code}`]);
  await page.goto(`/my/${nameless.code}`);
  await page.getByRole('heading', { name: 'Quá trình xử lý' }).waitFor();

  const stranger = await newPerson(browser, nhip, {});
  await stranger.page.goto(link);
  await stranger.page.getByText('Đường dẫn này đã được dùng hoặc đã hết hạn.').waitFor();
  const answer = await stranger.page.goto(`/my/${nameless.code}`);
  assert.equal(answer?.status(), 403);
  for (const { context } of [citizen, stranger]) await context.close();
});

test('who opens the vault says why, and the reporter reads it', async () => {
  const citizen = await newPerson(browser, nhip, {});
  await citizen.page.goto('/new');
  await citizen.page.getByRole('textbox', { name: 'Tên' }).fill('Lê Thị Gấm');
  await citizen.page.getByLabel('Số điện thoại').fill('0905 123 456');
  const sent = await report(citizen.page, { words: 'Vỉa hè sụt thành hố sâu.', email: 'gam@example.org' });
  await citizen.page.getByText('Chưa ai mở xem.').waitFor();

  const operator = await atDesk(browser, nhip, 'operator');
  await operator.page.goto(`/desk${sent.href}`);
  assert.ok(!(await operator.page.content()).includes('gam@example.org'), 'a case is shown without its sender');
  const contact = operator.page.locator('details#contact');
  await contact.locator('summary').click();
  const reason = contact.getByLabel('Lý do');
  await reason.fill('   ');
  await contact.getByRole('button', { name: 'Xem liên hệ người gửi' }).click();
  await operator.page.locator('details#contact .error').waitFor();
  await operator.page.locator('details#contact').getByLabel('Lý do').fill('Hố sâu, cần hỏi chỗ chính xác ngay.');
  await operator.page.locator('details#contact').getByRole('button', { name: 'Xem liên hệ người gửi' }).click();
  await operator.page.getByText('gam@example.org').waitFor();
  assert.match(await operator.page.locator('main').innerText(), /Lê Thị Gấm[^]*905123456/);

  await citizen.page.reload();
  const opened = await citizen.page.locator('main li', { hasText: 'Hố sâu, cần hỏi' }).innerText();
  assert.match(opened, /Người tiếp nhận/);
  assert.ok(!opened.includes(nameOf('operator')), 'the role, not the person');

  await operator.page.locator('.main-nav').getByRole('link', { name: 'Tìm' }).click();
  await operator.page.getByText('Tìm theo điện thoại hoặc email').click();
  await operator.page.getByLabel('Điện thoại hoặc email', { exact: true }).fill('0905123456');
  await operator.page.locator('.desk-people').getByRole('button', { name: 'Tìm' }).click();
  await operator.page.locator('.desk-row', { hasText: 'sụt thành hố sâu' }).waitFor();
  for (const { context, complaints } of [citizen, operator]) {
    assert.deepEqual(complaints.filter((complaint) => !complaint.includes('status of 422')), []);
    await context.close();
  }
});

/**
 * RFC 6238 with SHA-1, six digits, steps of 30 seconds.
 * @param {string} secret In base32.
 * @param {number} step
 */
function oneTimeCode(secret, step) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** @param {string} login */
function passwordOf(login) {
  return nhip.signIns.find((one) => one.login === login)?.password ?? '';
}

/**
 * @param {Page} page
 * @param {string} login
 */
async function signInWithPassword(page, login) {
  await page.goto('/sign-in');
  await typePassword(page, login, passwordOf(login));
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/**
 * @param {Page} page
 * @param {string} login
 * @param {string} password
 */
async function typePassword(page, login, password) {
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.getByLabel('Mật khẩu').fill(password);
  await page.locator('main').getByRole('button', { name: 'Đăng nhập', exact: true }).click();
}

/**
 * @param {Page} page
 * @param {string} code
 */
async function giveCode(page, code) {
  await page.getByLabel('Mã', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
}
