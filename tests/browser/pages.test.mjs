// Every page, in each language, on a phone and on a desk: what must hold for all of them.
//
// What a page does is not asked here; the journeys do that.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { ALL, PUBLIC, addressOf, firstLink } from './pages.mjs';
import { axe, invalidHtml, newPerson, screenshot, signIn, startBrowser, startDemo, sticksOut } from './support.mjs';

/** @typedef {import('./pages.mjs').PageUnderTest} PageUnderTest */

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

const LANGUAGES = ['vi', 'en'];
/** The first is how a page is loaded; the others are turned to while it stands open. */
const SCREENS = [
  { width: 360, dark: false },
  { width: 360, dark: true },
  { width: 1280, dark: false },
];
/** The narrowest phone, in CSS pixels. */
const NARROWEST = 320;

for (const subject of ALL) {
  for (const language of LANGUAGES) {
    test(`${subject.name}, ${language}: is clean for everyone, on a phone by day and by night and on a desk`, () =>
      holdsForEveryone(subject, language));
  }
}

/**
 * @param {PageUnderTest} subject
 * @param {string} language
 */
async function holdsForEveryone(subject, language) {
  const { page, context, complaints } = await newPerson(browser, nhip, { language, width: 360 });
  try {
    if (subject.role) await signIn(page, nhip, subject.role);
    const answer = await page.goto(await addressOf(nhip, subject), { waitUntil: 'load' });
    assert.equal(answer?.status(), subject.status ?? 200);
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
    // The browser itself notes a page that is not there.
    assert.deepEqual(complaints.filter((complaint) => !subject.status || !complaint.includes(`status of ${subject.status}`)), []);
  } finally {
    await context.close();
  }
}

// The components page shows every button by itself, on purpose.
for (const subject of PUBLIC.filter((subject) => subject.name !== 'components')) {
  test(`${subject.name}: works without JavaScript`, async () => {
    const { page, context } = await newPerson(browser, nhip, { javaScript: false });
    try {
      const answer = await page.goto(await addressOf(nhip, subject));
      assert.equal(answer?.status(), subject.status ?? 200);
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

for (const subject of ALL.filter(({ name }) => ['front', 'list', 'new report', 'intake', 'case'].includes(name))) {
  test(`${subject.name}: who goes by keyboard always sees where they are`, async () => {
    const { page, context } = await newPerson(browser, nhip, { width: 1280 });
    try {
      if (subject.role) await signIn(page, nhip, subject.role);
      await page.goto(await addressOf(nhip, subject));
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

test('a filter is sent by its button alone, and its address is the state', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 1280 });
  try {
    for (const path of ['/reports', '/stats', '/agencies']) {
      await page.goto(path);
      const fold = page.locator('[data-filter-bar] details');
      if (!(await fold.evaluate((one) => /** @type {HTMLDetailsElement} */ (one).open))) await fold.locator('summary').click();
      await page.locator('[data-filter-bar] select').first().focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement === document.body), false, `${path}: the focus stays`);
      assert.equal(new URL(page.url()).search, '', `${path}: a choice alone sends nothing`);
    }
    await page.goto('/reports');
    await page.locator('[name=state]').selectOption('closed');
    await page.locator('[data-filter-bar] button[type=submit]').click();
    await page.waitForURL((url) => url.search === '?state=closed&sort=newest');
    await page.locator('[name=from]').fill('2020-01-31');
    await page.locator('[data-filter-bar] button[type=submit]').click();
    await page.waitForURL((url) => url.searchParams.get('from') === '2020-01-31' && url.searchParams.get('state') === 'closed');
    const shown = await page.locator('.card .chip').allInnerTexts();
    assert.ok(shown.length > 0 && shown.every((one) => !/tiếp nhận|nhận/.test(one) || one.includes('Không')), `${shown}`);
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
    await summary.getByRole('link', { name: 'Vui lòng mô tả điều bạn muốn phản ánh.' }).tap();
    await page.locator('textarea#description:focus').waitFor();
  } finally {
    await context.close();
  }
});

test('a report can be printed: the story and its address, without the furniture', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 1280 });
  try {
    const path = await firstLink('/reports?outcome=fixed', /^\/reports\/[^/?#]+$/)(nhip);
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
