// The other ways a report can go: refused and contested, asked about, merged by nobody's mistake; and two
// people at the same case.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { atDesk, emptyCity, letter, publicPage, report, unfolded } from './city.mjs';
import { newPerson, startBrowser } from './support.mjs';

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

test('a refusal has a reason, is contested by the receipt, and somebody else decides', async () => {
  const citizen = await newPerson(browser, nhip, {});
  await citizen.page.goto('/new');
  const sent = await report(citizen.page, { words: 'Gạch vỉa hè lún thành hố.', email: 'bao@example.org' });

  const first = await atDesk(browser, nhip, 'operator');
  await first.page.goto('/desk/intake');
  await first.page.keyboard.press('r');
  const refuse = first.page.locator('details#refuse');
  // The form is open and the cursor in it.
  await refuse.locator('select:focus').waitFor();
  await refuse.getByLabel('Vì sao từ chối').selectOption({ label: 'Chưa rõ địa điểm' });
  await refuse.getByLabel('Nói thêm với người gửi').fill('Đường này dài, bạn cho biết gần số nhà nào nhé.');
  await refuse.getByRole('button', { name: 'Từ chối' }).click();
  await first.page.waitForURL(/done=refuse/);

  const refused = await publicPage(browser, nhip, sent);
  assert.deepEqual([refused.status, refused.who], ['Không tiếp nhận', 'HueIOC'], 'it is the centre that refused');
  assert.match(refused.left, /đóng sau/);
  assert.match(refused.text, /Chúng tôi chưa tìm ra chỗ bạn nói tới[^]*gần số nhà nào nhé/, 'the code’s sentence and the operator’s');

  const { links, text } = await letter(nhip, 'bao@example.org', /không được tiếp nhận/);
  assert.match(text, /gần số nhà nào nhé/);
  await citizen.page.goto(links[0] ?? '');
  await citizen.page.getByLabel('Vì sao nên tiếp nhận?').fill('Ngay trước số 12, ai đi qua cũng thấy.');
  await citizen.page.getByRole('button', { name: 'Đề nghị xem lại' }).tap();
  await citizen.page.getByText('Một người khác sẽ xem lại phản ánh.').waitFor();
  assert.equal(await citizen.page.getByRole('button', { name: 'Đề nghị xem lại' }).count(), 0, 'once');

  await first.page.goto('/desk/intake');
  const row = first.page.locator('.desk-row', { hasText: 'lún thành hố' });
  assert.match(await row.innerText(), /Người gửi đề nghị xem lại việc từ chối/);
  assert.equal(await row.getByRole('button', { name: 'Tiếp nhận' }).count(), 0, 'not by who refused');
  await row.getByRole('link', { name: /lún thành hố/ }).click();
  await first.page.waitForURL(/\/desk\/reports\//);
  await first.page.getByText('Chính bạn đã từ chối phản ánh này. Cần người khác quyết định.').waitFor();
  for (const verb of ['accept', 'refuse', 'merge']) assert.equal(await first.page.locator(`.desk-acts [action$="/${verb}"]`).count(), 0, verb);

  const second = await atDesk(browser, nhip, 'operator2');
  await second.page.goto(`/desk${sent.href}`);
  assert.match(await second.page.locator('.desk-led').innerText(), /Ngay trước số 12/);
  await second.page.keyboard.press('a');
  await second.page.waitForURL(/done=accept/);
  assert.equal((await publicPage(browser, nhip, sent)).who, 'Phường Phú Xuân');
  for (const { context, complaints } of [citizen, first, second]) {
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

test('a question stops the clock until the citizen answers by the receipt', async () => {
  const citizen = await newPerson(browser, nhip, {});
  await citizen.page.goto('/new');
  const sent = await report(citizen.page, { words: 'Vỉa hè trồi gạch chỗ trạm xe buýt.', email: 'chi@example.org' });

  const operator = await atDesk(browser, nhip, 'operator');
  await operator.page.goto(`/desk${sent.href}?queue=intake`);
  await operator.page.keyboard.press('q');
  await operator.page.keyboard.type('Trạm ở phía chợ hay phía sông?');
  await operator.page.locator('#ask').getByRole('button', { name: 'Hỏi người gửi' }).click();
  await operator.page.waitForURL(/\/desk\/intake\?done=ask/);
  await operator.page.locator('.desk-row', { hasText: 'trồi gạch' }).waitFor({ state: 'detached' });

  const asked = await publicPage(browser, nhip, sent);
  assert.deepEqual([asked.status, asked.who, asked.owes], ['Chờ người gửi trả lời', 'Người gửi', 'trả lời câu hỏi']);
  assert.match(asked.left, /tạm dừng/);

  const { links, text } = await letter(nhip, 'chi@example.org', /có câu hỏi dành cho bạn/);
  assert.match(text, /phía chợ hay phía sông/);
  await citizen.page.goto(links[0] ?? '');
  await citizen.page.getByRole('heading', { name: 'Câu hỏi dành cho bạn' }).waitFor();
  await citizen.page.getByRole('textbox', { name: 'Trả lời của bạn' }).fill('Phía chợ, cạnh cột đèn.');
  await citizen.page.getByRole('button', { name: 'Gửi trả lời' }).tap();
  await citizen.page.getByText('Đã gửi trả lời của bạn.').waitFor();

  const row = operator.page.locator('.desk-row', { hasText: 'trồi gạch' });
  await row.waitFor();
  assert.match(await row.innerText(), /Đã hỏi người gửi, xem câu trả lời/, 'it came back by itself, and says why');
  await row.getByRole('link', { name: /trồi gạch/ }).click();
  await operator.page.waitForURL(/\/desk\/reports\//);
  assert.match(await operator.page.locator('.desk-led').innerText(), /Phía chợ, cạnh cột đèn/);
  const answered = await publicPage(browser, nhip, sent);
  assert.deepEqual([answered.status, answered.who], ['Chờ tiếp nhận', 'HueIOC']);
  assert.ok(answered.by, 'the clock runs again');
  for (const { context, complaints } of [citizen, operator]) {
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

test('who decides on what has changed meanwhile is told so, and keeps every word', async () => {
  const citizen = await newPerson(browser, nhip, {});
  await citizen.page.goto('/new');
  const sent = await report(citizen.page, { words: 'Gạch lát vỉa hè bị đào lên rồi bỏ đó.' });
  const first = await atDesk(browser, nhip, 'operator');
  const second = await atDesk(browser, nhip, 'operator2');
  await first.page.goto(`/desk${sent.href}`);
  await second.page.goto(`/desk${sent.href}`);

  const typed = 'Chưa thấy ảnh nên chưa rõ chỗ nào.';
  const refuse = await unfolded(second.page, 'refuse');
  await refuse.getByLabel('Vì sao từ chối').selectOption({ label: 'Thiếu thông tin để xử lý' });
  await refuse.getByLabel('Nói thêm với người gửi').fill(typed);

  const urgent = await unfolded(first.page, 'mark_urgent');
  await urgent.locator('[name=reason]').fill('Tôi đã gọi phường, họ biết chỗ này.');
  await urgent.getByRole('button').click();
  await first.page.waitForURL(/done=mark_urgent/);
  await second.page.getByRole('status').getByText('Phản ánh này vừa thay đổi.').waitFor();

  const answer = second.page.waitForResponse((response) => response.request().method() === 'POST');
  await refuse.getByRole('button', { name: 'Từ chối' }).click();
  assert.equal((await answer).status(), 409);
  const meanwhile = second.page.locator('.desk-meanwhile');
  assert.match(await meanwhile.innerText(), /Có người vừa thay đổi[^]*nội bộ[^]*Tôi đã gọi phường/);
  const kept = await unfolded(second.page, 'refuse');
  assert.equal(await kept.getByLabel('Nói thêm với người gửi').inputValue(), typed);
  assert.equal(await kept.getByLabel('Vì sao từ chối').locator('option:checked').innerText(), 'Thiếu thông tin để xử lý');
  assert.ok(!(await publicPage(browser, nhip, sent)).text.includes('Tôi đã gọi phường'), 'what staff say to each other stays among them');

  // Having read it, they may still mean it.
  await kept.getByRole('button', { name: 'Từ chối' }).click();
  await second.page.waitForURL(/done=refuse/);

  // The first one's page is old now: accepting from it is refused too.
  await first.page.keyboard.press('a');
  await first.page.locator('.desk-meanwhile').waitFor();
  assert.equal((await publicPage(browser, nhip, sent)).status, 'Không tiếp nhận');
  for (const { context, complaints } of [citizen, first, second]) {
    assert.deepEqual(complaints.filter((complaint) => !complaint.includes('status of 409')), []);
    await context.close();
  }
});
