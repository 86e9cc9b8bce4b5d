// What the browser tests share: a running nhip, a Chromium, and the questions we ask of pages.
//
// It does not know any page: addresses and expectations stand in the tests.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import axeCore from 'axe-core';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').BrowserContext} BrowserContext */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ role: string, login: string, password: string }} SignIn */
/**
 * @typedef {object} Nhip A running server.
 * @property {string} url Its address, without a slash at the end.
 * @property {string} data Its data folder.
 * @property {SignIn[]} signIns One for each role of the demo, or each colleague of a city of one's own.
 * @property {() => string} output What it printed so far.
 * @property {(...words: string[]) => void} expects Warnings and errors in its log with these words belong to the test.
 * @property {() => Promise<void>} stop Ends it and removes its data; fails on a warning or an error that nobody expects.
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Milliseconds. Filling the demo city takes a few seconds in a development build. */
const START_LIMIT = 120_000;
/** Milliseconds. It answers what is under way, and ends. */
const STOP_LIMIT = 20_000;

/** A warning or an error in the log. */
const COMPLAINT = /^\S+Z +(WARN|ERROR) /;

/** The day on which the demo city lives, so that what the tests see does not change with the day they run on. */
export const DAY = process.env.NHIP_UNTIL ?? '2026-11-27T10:30';

/**
 * Starts `nhip demo` in an empty folder on a free port and waits until it is ready.
 * @param {string[]} options Further options, none of those given here.
 * @returns {Promise<Nhip>}
 */
export async function startDemo(options = []) {
  const data = await mkdtemp(path.join(tmpdir(), 'nhip-browser-'));
  return start(['demo', '--still', '--reports', '200', '--seed', '1', '--until', DAY, '--data', data, ...options], data);
}

/** @typedef {{ login: string, role: string, agency?: string }} Colleague */

/**
 * Starts `nhip serve` with a pack on an empty database, and gives each colleague a desk as an operator does.
 * @param {string} pack Folder of the pack, from the root of the repository.
 * @param {Colleague[]} colleagues
 * @returns {Promise<Nhip>}
 */
export async function startServe(pack, colleagues = []) {
  const data = await mkdtemp(path.join(tmpdir(), 'nhip-browser-'));
  const place = ['--pack', pack, '--data', data];
  const signIns = [];
  for (const { login, role, agency } of colleagues) {
    const of = agency ? ['--agency', agency] : [];
    const said = await run(['user', ...place, 'add', '--login', login, '--name', nameOf(login), '--role', role, ...of]);
    const password = /^password: (\S+)/m.exec(said)?.[1];
    assert.ok(password, said);
    signIns.push({ role: login, login, password });
  }
  return { ...(await start(['serve', ...place], data)), signIns };
}

/**
 * The name a colleague has on the desk; citizens must never read it.
 * @param {string} login
 */
export function nameOf(login) {
  return `Nguyễn Thị ${login}`;
}

/**
 * Runs a command of nhip to its end.
 * @param {string[]} args
 * @returns {Promise<string>} What it printed.
 */
async function run(args) {
  const { stdout } = await promisify(execFile)(binary(), args, { cwd: ROOT });
  return stdout;
}

function binary() {
  const path = process.env.NHIP_BIN;
  assert.ok(path, 'set NHIP_BIN to the nhip binary, or run script/test');
  return path;
}

/**
 * @param {string[]} args
 * @param {string} data
 * @returns {Promise<Nhip>}
 */
async function start(args, data) {
  const listen = `127.0.0.1:${await freePort()}`;
  const child = spawn(binary(), [...args, '--listen', listen], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    // An address of this machine is warned of.
    env: { ...process.env, NHIP_MAIL_FROM: 'no-reply@city.example' },
  });
  let output = '';
  /** @type {string[]} */
  const expected = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    const inTime = await Promise.race([ended.then(() => true), wait(STOP_LIMIT, false, { ref: false })]);
    if (!inTime) child.kill('SIGKILL');
    assert.ok(inTime, `nhip did not end in time:\n${output}`);
    await rm(data, { recursive: true, force: true });
    const complaints = output.split('\n').filter((line) => COMPLAINT.test(line));
    const unexpected = complaints.filter((line) => !expected.some((words) => line.includes(words)));
    assert.deepEqual(unexpected, [], 'logged, and no test expects it');
  };
  const url = `http://${listen}`;
  try {
    await ready(url, () => child.exitCode);
  } catch (error) {
    await stop();
    throw new Error(`nhip ${args.join(' ')} did not start:\n${output}`, { cause: error });
  }
  const expects = (/** @type {string[]} */ ...words) => void expected.push(...words);
  return { url, data, stop, output: () => output, expects, signIns: signInsOf(output) };
}

/** @returns {Promise<number>} */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.ok(address && typeof address === 'object');
  return address.port;
}

/**
 * @param {string} url
 * @param {() => number | null} exitCode
 */
async function ready(url, exitCode) {
  const until = Date.now() + START_LIMIT;
  while (Date.now() < until && exitCode() === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await wait(50);
  }
  throw new Error(exitCode() === null ? 'it was not ready in time' : `it ended with ${exitCode()}`);
}

/**
 * The demo prints `sign-in  role  login  password`, separated by tabs.
 * @param {string} output
 * @returns {SignIn[]}
 */
export function signInsOf(output) {
  return [...output.matchAll(/^\s*sign-in\t([^\t]+)\t([^\t]+)\t([^\t\n]+)\s*$/gm)].map(
    ([, role = '', login = '', password = '']) => ({ role, login, password }),
  );
}

