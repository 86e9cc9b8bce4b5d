// Every page, in each language, on a phone and on a desk: what must hold for all of them.
//
// What a page does is not asked here; the journeys do that.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { axe, invalidHtml, newPerson, screenshot, signIn, startBrowser, startDemo, sticksOut, weigh } from './support.mjs';

/** @typedef {{ name: string, path: string | (() => Promise<string>) }} PageUnderTest */

/** @type {import('./support.mjs').Nhip} */
let nhip;
/** @type {import('./support.mjs').Browser} */
let browser;

before(async () => {
  nhip = await startDemo();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await nhip?.stop();
});

/** @type {PageUnderTest[]} */
const PUBLIC = [
  { name: 'front', path: '/' },
  { name: 'list', path: '/reports' },
  { name: 'list filtered', path: '/reports?state=in_progress&q=den' },
  { name: 'report', path: () => firstLink('/reports', /^\/reports\/[^/?#]+$/) },
  { name: 'report with a discussion', path: discussed },
  { name: 'report a comment', path: () => discussed().then((path) => firstLink(path, /^\/reports\/\w+\/comments\/\w+\/flag$/)) },
  { name: 'map', path: '/map' },
  { name: 'new report', path: '/new' },
  { name: 'agencies', path: '/agencies' },
  { name: 'agency', path: () => firstLink('/agencies', /^\/agencies\/[^/?#]+$/) },
  { name: 'promises', path: '/promises' },
  { name: 'explanations', path: '/explanations' },
  { name: 'cards', path: '/cards' },
  { name: 'numbers', path: '/stats' },
  { name: 'reports behind a number', path: '/stats/reports?of=missed' },
  { name: 'open data', path: '/open-data' },
  { name: 'about', path: '/about' },
  { name: 'what happens', path: '/what-happens' },
  { name: 'procedures', path: '/procedures' },
  { name: 'procedure', path: () => firstLink('/procedures', /^\/procedures\//) },
  { name: 'for programmers', path: '/api' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'sign-in by letter', path: '/sign-in/link' },
  { name: 'follow', path: () => firstLink('/reports?state=open', /^\/reports\/[^/?#]+$/).then((path) => `${path}/follow`) },
  { name: 'components', path: '/dev/components' },
];

/** @type {(PageUnderTest & { role: string })[]} */
const DESK = [
  { name: 'desk', path: '/desk', role: 'operator' },
  { name: 'intake', path: '/desk/intake', role: 'operator' },
  { name: 'search', path: '/desk/search', role: 'operator' },
  { name: 'review', path: '/desk/review', role: 'reviewer' },
  { name: 'comments', path: '/desk/comments', role: 'operator' },
  { name: 'newest comments', path: '/desk/comments?list=newest', role: 'operator' },
  { name: 'officer desk', path: '/desk', role: 'officer' },
  {
    name: 'case',
    path: () => firstLink('/reports', /^\/reports\/[^/?#]+$/).then((path) => `/desk${path}`),
    role: 'operator',
  },
  { name: 'enter for somebody', path: '/desk/new', role: 'operator' },
  { name: 'letters', path: '/desk/letters', role: 'operator' },
  { name: 'integrity', path: '/desk/integrity?days=365', role: 'leader' },
  { name: 'answers behind a number', path: '/desk/integrity/so-xay-dung?which=published&days=365', role: 'leader' },
  { name: 'calendar', path: '/desk/calendar', role: 'administrator' },
  { name: 'explanations at the desk', path: '/desk/explanations', role: 'leader' },
  { name: 'explanations of an agency', path: '/desk/explanations', role: 'head' },
  { name: 'cards at the desk', path: '/desk/cards', role: 'head' },
  { name: 'overview', path: '/desk/overview', role: 'leader' },
  { name: 'periodic report', path: '/desk/overview/report', role: 'leader' },
  { name: 'account', path: '/account', role: 'operator' },
  { name: 'second factor', path: '/account/second-factor', role: 'operator' },
  { name: 'sessions', path: '/account/sessions', role: 'operator' },
];

const LANGUAGES = ['vi', 'en'];
/** The first is how a page is loaded; the others are turned to while it stands open. */
const SCREENS = [
  { width: 360, dark: false },
  { width: 360, dark: true },
  { width: 1280, dark: false },
];
/** The narrowest phone, in CSS pixels. */
const NARROWEST = 320;
/** Bytes on the wire of the first page, without images. */
const FIRST_PAGE_LIMIT = 60_000;

/** @type {(PageUnderTest & { role?: string })[]} */
const ALL = [...PUBLIC, ...DESK];

for (const subject of ALL) {
  for (const language of LANGUAGES) {
    test(`${subject.name}, ${language}: is clean for everyone, on a phone by day and by night and on a desk`, () =>
      holdsForEveryone(subject, language));
  }
}

/**
 * @param {PageUnderTest & { role?: string }} subject
 * @param {string} language
 */
async function holdsForEveryone(subject, language) {
  const { page, context, complaints } = await newPerson(browser, nhip, { language, width: 360 });
  try {
    if (subject.role) await signIn(page, nhip, subject.role);
    const answer = await page.goto(await addressOf(subject), { waitUntil: 'load' });
    assert.equal(answer?.status(), 200);
    assert.match((await page.locator('html').getAttribute('lang')) ?? '', new RegExp(`^${language}`));
    assert.equal(await page.locator('h1').count(), 1, 'one h1');
    assert.deepEqual(await invalidHtml((await answer?.text()) ?? ''), []);
    for (const { width, dark } of SCREENS) {
      const screen = `${width}${dark ? '-dark' : ''}`;
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      await page.setViewportSize({ width, height: width < 700 ? 740 : 900 });
      assert.deepEqual(await axe(page), [], screen);
      assert.deepEqual(await sticksOut(page), [], `wider than the window: ${screen}`);
      await screenshot(page, `${subject.name}-${language}-${screen}`.replaceAll(' ', '-'));
    }
    await page.setViewportSize({ width: NARROWEST, height: 640 });
    assert.deepEqual(await sticksOut(page), [], `wider than ${NARROWEST} pixels`);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

// The components page shows every button by itself, on purpose.
for (const subject of PUBLIC.filter((subject) => subject.name !== 'components')) {
  test(`${subject.name}: works without JavaScript`, async () => {
    const { page, context } = await newPerson(browser, nhip, { javaScript: false });
    try {
      const answer = await page.goto(await addressOf(subject));
      assert.equal(answer?.status(), 200);
      assert.ok(await page.locator('h1').isVisible());
      const text = await page.locator('main').innerText();
      assert.ok(text.trim().length > 20, `the page is empty: ${text}`);
      assert.equal(await page.locator('main [href^="javascript:"], main button:not(form button, [form])').filter({ visible: true }).count(), 0,
        'a button outside a form does nothing without a script: hide it until the script is there');
    } finally {
      await context.close();
    }
  });
}

for (const language of LANGUAGES) {
  test(`the first page weighs under ${FIRST_PAGE_LIMIT / 1000} kB in ${language}`, async () => {
    const person = await newPerson(browser, nhip, { language });
    try {
      const { total, parts } = await weigh(person, '/');
      assert.ok(total < FIRST_PAGE_LIMIT, `${total} bytes:\n${parts.join('\n')}`);
    } finally {
      await person.context.close();
    }
  });
}

for (const subject of ALL.filter(({ name }) => ['front', 'list', 'new report', 'intake', 'case'].includes(name))) {
  test(`${subject.name}: who goes by keyboard always sees where they are`, async () => {
    const { page, context } = await newPerson(browser, nhip, { width: 1280 });
    try {
      if (subject.role) await signIn(page, nhip, subject.role);
      await page.goto(await addressOf(subject));
      const unseen = new Set();
      for (let step = 0; step < 40; step++) {
        await page.keyboard.press('Tab');
        const where = await page.evaluate(() => {
          const at = document.activeElement;
          // The handle of a comparison is drawn beside its range.
          const drawn = at?.matches('.ba-range') ? at.nextElementSibling : at;
          if (!at || !drawn || at === document.body) return '';
          const style = getComputedStyle(drawn, at.matches('.ba-range') ? '::after' : null);
          return style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 ? at.outerHTML.slice(0, 120) : '';
        });
        if (where) unseen.add(where);
      }
      assert.deepEqual([...unseen], []);
    } finally {
      await context.close();
    }
  });
}

test('a filter is one choice away, and its address is the state', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 1280 });
  try {
    await page.goto('/reports');
    await page.getByLabel('Tình trạng').selectOption({ label: 'Đã đóng' });
    await page.waitForURL((url) => url.search === '?state=closed&sort=newest');
    await page.getByLabel('Từ ngày').fill('2020-01-31');
    await page.waitForURL((url) => url.searchParams.get('from') === '2020-01-31' && url.searchParams.get('state') === 'closed');
    const shown = await page.locator('.card .chip').allInnerTexts();
    assert.ok(shown.length > 0 && !shown.includes('Đã nhận'), `${shown}`);
  } finally {
    await context.close();
  }
});

test('the desk is searched by words alone, and by a code', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 1280 });
  try {
    await signIn(page, nhip, 'operator');
    await page.goto('/desk/search');
    await page.getByLabel('Mã hoặc từ').fill('đường');
    await page.locator('.desk-search').getByRole('button', { name: 'Tìm' }).click();
    await page.waitForURL(/[?&]q=/);
    const code = await page.locator('.desk-row .desk-code').first().innerText();
    await page.getByLabel('Mã hoặc từ').fill(code);
    await page.locator('.desk-search').getByRole('button', { name: 'Tìm' }).click();
    await page.waitForURL(`**/desk/reports/${code.replace('-', '')}`);
  } finally {
    await context.close();
  }
});

test('a form that is sent back leads to each of its mistakes', async () => {
  const { page, context } = await newPerson(browser, nhip, {});
  try {
    await page.goto('/new');
    await page.locator('main').getByRole('button', { name: 'Gửi phản ánh' }).tap();
    const summary = page.locator('.error-summary:focus');
    await summary.waitFor();
    const links = await summary.locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    assert.ok(links.length >= 2, `${links}`);
    for (const link of links) assert.equal(await page.locator(link).count(), 1, `${link} leads nowhere`);
    await summary.getByRole('link', { name: 'Bạn chưa kể chuyện gì đang xảy ra.' }).tap();
    await page.locator('textarea#description:focus').waitFor();
  } finally {
    await context.close();
  }
});

test('a report can be printed: the story and its address, without the furniture', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 1280 });
  try {
    const path = await firstLink('/reports?outcome=fixed', /^\/reports\/[^/?#]+$/);
    await page.goto(path);
    await page.emulateMedia({ media: 'print' });
    for (const part of ['.main-nav', '.top-search', '.report-after .actions']) assert.ok(await page.locator(part).isHidden(), part);
    for (const part of ['h1', '.clock-large', '.timeline']) assert.ok(await page.locator(part).isVisible(), part);
    assert.ok(await page.getByText(nhip.url + path, { exact: true }).isVisible());
  } finally {
    await context.close();
  }
});

test('a page that does not exist says so with status 404', async () => {
  const { page, context } = await newPerson(browser, nhip, {});
  try {
    const answer = await page.goto('/no-such-page');
    assert.equal(answer?.status(), 404);
    assert.ok(await page.locator('h1').isVisible());
    assert.deepEqual(await invalidHtml((await answer?.text()) ?? ''), []);
    assert.deepEqual(await axe(page), []);
  } finally {
    await context.close();
  }
});

/** @param {PageUnderTest} subject */
async function addressOf({ path }) {
  return typeof path === 'string' ? path : path();
}

/** A report that people talk about: its card says so. */
async function discussed() {
  const html = await (await fetch(`${nhip.url}/reports?sort=closed`)).text();
  const card = html.split('<li class="card">').find((card) => card.includes('#message-circle"'));
  const [, path] = card?.match(/href="(\/reports\/[^"]+)"/) ?? [];
  assert.ok(path, 'nobody talks about the reports closed last');
  return path;
}

/**
 * The first link of a page whose path has this form.
 * @param {string} from
 * @param {RegExp} form
 */
async function firstLink(from, form) {
  const html = await (await fetch(nhip.url + from)).text();
  const links = [...html.matchAll(/href="([^"#?]+)/g)].map(([, link = '']) => link);
  const found = links.find((link) => form.test(link));
  assert.ok(found, `${from} links to nothing like ${form}`);
  return found;
}
