import { createDecipheriv } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import { base64ToBinary, binaryToBase64 } from '../../../core/sandbox/guest/base64.ts';
import { RandomStream } from '../../../core/sandbox/guest/random-stream.ts';
import { bootstrapSource } from '../../../core/sandbox/guest/source.ts';
import { cloneStructure } from '../../../core/sandbox/guest/structured-clone.ts';
import { TextDecoderOf, TextEncoderOf } from '../../../core/sandbox/guest/text-encoding.ts';
import { UrlOf } from '../../../core/sandbox/guest/url.ts';
import { UrlSearchParamsOf } from '../../../core/sandbox/guest/url-search-params.ts';

const parts = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

function partsOf(Kind: typeof URL, input: string, base?: string): object | string {
  try {
    const url = new Kind(input, base);
    return Object.fromEntries(parts.map((part) => [part, url[part]]));
  } catch {
    return 'no url';
  }
}

const samples: [string, string?][] = [
  ['https://user:pa%20ss@Example.COM:443/a/./b/../c?q=ä#f g'],
  ['http://example.com:8080'],
  ['HTTP:\\\\example.com\\a\\b'],
  ['http:/example.com/'],
  ['mailto:teacher@espoo.fi?subject=x y'],
  ['data:text/plain,hello world#x'],
  ['javascript:alert(1)'],
  ['file:///C:/a/../b'],
  ['http://192.168.0.1.'],
  ['http://0x7f.1'],
  ['http://256.1.1.1'],
  ['http://1.2.3.4.5'],
  ['http://[::1]:3000/'],
  ['http://[1:0:0:0:0:0:0:1]'],
  ['http://[::ffff:192.0.2.1]'],
  ['http://[1::2::3]'],
  ['http://ä.fi/'],
  ['http://'],
  ['http://a b/'],
  ['http://exa%6Dple.com'],
  ['http://example.com:99999'],
  ['foo://bar/../baz?q#f'],
  ['foo:bar'],
  ['/a/b', 'https://example.com/x/y?z#w'],
  ['../q?r', 'https://example.com/x/y/z'],
  ['?n', 'https://example.com/x?o#p'],
  ['#n', 'https://example.com/x?o#p'],
  ['//other.fi/p', 'https://example.com/x'],
  ['', 'https://example.com/x?o#p'],
  ['x', 'mailto:a@b'],
  ['%2e%2E/a', 'http://h/b/c'],
  ['https:foo', 'https://h/b/c'],
  [' \t http://h/\n a '],
];

for (const [input, base] of samples) {
  test(`the guest's URL reads ${JSON.stringify(input)}${base ? ` against ${base}` : ''} as Node's does`, (t) => {
    t.deepEqual(partsOf(UrlOf as never, input, base), partsOf(URL, input, base));
  });
}

test('any web address is read as Node reads it', (t) => {
  const check = fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (input) => {
    t.deepEqual(partsOf(UrlOf as never, input), partsOf(URL, input));
  });
  fc.assert(check, { numRuns: 300 });
});

test('setting parts of a URL gives what Node gives', (t) => {
  const changes: [(typeof parts)[number], string][] = [
    ['search', '?a=ö'],
    ['hash', '#x y'],
    ['port', '8080'],
    ['port', ''],
    ['hostname', 'b.fi'],
    ['host', 'c.fi:1'],
    ['pathname', '/p q/../r'],
    ['protocol', 'http'],
    ['username', 'u@'],
    ['password', 'p:'],
    ['href', 'https://z/'],
  ];
  for (const [part, value] of changes) {
    const [ours, nodes] = [new UrlOf('https://a.fi:3/x?y#z'), new URL('https://a.fi:3/x?y#z')];
    (ours as unknown as Record<string, string>)[part] = value;
    (nodes as unknown as Record<string, string>)[part] = value;
    t.is(ours.href, nodes.href, `${part} = ${value}`);
  }
});

