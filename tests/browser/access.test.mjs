// For everyone: the pages by keyboard alone and as a screen reader hears them, enlarged, in few colours, on paper, and
// in the languages of guests. docs/accessibility.md tells the same walks in words.
//
// That a page has no findings of axe-core in the city's own languages is asked in pages.test.mjs.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { addressOf, ALL, pageNamed } from './pages.mjs';
import { axe, newPerson, signIn, startBrowser, startDemo, sticksOut } from './support.mjs';

/** @typedef {import('./support.mjs').Page} Page */

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

/** Languages of guests, and the pages a guest meets. */
const GUESTS = ['ko', 'zh', 'ja', 'fr'];
const MET = ['front', 'list', 'report with a discussion', 'report a comment', 'what is hidden', 'stopped from writing', 'map', 'new report', 'unsent', 'about', 'what happens', 'sign-in', 'follow', 'not found'];
/** CSS pixels: a window of 1280 enlarged twice, and four times (WCAG 1.4.10). */
const ENLARGED = [640, 320];
/** CSS pixels on a side (WCAG 2.5.8); ours are 44 where a thumb presses. */
const TARGET = 24;

for (const language of GUESTS) {
  test(`guests read every page they meet in ${language}, without a finding`, async () => {
    const { page, context, complaints } = await newPerson(browser, nhip, { language });
    for (const name of MET) {
      const subject = pageNamed(name);
      await page.goto(await addressOf(nhip, subject));
      assert.match((await page.locator('html').getAttribute('lang')) ?? '', new RegExp(`^${language}`), name);
      assert.deepEqual(await axe(page), [], name);
      assert.deepEqual(await sticksOut(page), [], name);
    }
    assert.deepEqual(complaints.filter((complaint) => !complaint.includes('404')), []);
    await context.close();
  });
}

test('every page enlarged twice and four times keeps its words in the window, and its targets large enough', async () => {
  const wrong = [];
  for (const role of [undefined, ...new Set(ALL.flatMap(({ role }) => role ?? []))]) {
    const { page, context } = await newPerson(browser, nhip, { width: 640 });
    if (role) await signIn(page, nhip, role);
    for (const subject of ALL.filter((one) => one.role === role)) {
      await page.goto(await addressOf(nhip, subject));
      for (const width of ENLARGED) {
        await page.setViewportSize({ width, height: 450 });
        const out = await sticksOut(page);
        if (out.length > 0) wrong.push(`${subject.name} at ${width}: ${out}`);
        const cut = await cutOff(page);
        if (cut.length > 0) wrong.push(`${subject.name} at ${width} cuts off: ${cut}`);
      }
      const small = await smallTargets(page);
      if (small.length > 0) wrong.push(`${subject.name}: too small: ${small}`);
    }
    await context.close();
  }
  assert.deepEqual(wrong, []);
});

/**
 * Words that their box hides, but for those that are cut on purpose and whole in another place.
 * @param {Page} page
 */
function cutOff(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('main :is(a,button,label,legend,th,td,dt,dd,h1,h2,h3,p,li,summary,option)')]
      .filter((one) => {
        const style = getComputedStyle(one);
        const meant = one.closest('.hidden,.card-title,.desk-row-title,.card-photo,.ba-before,.map,.table-wrap,pre');
        return !meant && style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0;
      })
      .slice(0, 3)
      .map((one) => `${one.tagName.toLowerCase()}.${one.className}`),
  );
}

/**
 * What can be pressed and is smaller than WCAG 2.5.8 asks: words in a sentence may be.
 * @param {Page} page
 */
function smallTargets(page) {
  return page.evaluate((least) => {
    const pressed = [...document.querySelectorAll('button, summary, input:not([type=hidden]), select, textarea, nav a, .button, .actions a')];
    return pressed
      .filter((one) => {
        if (!one.checkVisibility() || one.closest('.hidden, .maplibregl-map') || one.matches('.hidden *, .skip')) return false;
        const box = (one.matches('input[type=radio], input[type=checkbox]') ? (one.closest('label') ?? one) : one).getBoundingClientRect();
        const inSentence = one.matches('p a, dd a, li a') && getComputedStyle(one).display === 'inline';
        return !inSentence && box.width > 0 && (box.width < least || box.height < least);
      })
      .slice(0, 3)
      .map((one) => `${one.tagName.toLowerCase()}.${one.className} “${(one.textContent ?? '').trim().slice(0, 30)}”`);
  }, TARGET);
}

