import { type Payload, payloads } from './payload.ts';

const endless: Payload[] = payloads(['plugin-timeout-cpu'], {
  'loops at once': 'for (;;);',
  'loops after a host call': "await digione.invoke('a.b', 1); for (;;);",
  'loops after a timer': 'await new Promise((go) => setTimeout(go, 5)); for (;;);',
  'loops inside a timer': 'setTimeout(() => { for (;;); }, 1); await new Promise(() => {});',
  'loops in microtasks': 'const again = () => Promise.resolve().then(again); again(); await new Promise(() => {});',
  'awaits nothing for ever': 'for (;;) await null;',
  'loops in a getter of its answer': 'return { get x() { for (;;); } };',
  'loops in toJSON of its answer': 'return { toJSON() { for (;;); } };',
  'loops in a proxy as its answer': 'return new Proxy({}, { ownKeys() { for (;;); } });',
  'loops in a thenable as its answer': 'return { then() { for (;;); } };',
  'loops in a getter of what it throws': 'throw { get message() { for (;;); } };',
  'loops in the name of an error it throws': 'throw new (class extends Error { get name() { for (;;); } })();',
  'loops in a proxy that it throws': 'throw new Proxy({}, { get() { for (;;); }, ownKeys() { for (;;); } });',
  'loops in toString of what it throws': 'throw Object.assign(() => 0, { toString() { for (;;); } });',
  'loops while a log line is made': 'console.log({ toJSON() { for (;;); } });',
  'loops in a host call argument': "await digione.invoke('a.b', { get x() { for (;;); } });",
  'loops in a comparator': '[3, 2, 1].sort(() => { for (;;); });',
  'loops in a regular expression': "/^(a+)+$/.test('a'.repeat(60) + '!');",
  'loops in a generator': 'function* g() { for (;;) yield 1; } for (const x of g());',
  'loops in a tagged catch': 'for (;;) { try { for (;;); } catch {} finally { continue; } }',
  'walks an array of endless length': 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);',
});

const builtIns: Payload[] = payloads(['plugin-timeout-cpu', 'plugin-memory', 'plugin-failed', 'worker-lost'], {
  'sorts a huge typed array':
    'const x = new Float64Array(3e6).map(() => Math.random()); for (;;) x.map(() => Math.random()).sort();',
  'raises a big integer': 'let x = 3n; for (;;) x = x ** 3n;',
  'joins a huge array': 'for (;;) new Array(1e7).join("x").length;',
  'parses its own JSON for ever': 'const t = JSON.stringify(new Array(1e5).fill({ a: 1 })); for (;;) JSON.parse(t);',
});

const silent: Payload[] = payloads(['plugin-timeout-wall', 'plugin-timeout-cpu'], {
  'never answers': 'await new Promise(() => {});',
  'answers with a thenable that never settles': 'return { then() {} };',
  'only ticks': 'setInterval(() => {}, 50); await new Promise(() => {});',
}).map((payload) => ({ ...payload, waits: true }));

export const loops: Payload[] = [
  ...endless,
  ...builtIns,
  ...silent,
  { title: 'loops while it is loaded', source: 'for (;;);', ends: ['plugin-timeout-cpu', 'plugin-timeout-wall'] },
  { title: 'recurses without end', body: 'const f = () => f() + 1; f();', ends: ['plugin-failed'] },
  {
    title: 'leaves a rejected promise whose reason loops when copied',
    body: 'Promise.reject({ get x() { for (;;); } }); return 1;',
    ends: ['ok', 'plugin-timeout-cpu', 'plugin-failed'],
    value: 1,
  },
  {
    title: 'leaves a rejected proxy that loops when copied',
    body: 'Promise.reject(new Proxy({}, { ownKeys() { for (;;); }, get() { for (;;); } })); return 1;',
    ends: ['ok', 'plugin-timeout-cpu', 'plugin-failed'],
    value: 1,
  },
  {
    title: 'goes on after its answer',
    body: 'Promise.resolve().then(() => Promise.resolve().then(() => Promise.resolve().then(() => { for (;;); }))); return 1;',
    ends: ['ok', 'plugin-timeout-cpu', 'plugin-failed'],
    value: 1,
  },
];
