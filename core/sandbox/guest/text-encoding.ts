const replacement = 0xfffd;

/** UTF-8 encoder. https://encoding.spec.whatwg.org/#interface-textencoder */
export class TextEncoderOf {
  get encoding(): string {
    return 'utf-8';
  }

  encode(value: unknown = ''): Uint8Array {
    const text = String(value);
    const bytes = new Uint8Array(text.length * 3);
    const { written } = this.encodeInto(text, bytes);
    return bytes.slice(0, written);
  }

  encodeInto(text: string, into: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    while (read < text.length) {
      const point = wellFormedPointAt(text, read);
      const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (written + size > into.length) break;
      writePoint(into, written, point, size);
      written += size;
      read += size === 4 ? 2 : 1;
    }
    return { read, written };
  }
}

function wellFormedPointAt(text: string, at: number): number {
  const point = text.codePointAt(at)!;
  return point >= 0xd800 && point <= 0xdfff ? replacement : point;
}

function writePoint(into: Uint8Array, at: number, point: number, size: number): void {
  if (size === 1) {
    into[at] = point;
    return;
  }
  for (let left = size - 1; left > 0; left -= 1) {
    into[at + left] = 0x80 | (point & 63);
    point >>= 6;
  }
  into[at] = ((0xf00 >> size) & 0xff) | point;
}

/** UTF-8 decoder. https://encoding.spec.whatwg.org/#utf-8-decoder; other encodings are not offered. */
export class TextDecoderOf {
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  #held: number[] = [];

  constructor(label: unknown = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    if (!/^(unicode-1-1-)?utf-?8$/i.test(String(label).trim()))
      throw new RangeError('Only utf-8 is available in a plugin');
    this.fatal = Boolean(options.fatal);
    this.ignoreBOM = Boolean(options.ignoreBOM);
  }

  get encoding(): string {
    return 'utf-8';
  }

  decode(input?: ArrayBuffer | ArrayBufferView, options: { stream?: boolean } = {}): string {
    const bytes = joined(this.#held, bytesOf(input));
    const whole = options.stream ? bytes.length - unfinishedTail(bytes) : bytes.length;
    this.#held = Array.from(bytes.subarray(whole));
    const text = decodeUtf8(bytes.subarray(0, whole), this.fatal);
    return !this.ignoreBOM && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
}

function bytesOf(input: ArrayBuffer | ArrayBufferView | undefined): Uint8Array {
  if (input === undefined) return new Uint8Array(0);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  return new Uint8Array(input);
}

function joined(held: number[], bytes: Uint8Array): Uint8Array {
  if (held.length === 0) return bytes;
  const all = new Uint8Array(held.length + bytes.length);
  all.set(held);
  all.set(bytes, held.length);
  return all;
}

function sizeOfLead(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

/** Number of bytes at the end that may still become one character. */
function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    return sizeOfLead(byte) > back ? back : 0;
  }
  return 0;
}

function decodeUtf8(bytes: Uint8Array, fatal: boolean): string {
  let out = '';
  for (let at = 0; at < bytes.length; ) {
    const { point, size } = pointAt(bytes, at);
    if (point < 0 && fatal) throw new TypeError('The bytes are not UTF-8');
    out += point < 0 ? '\ufffd' : String.fromCodePoint(point);
    at += size;
  }
  return out;
}

/** One character, or -1 with the length of the maximal subpart to replace (Unicode 15, §3.9 D93b). */
function pointAt(bytes: Uint8Array, at: number): { point: number; size: number } {
  const lead = bytes[at]!;
  const size = sizeOfLead(lead);
  if (size <= 1) return { point: size === 1 ? lead : -1, size: 1 };
  let point = lead & (0xff >> (size + 1));
  for (let next = 1; next < size; next += 1) {
    const byte = bytes[at + next];
    if (byte === undefined || !continues(lead, next, byte)) return { point: -1, size: next };
    point = (point << 6) | (byte & 63);
  }
  return { point, size };
}

function continues(lead: number, next: number, byte: number): boolean {
  if (next > 1) return byte >= 0x80 && byte <= 0xbf;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  return byte >= lowest && byte <= highest;
}