test('who wants less motion gets none, and who brings their own colours or asks for contrast loses nothing', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 1280, language: 'en' });
  for (const name of ['front', 'report with a discussion', 'new report', 'components']) {
    await page.goto(await addressOf(nhip, pageNamed(name)));
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(one);
        return /[1-9]/.test(transitionDuration) || /[1-9]/.test(animationDuration) || scrollBehavior === 'smooth';
      }).length,
    );
    assert.equal(moving, 0, `${name} moves`);
    await page.emulateMedia({ forcedColors: 'active' });
    // A bar without a border and a button without an edge would be gone.
    const gone = await page.evaluate(() =>
      [...document.querySelectorAll('.button, .clock-bar, .photo-bar')]
        .filter((one) => one.checkVisibility() && getComputedStyle(one).borderTopStyle === 'none')
        .map((one) => one.className),
    );
    assert.deepEqual(gone, [], name);
    await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
    const { line, ink } = await page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      return { line: style.getPropertyValue('--line'), ink: style.getPropertyValue('--ink') };
    });
    assert.equal(line, ink, 'lines are as dark as ink');
    assert.deepEqual(await axe(page), [], `${name} with more contrast`);
    await page.emulateMedia({ contrast: 'no-preference' });
  }
  await context.close();
});

/**
 * The name, role and state of what has the focus, as a screen reader would say it.
 * @param {Page} page
 */
async function focused(page) {
  const at = page.locator(':focus');
  if ((await at.count()) === 0) return '';
  return (await at.first().ariaSnapshot()).split('\n')[0]?.replace(/^- /, '').replace(/:$/, '') ?? '';
}

/** As a part of a pattern. @param {string} text */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Presses Tab until what has the focus is called so, and answers with what was passed.
 * @param {Page} page @param {RegExp} wanted
 */
async function tabTo(page, wanted, most = 60) {
  /** @type {string[]} */
  const passed = [];
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    const said = await focused(page);
    passed.push(said);
    if (wanted.test(said)) return passed;
  }
  assert.fail(`nothing like ${wanted} among:\n${passed.join('\n')}`);
}

test('by keyboard alone: a report is written, a mistake is met and mended, and the receipt is reached', async () => {
  const { page, context, complaints } = await newPerson(browser, nhip, { width: 1280, language: 'en' });
  await page.goto('/');
  await page.keyboard.press('Tab');
  assert.match(await focused(page), /^link "Skip/i);
  await page.keyboard.press('Enter');
  assert.ok(await page.evaluate(() => document.activeElement?.id === 'content'), 'the focus is on the content');
  await tabTo(page, /^link "(Send a report|Report)/i);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/new');

  // Sent empty: the mistakes are read out, and each leads to its field.
  await tabTo(page, /^textbox/);
  await tabTo(page, /^button "Send the report/);
  await page.keyboard.press('Enter');
  const summary = page.getByRole('alert').filter({ has: page.locator('a') });
  await summary.first().waitFor();
  assert.ok(await page.evaluate(() => document.activeElement?.matches('.error-summary')), 'the focus is on the mistakes');
  await tabTo(page, /^link/, 3);
  await page.keyboard.press('Enter');
  const field = page.locator('textarea#description');
  assert.ok(await field.evaluate((one) => one === document.activeElement), 'and from there on the field');
  const says = await field.evaluate((one) => (one.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent?.trim() ?? 'MISSING'));
  assert.ok(says.length >= 2 && !says.includes('MISSING'), `hint and mistake are read with the field: ${says}`);

  await page.keyboard.type('The railing of the footbridge is loose on the left side');
  await tabTo(page, /^combobox "Area/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, /^button "Send the report/);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  if (!/\/my\//.test(page.url())) {
    // Something like it is known: the page says so before it is sent.
    await page.getByRole('heading', { name: /same|already/i }).first().waitFor();
    await tabTo(page, /^button "Send the report/, 90);
    await page.keyboard.press('Enter');
  }
  await page.waitForURL(/\/my\/[0-9A-Z]+$/);
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
  assert.deepEqual(complaints.filter((complaint) => !complaint.includes('422')), []);
  await context.close();
});

test('by keyboard alone: the list is filtered, a report opened, read in order, and commented', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 1280, language: 'en' });
  await page.goto('/reports');
  await tabTo(page, /^combobox "State/, 40);
  await page.keyboard.press('ArrowDown');
  assert.equal(new URL(page.url()).search, '', 'a choice alone sends nothing');
  await tabTo(page, /^button "Filter"/, 20);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('state') !== null);
  const [first = ''] = await page.locator('.card-title a').allInnerTexts();
  await page.locator('main').focus();
  const passed = await tabTo(page, new RegExp(`^'?link "${escaped(first.slice(0, 12))}`), 60);
  assert.ok(!passed.some((said) => /^(link|button|combobox|textbox|checkbox)$/.test(said)), `each stop has a name: ${passed}`);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/reports\/[0-9A-Z]+$/);
  const levels = await page.locator('main :is(h1,h2,h3,h4)').evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1])));
  assert.equal(levels[0], 1);
  levels.forEach((level, n) => assert.ok(n === 0 || level <= (levels[n - 1] ?? 0) + 1, `headings leave out no level: ${levels}`));
  for (const landmark of ['banner', 'navigation', 'main', 'contentinfo']) {
    assert.ok((await page.getByRole(/** @type {'main'} */ (landmark)).count()) >= 1, landmark);
  }
  await page.goto(await addressOf(nhip, pageNamed('report with a discussion')));
  await page.locator('main').focus();
  await tabTo(page, /^textbox "/, 60);
  await page.keyboard.type('I pass there every morning.');
  await tabTo(page, /^button "/, 6);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  assert.ok(await page.getByRole('status').or(page.getByRole('alert')).first().isVisible(), 'what became of it is said');
  await context.close();
});