test('search parameters follow their URL and their URL follows them', (t) => {
  const [ours, nodes] = [new UrlOf('https://a/?b=1&c=2&b=3'), new URL('https://a/?b=1&c=2&b=3')];
  for (const url of [ours, nodes]) {
    url.searchParams.append('ä', ' &=+');
    url.searchParams.delete('c');
    url.searchParams.set('b', '9');
    url.searchParams.sort();
  }
  t.is(ours.href, nodes.href);
  ours.search = '?q=1';
  t.is(ours.searchParams.get('q'), '1');
});

test('any list of pairs is encoded and read back as Node does it', (t) => {
  const pairs = fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), { maxLength: 5 });
  const check = fc.property(pairs, (list) => {
    const text = new UrlSearchParamsOf(list).toString();
    t.is(text, new URLSearchParams(list).toString());
    t.deepEqual([...new UrlSearchParamsOf(text)], [...new URLSearchParams(text)]);
  });
  fc.assert(check);
});

test('text becomes UTF-8 and comes back as in Node, broken surrogates included', (t) => {
  const check = fc.property(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), (text) => {
    t.deepEqual(new TextEncoderOf().encode(text), new TextEncoder().encode(text));
  });
  fc.assert(check);
});

test('any bytes are read as UTF-8 as in Node, whole or in pieces', (t) => {
  const check = fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(40), (bytes, cut) => {
    const expected = new TextDecoder().decode(bytes);
    t.is(new TextDecoderOf().decode(bytes), expected);
    const pieces = new TextDecoderOf();
    t.is(pieces.decode(bytes.subarray(0, cut), { stream: true }) + pieces.decode(bytes.subarray(cut)), expected);
  });
  fc.assert(check, { numRuns: 500 });
});

test('base64 goes both ways as in Node, and what is not base64 is refused', (t) => {
  const latin = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)) });
  const check = fc.property(latin, (text) => {
    t.is(binaryToBase64(text), btoa(text));
    t.is(base64ToBinary(btoa(text)), text);
  });
  fc.assert(check);
  t.throws(() => binaryToBase64('€'), { instanceOf: RangeError });
  t.throws(() => base64ToBinary('a'), { instanceOf: RangeError });
  t.throws(() => base64ToBinary('*'), { instanceOf: RangeError });
});

test('the random stream of the guest is ChaCha20 over its seed', (t) => {
  const key = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
  // The state takes words as numbers, so the seed is read big-endian; ChaCha20 reads its key little-endian.
  const swapped = key.replace(/(..)(..)(..)(..)/g, '$4$3$2$1');
  const bytes = new Uint8Array(200);
  new RandomStream(swapped).fill(bytes);
  const cipher = createDecipheriv('chacha20', Buffer.from(key, 'hex'), Buffer.alloc(16));
  t.deepEqual(Buffer.from(bytes), cipher.update(Buffer.alloc(200)));
});

test('structuredClone copies what Node copies, cycles included', (t) => {
  const value = {
    date: new Date(5),
    map: new Map([[{ a: 1 }, new Set([1])]]),
    list: Object.assign(new Array(3), { 0: 1, 2: 3 }),
    bytes: new Uint16Array([1, 2]).subarray(1),
    re: /a/gi,
    big: 3n,
    no: undefined,
  };
  t.deepEqual(cloneStructure(value), structuredClone(value));
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  const copy = cloneStructure(cycle) as { self: unknown };
  t.is(copy.self, copy);
  t.throws(() => cloneStructure(() => 1));
  t.throws(() => cloneStructure(Symbol('x')));
});

test('no two names of the bootstrap collide where its files share one scope', (t) => {
  const folder = new URL('../../../core/sandbox/guest/', import.meta.url);
  const linked = readdirSync(folder).filter((file) => file !== 'source.ts');
  const texts = linked.map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const declared = /^(?:export )?(?:async )?(?:function|class|const|let) +(\w+)/gm;
  const names = texts.flatMap((text) => [...text.matchAll(declared)].map((found) => found[1]));
  t.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
  t.true(names.length > 80);
  for (const name of names) t.true(bootstrapSource().includes(name!));
});
