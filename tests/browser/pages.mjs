// Every page there is, as the tests and the pictures walk through them.
//
// What must hold for a page is not asked here.

import assert from 'node:assert/strict';

/** @typedef {import('./support.mjs').Nhip} Nhip */
/**
 * @typedef {object} PageUnderTest
 * @property {string} name
 * @property {string | ((nhip: Nhip) => Promise<string>)} path
 * @property {string} [role] Who must be signed in.
 * @property {number} [status] If it is not 200.
 */

const REPORT = /^\/reports\/[^/?#]+$/;

/** Pages of staff and of programmers are in the languages of the city; these are in those of its guests too. */
/** @type {PageUnderTest[]} */
export const PUBLIC = [
  { name: 'front', path: '/' },
  { name: 'list', path: '/reports' },
  { name: 'list filtered', path: '/reports?state=in_progress&q=den' },
  { name: 'list without a match', path: '/reports?q=zzzzzz' },
  { name: 'report', path: pictured },
  { name: 'report that is done', path: firstLink('/reports?outcome=fixed&sort=closed', REPORT) },
  { name: 'report with a discussion', path: discussed },
  { name: 'report a comment', path: async (nhip) => firstLink(await discussed(nhip), /^\/reports\/\w+\/comments\/\w+\/flag$/)(nhip) },
  { name: 'what is hidden', path: '/moderation' },
  { name: 'stopped from writing', path: '/locked' },
  { name: 'slip', path: async (nhip) => `${await firstLink('/reports', REPORT)(nhip)}/slip` },
  { name: 'map', path: '/map' },
  { name: 'places on the map', path: '/map/places?q=a' },
  { name: 'new report', path: '/new' },
  { name: 'unsent', path: '/unsent' },
  { name: 'agencies', path: '/agencies' },
  { name: 'agency', path: firstLink('/agencies', /^\/agencies\/[^/?#]+$/) },
  { name: 'promises', path: '/promises' },
  { name: 'explanations', path: '/explanations' },
  { name: 'cards', path: '/cards' },
  { name: 'numbers', path: '/stats' },
  { name: 'field', path: firstLink('/stats', /^\/fields\/[^/?#]+$/) },
  { name: 'area', path: firstLink('/stats', /^\/areas\/[^/?#]+$/) },
  { name: 'reports behind a number', path: '/stats/reports?of=missed' },
  { name: 'open data', path: '/open-data' },
  { name: 'about', path: '/about' },
  { name: 'what happens', path: '/what-happens' },
  { name: 'procedures', path: '/procedures' },
  { name: 'procedure', path: firstLink('/procedures', /^\/procedures\//) },
  { name: 'for programmers', path: '/api' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'sign-in by letter', path: '/sign-in/link' },
  { name: 'follow', path: followed },
  { name: 'not found', path: '/no-such-page', status: 404 },
  { name: 'components', path: '/dev/components' },
];

/** @type {(PageUnderTest & { role: string })[]} */
export const DESK = [
  { name: 'desk', path: '/desk', role: 'operator' },
  { name: 'intake', path: '/desk/intake', role: 'operator' },
  { name: 'search', path: '/desk/search', role: 'operator' },
  { name: 'review', path: '/desk/review', role: 'reviewer' },
  { name: 'comments', path: '/desk/comments', role: 'operator' },
  { name: 'newest comments', path: '/desk/comments?list=newest', role: 'operator' },
  { name: 'locks', path: '/desk/locks', role: 'reviewer' },
  { name: 'officer desk', path: '/desk', role: 'officer' },
  { name: 'officer work', path: '/desk/mine', role: 'officer' },
  { name: 'officer on site', path: '/desk/on-site', role: 'officer' },
  { name: 'case', path: async (nhip) => `/desk${await firstLink('/reports', REPORT)(nhip)}`, role: 'operator' },
  { name: 'enter for somebody', path: '/desk/new', role: 'operator' },
  { name: 'letters', path: '/desk/letters', role: 'operator' },
  { name: 'integrity', path: '/desk/integrity?days=365', role: 'leader' },
  { name: 'answers behind a number', path: '/desk/integrity/so-xay-dung?which=published&days=365', role: 'leader' },
  { name: 'tasks', path: '/desk/tasks', role: 'leader' },
  { name: 'task-new', path: '/desk/tasks/new', role: 'leader' },
  { name: 'staff', path: '/desk/staff', role: 'administrator' },
  { name: 'staff-new', path: '/desk/staff/new', role: 'administrator' },
  { name: 'calendar', path: '/desk/calendar', role: 'administrator' },
  { name: 'webhooks', path: '/desk/webhooks', role: 'administrator' },
  { name: 'explanations at the desk', path: '/desk/explanations', role: 'leader' },
  { name: 'explanations of an agency', path: '/desk/explanations', role: 'head' },
  { name: 'cards at the desk', path: '/desk/cards', role: 'head' },
  { name: 'overview', path: '/desk/overview', role: 'leader' },
  { name: 'periodic report', path: '/desk/overview/report', role: 'leader' },
  { name: 'account', path: '/account', role: 'operator' },
  { name: 'second factor', path: '/account/second-factor', role: 'operator' },
  { name: 'sessions', path: '/account/sessions', role: 'operator' },
];

/** @type {PageUnderTest[]} */
export const ALL = [...PUBLIC, ...DESK];

/** @param {string} name @returns {PageUnderTest} */
export function pageNamed(name) {
  const found = ALL.find((one) => one.name === name);
  assert.ok(found, `there is no page called ${name}`);
  return found;
}

/** @type {Map<string, string>} */
const found = new Map();

/**
 * Where it stands; looked for once per server.
 * @param {Nhip} nhip
 * @param {PageUnderTest} subject
 */
export async function addressOf(nhip, { name, path }) {
  if (typeof path === 'string') return path;
  const key = `${nhip.url} ${name}`;
  const address = found.get(key) ?? (await path(nhip));
  found.set(key, address);
  return address;
}

/**
 * The newest report whose page shows one photo: most have one or none, and what is fixed has more.
 * @param {Nhip} nhip
 */
async function pictured(nhip) {
  const list = await (await fetch(`${nhip.url}/reports`)).text();
  const cards = list.split('<li class="card">').filter((card) => card.includes('/thumb.jpg'));
  for (const card of cards) {
    const [, path] = card.match(/href="(\/reports\/[^"/?#]+)"/) ?? [];
    const page = path ? await (await fetch(nhip.url + path)).text() : '';
    if (path && page.match(/\/media\/[^"]+\/phone\.jpg/g)?.length === 1) return path;
  }
  return assert.fail('no report of the list has one photo');
}

/**
 * A report that people talk about: its card says so.
 * @param {Nhip} nhip
 */
async function discussed(nhip) {
  const html = await (await fetch(`${nhip.url}/reports?sort=closed`)).text();
  const card = html.split('<li class="card">').find((card) => card.includes('#i-message-circle"'));
  const [, path] = card?.match(/href="(\/reports\/[^"]+)"/) ?? [];
  assert.ok(path, 'nobody talks about the reports closed last');
  return path;
}

/**
 * Where the newest open report is followed that everybody may: its page says so.
 * @param {Nhip} nhip
 */
async function followed(nhip) {
  const list = await (await fetch(`${nhip.url}/reports?state=open`)).text();
  for (const [, report] of list.matchAll(/href="(\/reports\/[^"/?#]+)"/g)) {
    const page = await (await fetch(`${nhip.url}${report}`)).text();
    if (page.includes(`href="${report}/follow"`)) return `${report}/follow`;
  }
  return assert.fail('no open report can be followed');
}

/**
 * The first link of a page whose path has this form.
 * @param {string} from
 * @param {RegExp} form
 * @returns {(nhip: Nhip) => Promise<string>}
 */
export function firstLink(from, form) {
  return async (nhip) => {
    const html = await (await fetch(nhip.url + from)).text();
    const links = [...html.matchAll(/href="([^"#?]+)/g)].map(([, link = '']) => link);
    const found = links.find((link) => form.test(link));
    assert.ok(found, `${from} links to nothing like ${form}`);
    return found;
  };
}
