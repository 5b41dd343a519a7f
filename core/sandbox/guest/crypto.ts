import type { RandomStream } from './random-stream.ts';

const mostBytes = 65_536;

/** The part of Web Crypto that libraries expect: random bytes and identifiers. https://w3c.github.io/webcrypto/#Crypto-interface */
export function cryptoOf(random: RandomStream): object {
  function getRandomValues<T extends ArrayBufferView>(into: T): T {
    if (!ArrayBuffer.isView(into) || into instanceof DataView || /Float/.test(into.constructor.name)) {
      throw new TypeError('getRandomValues needs an integer typed array');
    }
    if (into.byteLength > mostBytes) throw new RangeError('getRandomValues gives at most 65536 bytes at a time');
    random.fill(new Uint8Array(into.buffer, into.byteOffset, into.byteLength));
    return into;
  }
  return { getRandomValues, randomUUID: () => uuidOf(getRandomValues(new Uint8Array(16))) };
}

/** RFC 9562 §5.4. */
function uuidOf(bytes: Uint8Array): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
