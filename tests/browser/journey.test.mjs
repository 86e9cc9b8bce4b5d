// One report from the first word to the last, through the pages alone: a citizen on a phone, an operator
// and a reviewer at their desks, an officer in the street; and everybody, who can read at each station
// who has it, what they owe, and by when.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { BROKEN, MENDED, MENDED_AGAIN, atDesk, emptyCity, file, letter, openFirst, photo, publicPage, report, unfolded } from './city.mjs';
import { newPerson, startBrowser } from './support.mjs';

/** @typedef {import('./support.mjs').Watched} Watched */

const EMAIL = 'hoa@example.org';

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

test('a broken pavement is reported, mended, found wanting, mended again and judged', async (t) => {
  const citizen = await newPerson(browser, nhip, {});
  const operator = await atDesk(browser, nhip, 'operator');
  const officer = await atDesk(browser, nhip, 'officer', 360);
  const reviewer = await atDesk(browser, nhip, 'reviewer');
  const people = [citizen, operator, officer, reviewer];
  /** @type {import('./city.mjs').Sent} */
  let sent = { code: '', href: '' };
  const everybody = () => publicPage(browser, nhip, sent);

  await t.test('the operator waits at an empty desk', async () => {
    await operator.page.goto('/desk/intake');
    await operator.page.getByText('Không còn gì chờ bạn').waitFor();
    await operator.page.evaluate(() => Reflect.set(globalThis, 'neverReloaded', true));
  });

  await t.test('a citizen without an account reports it on a phone', async () => {
    const { page } = citizen;
    await page.goto('/');
    await page.getByRole('navigation').getByRole('link', { name: 'Gửi phản ánh' }).tap();
    sent = await report(page, { email: EMAIL, photo: await photo(browser, BROKEN) });
    await page.getByRole('heading', { level: 1, name: 'Đã nhận phản ánh' }).waitFor();
    const said = await page.locator('main').innerText();
    assert.ok(said.includes(`${sent.code.slice(0, 4)}-${sent.code.slice(4)}`), 'the code');
    assert.match(said, /Trung tâm đang kiểm tra phản ánh rồi giao cho UBND phường Phú Xuân/, 'what happens next');
    assert.ok(await page.locator('.clock-by time').getAttribute('datetime'), 'by when');
    const link = await page.getByRole('textbox', { name: 'Biên nhận của bạn' }).inputValue();
    assert.match(link, new RegExp(`^${nhip.url}/receipt/[0-9A-Za-z]{25}$`));
    const qr = page.getByRole('img', { name: 'Mã QR' });
    assert.ok(await qr.evaluate((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0));
    const photos = page.locator('.timeline img');
    assert.equal(await photos.count(), 1, 'the photo is in the story');
  });

  await t.test('the letter has the receipt, and it opens the same page on another telephone', async () => {
    const { subject, links } = await letter(nhip, EMAIL, /đã gửi, chờ tiếp nhận/);
    assert.ok(subject.includes(sent.code.slice(0, 4)), subject);
    const link = links.find((link) => link.includes('/receipt/'));
    assert.ok(link, 'a receipt link');
    const other = await newPerson(browser, nhip, {});
    await other.page.goto(link);
    assert.equal(new URL(other.page.url()).pathname, `/my/${sent.code}`);
    await other.page.getByText('Trung tâm đang kiểm tra').waitFor();
    await other.context.close();
  });

  await t.test('everybody reads that the centre has it and owes a check', async () => {
    const told = await everybody();
    assert.deepEqual([told.status, told.who, told.owes], ['Chờ tiếp nhận', 'HueIOC', 'phân loại, giao việc']);
    assert.ok(told.by && new Date(told.by) > new Date(), 'a time to come');
    assert.ok(!told.text.includes(EMAIL), 'nobody reads who sent it');
  });

  await t.test('the row appears on the desk without a reload, and one key takes it in', async () => {
    const { page } = operator;
    const row = page.locator('.desk-row', { hasText: 'Gạch vỉa hè' });
    await row.waitFor();
    assert.ok(await page.evaluate(() => Reflect.get(globalThis, 'neverReloaded')), 'the page is still the same');
    assert.equal(await page.locator('.main-nav a[href="/desk/intake"] .desk-n').innerText(), '1');
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    // The list stood alone, so the case is opened at the button.
    await page.locator('.desk-acts [data-do="accept"] button:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=accept/);
    await page.getByRole('status').getByText('Đã thực hiện: Tiếp nhận').waitFor();
  });

  await t.test('everybody reads that the ward has it and owes an answer', async () => {
    const told = await everybody();
    assert.deepEqual([told.status, told.who], ['Đã giao xử lý', 'Phường Phú Xuân']);
    assert.equal(told.owes, 'Người phụ trách và ngày dự kiến', 'the step that is owed now, not the last');
    assert.match(told.left, /còn \d+ (giờ|phút) làm việc/);
    assert.match(told.promise, /hạn trả kết quả .*\scòn \d+ ngày làm việc/s);
  });

  await t.test('the officer finds it first, does not learn who sent it, and begins', async () => {
    const { page } = officer;
    await page.goto('/desk');
    assert.match(await openFirst(page), /Chưa ai bắt đầu/);
    const html = await page.content();
    assert.ok(!html.includes(EMAIL) && !html.includes('Xem liên hệ người gửi'), 'the sender is not on the page');
    await page.getByRole('button', { name: 'Bắt đầu xử lý' }).tap();
    await page.waitForURL(/done=start/);
    assert.equal((await everybody()).status, 'Đang xử lý');
  });

  await t.test('“fixed” without a photo is not taken, and costs no words', async () => {
    const act = await unfolded(officer.page, 'answer');
    await act.getByLabel('Kết quả').selectOption({ label: 'Đã khắc phục' });
    await act.getByLabel('Trả lời người dân').fill('Đã lát lại gạch.');
    await act.getByRole('button', { name: 'Báo kết quả' }).tap();
    await officer.page.locator('details#answer .error').waitFor();
    assert.equal(await act.getByLabel('Trả lời người dân').inputValue(), 'Đã lát lại gạch.');
    assert.equal(await act.getByLabel('Kết quả').inputValue(), 'fixed');
    expectAnswer(officer, 422);
  });

  await t.test('the officer answers “fixed” with a photo from after', () =>
    answer(officer, 'Đã lát lại gạch.', MENDED));

  await t.test('everybody reads that the centre has it again; the answer is not public yet', async () => {
    const told = await everybody();
    assert.deepEqual([told.status, told.who, told.owes], ['Đang kiểm tra kết quả', 'HueIOC', 'kiểm tra kết quả']);
    assert.ok(!told.text.includes('Đã lát lại gạch'), 'an answer is published by the reviewer');
  });

  await t.test('the reviewer sees before and after side by side, and publishes', async () => {
    const { page } = reviewer;
    await page.goto('/desk/review');
    await openFirst(page);
    assert.match(await page.locator('.desk-led').innerText(), /Đã khắc phục[^]*Đã lát lại gạch/);
    const sides = page.locator('.before-after img');
    assert.equal(await sides.count(), 2);
    for (const side of await sides.all()) {
      await side.evaluate(async (image) => void (await (image instanceof HTMLImageElement && image.decode())));
    }
    await publishByKeys(page);
  });

  await t.test('everybody sees the result', async () => {
    const told = await everybody();
    assert.deepEqual([told.status, told.who], ['Đã khắc phục', 'Phường Phú Xuân']);
    assert.match(told.left, /xong sau/);
    assert.ok(told.text.includes('Đã lát lại gạch') && told.attempts.length === 0);
  });

  await t.test('the citizen opens the letter, is not satisfied, and it begins anew', async () => {
    const { links } = await letter(nhip, EMAIL, /Đã khắc phục/);
    const other = await newPerson(browser, nhip, {});
    const { page } = other;
    await page.goto(links[0] ?? '');
    await page.getByRole('radio', { name: 'Không hài lòng' }).check();
    await page.getByLabel('Vì sao?').fill('Gạch mới đã lại bong.');
    await page.getByRole('button', { name: 'Gửi đánh giá' }).tap();
    await page.getByText('Phản ánh đã được mở lại.').waitFor();
    await other.context.close();
    const told = await everybody();
    assert.deepEqual([told.status, told.who], ['Đã giao xử lý', 'Phường Phú Xuân']);
    assert.deepEqual(told.attempts, ['Lần xử lý 2']);
    assert.ok(told.by && new Date(told.by) > new Date(), 'a time of its own');
  });

  await t.test('the officer reads why, and answers again', async () => {
    const { page } = officer;
    await page.goto('/desk');
    assert.match(await openFirst(page), /Người gửi chưa hài lòng/);
    assert.match(await page.locator('.desk-led').innerText(), /Gạch mới đã lại bong/);
    await answer(officer, 'Đã lát lại.', MENDED_AGAIN);
  });

  await t.test('the reviewer sends it back with a reason', async () => {
    const { page } = reviewer;
    await page.goto('/desk/review');
    await openFirst(page);
    await page.keyboard.press('b');
    await page.keyboard.type('Chưa nói lát lại bằng gì, bao giờ xong.');
    await page.locator('#send_back').getByRole('button', { name: 'Yêu cầu làm lại' }).click();
    await page.waitForURL(/done=send_back/);
    const told = await everybody();
    assert.deepEqual([told.status, told.who], ['Đang xử lý', 'Phường Phú Xuân']);
    assert.ok(told.text.includes('Chưa nói lát lại bằng gì') && !told.text.includes('Đã lát lại.'), 'the reason is public, the rejected answer is not');
  });

  await t.test('the officer answers better, and it is published', async () => {
    await officer.page.goto('/desk');
    await openFirst(officer.page);
    assert.match(await officer.page.locator('.desk-led').innerText(), /Chưa nói lát lại bằng gì/);
    await answer(officer, 'Đã đổ bê tông lót và lát đá, xong ngày hôm nay.', `${MENDED_AGAIN}<circle cx="60" cy="60" r="30"/>`);
    await reviewer.page.goto('/desk/review');
    await openFirst(reviewer.page);
    await reviewer.page.locator('#publish').getByRole('button', { name: 'Công bố' }).click();
    await reviewer.page.waitForURL(/done=publish/);
  });

  await t.test('the citizen is satisfied, on the page that was open all along', async () => {
    const { page } = citizen;
    await page.reload();
    await page.getByRole('radio', { name: 'Hài lòng', exact: true }).check();
    await page.getByRole('button', { name: 'Gửi đánh giá' }).tap();
    await page.getByText('Cảm ơn bạn đã đánh giá.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Gửi đánh giá' }).count(), 0, 'judged once');
    const titles = await page.locator('.timeline .entry-title').allInnerTexts();
    assert.ok(titles.includes('Bạn mở lại') && titles.includes('Bạn đánh giá'), 'the reporter is spoken to');
  });

  await t.test('everybody reads the whole story, attempt by attempt', async () => {
    const told = await everybody();
    assert.equal(told.status, 'Đã khắc phục');
    assert.deepEqual(told.attempts, ['Lần xử lý 2', 'Lần xử lý 3']);
    assert.deepEqual(told.steps, [
      'Đã gửi',
      'Đã tiếp nhận',
      'Bắt đầu xử lý',
      'Đơn vị đã trả lời',
      'Công bố kết quả',
      'Người gửi đánh giá kết quả',
      'Mở lại: người gửi chưa hài lòng',
      'Đơn vị đã trả lời',
      'Câu trả lời chưa đạt, yêu cầu làm lại',
      'Đơn vị đã trả lời',
      'Công bố kết quả',
      'Người gửi đánh giá kết quả',
    ]);
    assert.ok(told.text.includes('Hài lòng'));
    for (const login of ['operator', 'officer', 'reviewer']) assert.ok(!told.text.includes(`Thị ${login}`), 'offices, not names');
  });

  for (const { context, complaints } of people) {
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

test('a citizen whose browser runs no scripts goes the same way', async () => {
  const citizen = await newPerson(browser, nhip, { javaScript: false });
  const { page } = citizen;
  await page.goto('/');
  await page.getByRole('navigation').getByRole('link', { name: 'Gửi phản ánh' }).click();
  const words = 'Vỉa hè bị vỡ gạch ngay lối xe lăn, mấy cụ không qua được.';
  const sent = await report(page, { words, email: 'khanh@example.org', photo: await photo(browser, `${BROKEN}<rect width="40" height="90"/>`) });
  const receipt = await page.getByRole('textbox', { name: 'Biên nhận của bạn' }).inputValue();
  assert.ok((await letter(nhip, 'khanh@example.org', /đã gửi, chờ tiếp nhận/)).links.some((link) => link.includes('/receipt/')));

  const operator = await atDesk(browser, nhip, 'operator');
  await operator.page.goto(`/desk${sent.href}`);
  await operator.page.keyboard.press('a');
  await operator.page.waitForURL(/done=accept/);
  const officer = await atDesk(browser, nhip, 'officer', 360);
  await officer.page.goto(`/desk${sent.href}`);
  await answer(officer, 'Đã lát lại lối xe lăn.', `${MENDED}<rect x="60" y="120" width="60" height="90"/>`);
  const reviewer = await atDesk(browser, nhip, 'reviewer');
  await reviewer.page.goto(`/desk${sent.href}`);
  await publishByKeys(reviewer.page);

  await page.goto(receipt);
  const sides = page.locator('.timeline img');
  assert.equal(await sides.count(), 2, 'before and after');
  await page.getByRole('radio', { name: 'Không hài lòng' }).check();
  await page.getByLabel('Vì sao?').fill('Vẫn chưa qua được.');
  await page.getByRole('button', { name: 'Gửi đánh giá' }).click();
  await page.getByText('Phản ánh đã được mở lại.').waitFor();
  assert.deepEqual((await publicPage(browser, nhip, sent)).attempts, ['Lần xử lý 2']);

  await page.getByRole('link', { name: 'Rút phản ánh' }).click();
  await page.getByRole('heading', { name: 'Rút phản ánh này?' }).waitFor();
  await page.getByRole('button', { name: 'Rút phản ánh' }).click();
  await page.getByText('Phản ánh đã được rút.').waitFor();
  const told = await publicPage(browser, nhip, sent);
  assert.deepEqual([told.status, told.who], ['Người gửi đã rút', 'Người gửi']);
  for (const { context, complaints } of [citizen, operator, officer, reviewer]) {
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

/**
 * The officer answers “fixed” on the case that is open.
 * @param {Watched} officer
 * @param {string} words
 * @param {string} shape What is on the photo from after.
 */
async function answer({ page }, words, shape) {
  const act = await unfolded(page, 'answer');
  await act.getByLabel('Kết quả').selectOption({ label: 'Đã khắc phục' });
  await act.getByLabel('Trả lời người dân').fill(words);
  await act.getByLabel('Ảnh sau khi xử lý hoặc văn bản').setInputFiles(file('sau.jpg', await photo(browser, shape)));
  await act.getByRole('button', { name: 'Báo kết quả' }).click();
  await page.waitForURL(/done=answer/);
}

/**
 * The browser writes every answer of that status into its console; this one was meant.
 * @param {Watched} person
 * @param {number} status
 */
function expectAnswer({ complaints }, status) {
  const at = complaints.findIndex((complaint) => complaint.includes(`status of ${status}`));
  assert.ok(at >= 0, `no answer had status ${status}: ${complaints}`);
  complaints.splice(at, 1);
}

/**
 * One key goes to the button, another one publishes.
 * @param {import('playwright-core').Page} page A case in review.
 */
async function publishByKeys(page) {
  await page.keyboard.press('p');
  await page.locator('#publish button[type=submit]:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/done=publish/);
}
