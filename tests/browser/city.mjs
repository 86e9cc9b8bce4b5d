// A city for the journeys: its people, what they do on the pages, and the letters it writes.
//
// People here press, type and read; they do not call anything behind the pages.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { newPerson, signIn, startServe } from './support.mjs';

/** @typedef {import('./support.mjs').Nhip} Nhip */
/** @typedef {import('./support.mjs').Watched} Watched */
/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */

/** The ward that answers for its pavements. */
const WARD = 'phuong-phu-xuan';

/** Whoever has a desk in the journeys, by login. */
const COLLEAGUES = [
  { login: 'operator', role: 'operator' },
  { login: 'operator2', role: 'operator' },
  { login: 'reviewer', role: 'reviewer' },
  { login: 'officer', role: 'officer', agency: WARD },
];

/** Milliseconds. The jobs that write letters look once a second. */
const LETTER_LIMIT = 20_000;

/** A city in which nothing has happened yet. */
export function emptyCity() {
  return startServe('cities/hue', COLLEAGUES);
}

/**
 * Somebody of the city at their desk, signed in.
 * @param {Browser} browser
 * @param {Nhip} nhip
 * @param {string} login
 * @param {number} width In CSS pixels.
 */
export async function atDesk(browser, nhip, login, width = 1280) {
  const person = await newPerson(browser, nhip, { width });
  await signIn(person.page, nhip, login);
  return person;
}

/** What a citizen tells. The address is of the ward whose officer has a desk. */
export const PAVEMENT = {
  words: 'Gạch vỉa hè trước số 12 Chi Lăng vỡ, người già đi qua dễ vấp té.',
  service: 'Vỉa hè hư hỏng',
  address: 'Trước số 12 Chi Lăng',
  ward: 'Phú Xuân',
};

/** @typedef {{ code: string, href: string }} Sent */

/**
 * Reports something on the page that is open: words, the suggested kind, the place, the rest as given.
 * @param {Page} page At /new.
 * @param {{ words?: string, address?: string, email?: string, photo?: Buffer }} more
 * @returns {Promise<Sent>} After it, the reporter's own page is open.
 */
export async function report(page, { words = PAVEMENT.words, address = PAVEMENT.address, email = '', photo } = {}) {
  await page.getByLabel('Mô tả ngắn gọn').fill(words);
  const find = page.getByRole('button', { name: 'Tìm loại phản ánh theo nội dung' });
  if (await find.isVisible()) await find.click();
  await page.getByRole('radio', { name: PAVEMENT.service }).check();
  await page.getByLabel('Địa chỉ hoặc chỗ dễ nhận ra').fill(address);
  await page.getByLabel('Phường, xã').selectOption({ label: `${PAVEMENT.ward} (phường)` });
  if (photo) await page.getByLabel('Thêm ảnh').setInputFiles(file('via-he.jpg', photo));
  if (email) await page.getByLabel('Email').fill(email);
  // Somebody may have told of the same: that is shown once, photos stay, and it is sent.
  if ((await send(page)) === 200) {
    await page.getByText('Có phải việc này đã có người phản ánh?').waitFor();
    await send(page);
  }
  await page.waitForURL(/\/my\/[0-9A-Z]+$/);
  const code = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  return { code, href: `/reports/${code}` };
}

/**
 * Presses the button and waits for the next page.
 * @param {Page} page
 */
async function send(page) {
  const [answer] = await Promise.all([
    // Not that of a photo, which goes ahead.
    page.waitForResponse((response) => response.request().method() === 'POST' && new URL(response.url()).pathname === '/new'),
    page.waitForEvent('domcontentloaded'),
    page.locator('main').getByRole('button', { name: 'Gửi phản ánh' }).click(),
  ]);
  return answer.status();
}

/**
 * @param {string} name
 * @param {Buffer} buffer
 */
export function file(name, buffer) {
  return { name, mimeType: 'image/jpeg', buffer };
}

/**
 * A small photo, as a telephone makes it: a JPEG that no other test has taken.
 * @param {Browser} browser
 * @param {string} shape SVG of what is on it, in a box of 320 × 240.
 */
export async function photo(browser, shape) {
  const page = await browser.newPage({ viewport: { width: 320, height: 240 } });
  try {
    await page.setContent(`<body style="margin:0;background:#d8d2c4"><svg width="320" height="240">${shape}</svg>`);
    return await page.screenshot({ type: 'jpeg', quality: 80 });
  } finally {
    await page.close();
  }
}

