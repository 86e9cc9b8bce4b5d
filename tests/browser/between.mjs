// What stands between a browser and the server: a proxy that says something of its own to whatever is sent.

import assert from 'node:assert/strict';
import { createServer, request as ask } from 'node:http';

/** @typedef {{ status: number, headers?: Record<string, string>, body?: string }} Said */

/** @type {Record<string, Said>} What proxies and the pages of hotels say. */
export const SAYS = {
  'too large': { status: 413, body: '<h1>413 Request Entity Too Large</h1>' },
  'bad gateway': { status: 502, body: '<h1>502 Bad Gateway</h1>' },
  'no service': { status: 503, headers: { 'retry-after': '1' }, body: '<h1>503</h1>' },
  'led elsewhere': { status: 302, headers: { location: '/maintenance' } },
  'all is well': { status: 200, body: '<h1>Welcome to our hotel</h1>' },
};

/**
 * @param {import('./support.mjs').Nhip} nhip
 */
export async function standBetween(nhip) {
  /** @type {Said | undefined} */
  let says;
  let asked = 0;
  const server = createServer((request, response) => {
    const sent = request.method === 'POST';
    if (sent) asked += 1;
    const said = sent ? says : request.url === '/maintenance' ? SAYS['all is well'] : undefined;
    if (said) {
      request.resume().on('end', () => response.writeHead(said.status, { 'content-type': 'text/html', ...said.headers }).end(said.body));
      return;
    }
    const { method, headers } = request;
    const onward = ask(nhip.url + request.url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** To whatever is sent from now on; nothing: it lets all through. @param {Said} [said] */
    say: (said) => void (says = said),
    /** How often something was sent. */
    asked: () => asked,
    close: () => (server.closeAllConnections(), server.close()),
  };
}
