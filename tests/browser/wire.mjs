// A wire between the browser and the server, which tests cut, also in the middle of a photo.

import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';

/**
 * `whole`; `cut`; `deaf`: what is sent arrives, and the answer does not; `silent`: bars on the phone, and nothing moves.
 * @typedef {'whole' | 'cut' | 'deaf' | 'silent'} State
 */

/**
 * Lays a wire to the server.
 * @param {import('./support.mjs').Nhip} nhip
 */
export async function lay(nhip) {
  /** @type {Set<import('node:net').Socket>} */
  const open = new Set();
  /** @type {State} */
  let state = 'whole';
  /** Bytes that may still go up before it is cut, and what went up since the count began. */
  let left = Infinity;
  const up = { bytes: 0, photos: 0, forms: 0 };
  const server = createServer((here) => {
    if (state === 'cut') {
      here.destroy();
      return;
    }
    const there = connect(Number(new URL(nhip.url).port), '127.0.0.1');
    const end = () => [here, there].forEach((socket) => (open.delete(socket), socket.destroy()));
    for (const socket of [here, there]) {
      open.add(socket);
      socket.on('error', end).on('close', end);
    }
    here.on('data', (/** @type {Buffer} */ bytes) => {
      if (state === 'silent') return;
      const text = bytes.toString('latin1');
      up.bytes += bytes.length;
      up.photos += text.split('POST /new/photos ').length - 1;
      up.forms += text.split('POST /new ').length - 1;
      left -= bytes.length;
      if (left < 0) {
        state = 'cut';
        open.forEach((socket) => socket.destroy());
      } else there.write(bytes);
    });
    there.on('data', (answer) => (state === 'deaf' ? end() : here.write(answer)));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** @param {State} next */
    set(next) {
      [state, left] = [next, Infinity];
      if (next === 'cut') open.forEach((socket) => socket.destroy());
    },
    /** Cuts it after so many more bytes. @param {number} bytes */
    cutAfter: (bytes) => void (left = bytes),
    /** Counts anew what goes up. */
    count: () => Object.assign(up, { bytes: 0, photos: 0, forms: 0 }),
    close: () => (open.forEach((socket) => socket.destroy()), server.close()),
  };
}
