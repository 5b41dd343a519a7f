/** Sets of https://url.spec.whatwg.org/#percent-encoded-bytes; each says which ASCII characters are encoded besides controls. */
export const percentSets = {
  fragment: ' "<>`',
  query: ' "#<>',
  specialQuery: ' "#<>\'',
  path: ' "#<>?^`{}',
  userinfo: ' "#<>?`{}/:;=@[\\]^|',
};

const hexDigits = '0123456789ABCDEF';

/** Percent-encodes what the set names, controls, and everything outside of ASCII as UTF-8. */
export function percentEncode(text: string, set: string): string {
  let out = '';
  for (const character of text) {
    const point = character.codePointAt(0)!;
    const plain = point > 0x1f && point < 0x7f && !set.includes(character);
    out += plain ? character : percentOf(new TextEncoder().encode(character));
  }
  return out;
}

export function percentOf(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += `%${hexDigits[byte >> 4]}${hexDigits[byte & 15]}`;
  return out;
}

export function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  const bytes: number[] = [];
  const encoded = new TextEncoder().encode(text);
  for (let at = 0; at < encoded.length; at += 1) {
    const hex = encoded[at] === 0x25 ? String.fromCharCode(encoded[at + 1] ?? 0, encoded[at + 2] ?? 0) : '';
    if (/^[0-9a-fA-F]{2}$/.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(encoded[at]!);
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes));
}