test('by keyboard alone: an operator goes from the queue to a case, decides, and hears that it is done', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 1280, language: 'en' });
  await signIn(page, nhip, 'operator');
  await page.goto('/desk/intake');
  const [first = ''] = await page.locator('.desk-row-title a').allInnerTexts();
  await page.locator('main').focus();
  await tabTo(page, new RegExp(`^'?link "${escaped(first.slice(0, 12))}`), 20);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/desk\/reports\//);
  await page.locator('main').focus();
  await tabTo(page, /^button "Accept/, 60);
  await page.keyboard.press('Enter');
  await page.waitForURL(/done=accept/);
  await page.getByRole('status').filter({ hasText: /Done/ }).waitFor();
  await context.close();
});

test('every page has its title, its language, its landmarks, and a name for each thing that can be pressed', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 360, language: 'en' });
  const titles = new Map();
  for (const subject of ALL.filter(({ role }) => !role)) {
    await page.goto(await addressOf(nhip, subject));
    const title = await page.title();
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')].filter((one) => one.closest('[aria-hidden=true]')).map((one) => one.className),
    );
    assert.deepEqual(nameless, [], `${subject.name}: a live region nobody hears`);
    assert.ok(title.length > 1, subject.name);
    titles.set(subject.name, title);
    assert.equal(await page.getByRole('main').count(), 1, subject.name);
  }
  const one = [...titles].filter(([name]) => ['front', 'list', 'new report', 'map', 'about', 'sign-in'].includes(name)).map(([, title]) => title);
  assert.equal(new Set(one).size, one.length, `titles tell pages apart: ${one}`);
  await context.close();
});

test('on paper the furniture is gone, what is folded stays folded, and nothing is pale', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 794 });
  for (const name of ['front', 'list', 'report that is done', 'slip', 'what happens', 'numbers']) {
    await page.goto(await addressOf(nhip, pageNamed(name)));
    await page.emulateMedia({ media: 'print' });
    for (const part of ['.main-nav', '.top-search', '.skip', '.foot-links']) assert.ok(await page.locator(part).first().isHidden(), `${name}: ${part}`);
    assert.ok(await page.locator('h1').isVisible(), name);
    const colour = await page.locator('h1').evaluate((one) => getComputedStyle(one).color);
    assert.equal(colour, 'rgb(0, 0, 0)', name);
    assert.deepEqual(await sticksOut(page), [], name);
    await page.emulateMedia({ media: 'screen' });
  }
  await context.close();
});