/**
 * @param {string[]} more Switches of Chromium.
 * @returns {Promise<Browser>}
 */
export function startBrowser(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

/**
 * @typedef {object} Watched A page and what went wrong on it.
 * @property {Page} page
 * @property {BrowserContext} context
 * @property {string[]} complaints Errors in the console, exceptions, requests to other hosts.
 */

/**
 * A new person with an empty browser.
 * @param {Browser} browser
 * @param {Nhip} nhip
 * @param {{ language?: string, width?: number, height?: number, dots?: number, dark?: boolean, javaScript?: boolean }} person
 *   `width` and `height` in CSS pixels, `dots` of the screen for each of them.
 * @returns {Promise<Watched>}
 */
export async function newPerson(browser, nhip, { language = 'vi', width = 360, height = width < 700 ? 740 : 900, dots = 1, dark = false, javaScript = true } = {}) {
  const context = await browser.newContext({
    baseURL: nhip.url,
    locale: language,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: javaScript,
    viewport: { width, height },
    deviceScaleFactor: dots,
    hasTouch: width < 700,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    const own = origin === nhip.url || protocol === 'data:' || protocol === 'blob:';
    if (!own) complaints.push(`request to another host: ${request.url()}`);
  });
  return { page, context, complaints };
}

/** @type {Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>} */
const sessions = new Map();

/**
 * Signs in through the page, as a person does; the second time in the same role with the session
 * of the first, because signing in again and again is throttled.
 * @param {Page} page
 * @param {Nhip} nhip
 * @param {string} role
 */
export async function signIn(page, nhip, role) {
  const known = nhip.signIns.find((one) => one.role === role);
  assert.ok(known, `the demo printed no sign-in for ${role}: ${nhip.signIns.map((one) => one.role).join(', ')}`);
  const key = `${nhip.url} ${role}`;
  const session = sessions.get(key);
  if (session) return page.context().addCookies(session);
  await page.goto('/sign-in');
  await page.locator('input[autocomplete="username"]').fill(known.login);
  await page.locator('input[type="password"]').fill(known.password);
  await Promise.all([
    page.waitForURL((url) => url.pathname !== '/sign-in'),
    page.locator('form:has(input[type="password"]) button[type="submit"]').click(),
  ]);
  const cookies = await page.context().cookies();
  sessions.set(key, cookies.filter((cookie) => cookie.httpOnly));
}

/**
 * Findings of axe-core, one line each.
 * The script comes through the debugger, so the page's own security policy stays in force.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function axe(page) {
  await page.evaluate(axeCore.source);
  const violations = await page.evaluate(async () => {
    /** @type {typeof import('axe-core')} */
    const tool = Reflect.get(globalThis, 'axe');
    return (await tool.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations;
  });
  return violations
    .flatMap((found) => found.nodes.map((node) => `${found.id}: ${found.help}: ${node.html.slice(0, 160)}`));
}

const htmlRules = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: {
    // A matter of taste, and of how the template engine leaves blanks.
    'attr-quotes': 'off',
    'doctype-style': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'long-title': 'off',
    'no-inline-style': 'error',
    'require-sri': 'off',
  },
});

/**
 * Errors of the markup as the server sent it, one line each.
 * @param {string} html
 * @returns {Promise<string[]>}
 */
export async function invalidHtml(html) {
  const report = await htmlRules.validateString(html);
  return report.results.flatMap((result) =>
    result.messages
      .filter((message) => message.severity === 2)
      .map((message) => `line ${message.line}: ${message.ruleId}: ${message.message}`),
  );
}

/**
 * By how many CSS pixels the page is wider than the window, with the elements that stick out.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export function sticksOut(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 0.5);
    return wide.slice(0, 5).map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
  });
}

/** A phone of today: 360 × 640, two dots for a pixel. What a first visit weighs is told for it. */
export const PHONE = { width: 360, height: 640, dots: 2 };

/**
 * Bytes on the wire for a first visit, heads of answers included: everything the page fetches until nothing is under
 * way, nobody touching it. What the service worker keeps for later comes when somebody does, and is not counted.
 * @param {Watched} person
 * @param {string} address
 * @returns {Promise<{ total: number, photos: number, parts: string[] }>}
 */
export async function weigh({ page, context }, address) {
  const debug = await context.newCDPSession(page);
  /** @type {Map<string, { url: string, kind: string, bytes: number }>} */
  const seen = new Map();
  debug.on('Network.responseReceived', (event) =>
    seen.set(event.requestId, { url: event.response.url, kind: event.type, bytes: 0 }),
  );
  debug.on('Network.loadingFinished', (event) => {
    const one = seen.get(event.requestId);
    if (one) one.bytes = event.encodedDataLength;
  });
  await debug.send('Network.enable');
  await page.goto(address, { waitUntil: 'networkidle' });
  const all = [...seen.values()];
  return {
    total: all.reduce((sum, one) => sum + one.bytes, 0),
    photos: all.filter((one) => one.url.includes('/media/')).length,
    parts: all.map((one) => `${one.bytes} ${one.kind} ${one.url.slice(0, 120)}`),
  };
}

/**
 * Keeps a picture of the whole page in the folder NHIP_SCREENSHOTS, if one is named.
 * @param {Page} page
 * @param {string} name Without an ending.
 */
export async function screenshot(page, name) {
  const folder = process.env.NHIP_SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
