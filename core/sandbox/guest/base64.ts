const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** `btoa`: each character is one byte. https://infra.spec.whatwg.org/#forgiving-base64-encode */
export function binaryToBase64(value: unknown): string {
  const binary = String(value);
  let out = '';
  for (let at = 0; at < binary.length; at += 3) {
    const left = binary.length - at;
    const [a, b, c] = [
      binary.charCodeAt(at),
      left > 1 ? binary.charCodeAt(at + 1) : 0,
      left > 2 ? binary.charCodeAt(at + 2) : 0,
    ];
    if ((a | b | c) > 255) throw new RangeError('btoa: a character is outside of Latin-1');
    out += alphabet[a >> 2]! + alphabet[((a & 3) << 4) | (b >> 4)]!;
    out += left > 1 ? alphabet[((b & 15) << 2) | (c >> 6)]! : '=';
    out += left > 2 ? alphabet[c & 63]! : '=';
  }
  return out;
}

/** `atob`. https://infra.spec.whatwg.org/#forgiving-base64-decode */
export function base64ToBinary(value: unknown): string {
  let text = String(value).replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/==?$/, '');
  if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text)) throw new RangeError('atob: the text is not base64');
  let out = '';
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    held = (held << 6) | alphabet.indexOf(letter);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += String.fromCharCode((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return out;
}
