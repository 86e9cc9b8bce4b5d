// Narrow windows, large type and long words: no page is wider than its window (WCAG 1.4.4, 1.4.10, 1.4.12). What people
// write may be one word of any length.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { report } from './city.mjs';
import { PUBLIC, addressOf } from './pages.mjs';
import { newPerson, startBrowser, startDemo, sticksOut } from './support.mjs';

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

const WORD = 'https://maps.example/' + 'abcdefghij'.repeat(38);

test('one long word makes no page wider than the phone', async () => {
  const { page, context } = await newPerson(browser, nhip, { width: 320 });
  try {
    await page.goto('/new');
    const { href } = await report(page, { words: `${WORD} gạch vỉa hè vỡ`, address: `Chi Lăng ${WORD.slice(0, 150)}` });
    const own = new URL(page.url()).pathname;
    for (const path of [own, href, `${href}/slip`, '/reports', `/reports?q=${WORD.slice(0, 120)}`, '/']) {
      await page.goto(path);
      for (const width of [320, 360]) {
        await page.setViewportSize({ width, height: 640 });
        assert.deepEqual(await sticksOut(page), [], `${path} at ${width}`);
      }
    }
  } finally {
    await context.close();
  }
});

for (const subject of PUBLIC.filter(({ name }) => name !== 'components')) {
  test(`${subject.name}: fits a phone with type of twice the size`, async () => {
    const { page, context } = await newPerson(browser, nhip, { width: 360 });
    try {
      await page.goto(await addressOf(nhip, subject));
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      assert.deepEqual(await sticksOut(page), []);
    } finally {
      await context.close();
    }
  });
}
