import { type Payload, payloads } from './payload.ts';

const anyEnd = [
  'plugin-memory',
  'plugin-timeout-cpu',
  'plugin-timeout-wall',
  'plugin-failed',
  'too-large',
  'worker-lost',
];

export const memory: Payload[] = payloads(anyEnd, {
  'fills arrays': 'const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()));',
  'fills strings': "let all = []; for (let i = 0; ; i++) all.push((i + 'x'.repeat(1e6)).split('').join('-'));",
  'fills a map': 'const all = new Map(); for (let i = 0; ; i++) all.set({}, { i });',
  'fills a set of symbols': 'const all = new Set(); for (;;) all.add(Symbol());',
  'fills buffers': 'const all = []; for (;;) all.push(new Uint8Array(5e6).fill(1));',
  'grows a resizable buffer':
    'const b = new ArrayBuffer(0, { maxByteLength: 2 ** 32 }); b.resize(2 ** 32); const v = new Uint8Array(b); for (;;) v.fill(1);',
  'makes many resizable buffers':
    'const all = []; for (;;) { const b = new ArrayBuffer(1e6, { maxByteLength: 2 ** 31 }); b.resize(2 ** 27); all.push(new Uint8Array(b).fill(1)); }',
  'fills closures':
    'let f = () => 0; for (;;) { const g = f; const x = new Array(100).fill(1); f = () => g() + x.length; }',
  'piles up promises': 'const all = []; for (;;) all.push(new Promise(() => {}).then(() => new Array(1000)));',
  'grows an object': 'const o = {}; for (let i = 0; ; i++) o["k" + i] = "v".repeat(50) + i;',
  'flattens a rope of half a gigabyte':
    "const s = 'x'.repeat(2 ** 28); const t = s + 'y'; t.charCodeAt(2 ** 27); return t;",
  'answers with a huge string': "return 'x'.repeat(2 ** 28);",
  'throws a huge string': "throw new Error('x'.repeat(2 ** 28));",
  'makes a huge integer': 'const all = []; for (;;) all.push(1n << 10000000n);',
  'clones without end': 'let o = [1]; for (;;) o = [structuredClone(o), structuredClone(o)];',
  'parses a bomb': "const t = '[' + '[],'.repeat(3e5) + '1]'; const all = []; for (;;) all.push(JSON.parse(t));",
  'encodes without end': "const all = []; for (;;) all.push(new TextEncoder().encode('ä'.repeat(1e6)));",
  'keeps matches': "const all = []; for (;;) all.push('ab'.repeat(1e5).match(/a/g));",
}).concat({
  title: 'leaves a rejected promise with a huge reason',
  body: "Promise.reject('x'.repeat(2 ** 28)); return 1;",
  ends: ['ok', ...anyEnd],
  value: 1,
});
