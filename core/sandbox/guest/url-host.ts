import { percentDecode, percentEncode } from './url-percent.ts';
import { punycode } from './punycode.ts';

/**
 * Host of a URL, normal form; undefined when it is none. https://url.spec.whatwg.org/#concept-host-parser
 * Of IDNA only lower case, NFC and Punycode are done: the mapping tables of UTS 46 are larger than all else here.
 */
export function parseHost(input: string, special: boolean): string | undefined {
  if (input.startsWith('[')) return input.endsWith(']') ? parseBracketed(input.slice(1, -1)) : undefined;
  if (!special) return /[\0\t\n\r #/:<>?@[\\\]^|]/.test(input) ? undefined : percentEncode(input, '');
  const domain = asciiDomain(percentDecode(input));
  if (domain === '' || /[\0-\x20"#%/:<>?@[\\\]^`{|}\x7f]/.test(domain)) return undefined;
  return endsInNumber(domain) ? parseIpv4(domain) : domain;
}

function asciiDomain(domain: string): string {
  const labels = domain
    .normalize('NFC')
    .toLowerCase()
    .split(/[.\u3002\uff0e\uff61]/);
  return labels.map((label) => (/^[\0-\x7f]*$/.test(label) ? label : `xn--${punycode(label)}`)).join('.');
}

function endsInNumber(domain: string): boolean {
  const labels = domain.split('.');
  if (labels.at(-1) === '' && labels.length > 1) labels.pop();
  return /^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1)!);
}

/** https://url.spec.whatwg.org/#concept-ipv4-parser */
function parseIpv4(domain: string): string | undefined {
  const parts = domain.split('.');
  if (parts.at(-1) === '' && parts.length > 1) parts.pop();
  if (parts.length > 4) return undefined;
  const numbers = parts.map(ipv4Number);
  if (numbers.some((number) => Number.isNaN(number))) return undefined;
  const last = numbers.pop()!;
  if (numbers.some((number) => number > 255) || last >= 256 ** (4 - numbers.length)) return undefined;
  const address = numbers.reduce((sum, number, place) => sum + number * 256 ** (3 - place), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

function ipv4Number(part: string): number {
  if (part === '') return Number.NaN;
  if (/^0x[0-9a-f]*$/.test(part)) return part === '0x' ? 0 : Number.parseInt(part.slice(2), 16);
  if (/^0[0-7]*$/.test(part)) return Number.parseInt(part, 8);
  return /^[1-9]\d*$/.test(part) ? Number(part) : Number.NaN;
}

function parseBracketed(text: string): string | undefined {
  const pieces = ipv6Pieces(text);
  return pieces && `[${serializeIpv6(pieces)}]`;
}

/** https://url.spec.whatwg.org/#concept-ipv6-parser, by cutting at the one `::`. */
function ipv6Pieces(text: string): number[] | undefined {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (dotted) {
    const bytes = dotted.slice(2).map((byte) => (/^(0|[1-9]\d{0,2})$/.test(byte) ? Number(byte) : 256));
    if (bytes.some((byte) => byte > 255)) return undefined;
    const [a, b, c, d] = bytes as [number, number, number, number];
    return ipv6Pieces(`${dotted[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = [...head!, ...(tail ?? [])];
  if (given.some((piece) => !/^[0-9a-fA-F]{1,4}$/.test(piece))) return undefined;
  if (tail === undefined ? given.length !== 8 : given.length > 7) return undefined;
  const middle: string[] = new Array(8 - given.length).fill('0');
  return [...head!, ...middle, ...(tail ?? [])].map((piece) => Number.parseInt(piece, 16));
}

function serializeIpv6(pieces: number[]): string {
  const { start, length } = longestZeros(pieces);
  const hex = pieces.map((piece) => piece.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

function longestZeros(pieces: number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (pieces[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  return best;
}