export const BROKEN = '<path d="M20 200 L150 90 L190 150 L300 40" stroke="#333" stroke-width="18" fill="none"/><circle cx="90" cy="70" r="34"/>';
export const MENDED = '<rect x="30" y="30" width="120" height="80" fill="#a33"/><rect x="170" y="130" width="120" height="80" fill="#a33"/>';
export const MENDED_AGAIN = '<rect x="20" y="140" width="90" height="90" fill="#363"/><rect x="130" y="20" width="170" height="60" fill="#363"/>';

/**
 * The newest letter to an address that says this; waits for it.
 * @param {Nhip} nhip
 * @param {string} to
 * @param {RegExp} says Something in its subject or plain text.
 * @returns {Promise<{ subject: string, text: string, links: string[] }>}
 */
export async function letter(nhip, to, says) {
  const until = Date.now() + LETTER_LIMIT;
  /** @type {string[]} */
  let subjects = [];
  while (Date.now() < until) {
    const letters = await lettersTo(nhip, to);
    const found = letters.findLast(({ subject, text }) => says.test(subject) || says.test(text));
    if (found) return found;
    subjects = letters.map(({ subject }) => subject);
    await wait(100);
  }
  assert.fail(`no letter to ${to} says ${says}; there are: ${subjects.join(' | ')}`);
}

/**
 * @param {Nhip} nhip
 * @param {string} to
 */
async function lettersTo(nhip, to) {
  const folder = path.join(nhip.data, 'letters');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  const raw = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'latin1')));
  return raw.filter((text) => text.includes(`\r\nTo: ${to}\r\n`)).map(read);
}

/**
 * The parts of a letter that people read (RFC 2045 and 2047, as far as our letters go).
 * @param {string} raw
 */
function read(raw) {
  const subject = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(raw)?.[1] ?? '';
  const plain = /Content-Type: text\/plain[^]*?Content-Transfer-Encoding: (\S+)\r\n\r\n([^]*?)\r\n--/.exec(raw);
  const text = decoded(plain?.[1] ?? '', plain?.[2] ?? '');
  const words = subject.replace(/\r\n\s+/g, ' ').replace(/\?=\s+=\?/g, '?==?');
  return {
    subject: words.replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, coded) => decoded('base64', coded)),
    text,
    links: [...text.matchAll(/https?:\/\/\S+/g)].map(([link]) => link),
  };
}

/**
 * @param {string} encoding
 * @param {string} text
 */
function decoded(encoding, text) {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return Buffer.from(text, 'latin1').toString('utf8');
  const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/**
 * What everybody reads of a report: who has it, what they owe, by when.
 * @param {Browser} browser
 * @param {Nhip} nhip
 * @param {Sent} sent
 */
export async function publicPage(browser, nhip, sent) {
  const { page, context } = await newPerson(browser, nhip, {});
  try {
    const answer = await page.goto(sent.href);
    assert.equal(answer?.status(), 200);
    const clock = page.locator('.clock-large');
    return {
      status: (await page.locator('.card-state .chip').innerText()).trim(),
      who: await clock.locator('.clock-who').innerText(),
      owes: await textOf(clock.locator('.clock-owes')),
      by: await clock.locator('.clock-by time').getAttribute('datetime'),
      left: await textOf(clock.locator('.clock-left')),
      promise: await textOf(clock.locator('.clock-promise')),
      steps: await page.locator('.timeline .entry-title').allInnerTexts(),
      attempts: await page.locator('.timeline .entry-break').allInnerTexts(),
      text: await page.locator('main').innerText(),
    };
  } finally {
    await context.close();
  }
}

/** @param {import('playwright-core').Locator} part */
async function textOf(part) {
  return (await part.allInnerTexts()).join(' ');
}

/**
 * Opens the first case of the queue that is shown.
 * @param {Page} page
 * @returns {Promise<string>} What its row said.
 */
export async function openFirst(page) {
  const first = page.locator('.desk-row').first();
  const said = await first.innerText();
  await first.getByRole('link').first().click();
  await page.waitForURL(/\/desk\/reports\//);
  return said;
}

/**
 * Opens a form of the desk that is folded, and gives it.
 * @param {Page} page
 * @param {string} verb
 */
export async function unfolded(page, verb) {
  const act = page.locator(`details#${verb}`);
  if (!(await act.evaluate((details) => details instanceof HTMLDetailsElement && details.open))) {
    await act.locator('summary').click();
  }
  return act;
}
