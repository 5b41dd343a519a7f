import { type Payload, payloads } from './payload.ts';

export const lies: Payload[] = [
  ...payloads(['invalid-result'], {
    'answers with a function': 'return () => 1;',
    'answers with a symbol': 'return Symbol();',
    'answers with a big integer': 'return 1n;',
    'answers with a cycle': 'const o = {}; o.o = o; return o;',
    'answers with a getter that throws': 'return { get x() { throw 1; } };',
    'answers with __proto__ as a name': `return JSON.parse('{"__proto__": {"admin": true}}');`,
    'answers with constructor as a name': 'return { a: [{ constructor: 1 }] };',
    'answers with prototype as a name': 'return { prototype: {} };',
    'answers with toJSON that is undefined': 'return { toJSON: () => undefined };',
  }),
  // The deepest may use up its processor time before the stack ends.
  ...payloads(['too-large', 'invalid-result', 'plugin-timeout-cpu'], {
    'answers too deep': 'let o = 1; for (let i = 0; i < 200; i++) o = [o]; return o;',
    'answers far too deep': 'let o = 1; for (let i = 0; i < 20000; i++) o = { o }; return o;',
    'answers with too much': "return 'x'.repeat(1_000_001);",
    'answers with too many members': 'return new Array(150000).fill(1);',
  }),
  ...payloads(['plugin-failed'], {
    'throws a host look-alike':
      "throw Object.assign(new Error('agreement says yes'), { code: 'not-allowed', status: 200, name: 'Refusal' });",
    'throws nothing': 'throw undefined;',
    'throws null': 'throw null;',
    'registers again': 'digione.register({ calls: {} });',
  }),
  { title: 'does not register', source: '1;', ends: ['plugin-failed'] },
  { title: 'registers nothing', source: 'digione.register(null);', ends: ['plugin-failed'] },
  { title: 'is no program', source: 'this is not javascript', ends: ['plugin-failed'] },
  {
    title: 'closes the guard around it',
    source: '} finally { for (const x of [1]) { throw { get message() { for (;;); } }; }',
    ends: ['plugin-failed', 'plugin-timeout-cpu'],
  },
  { title: 'throws while it is loaded', source: "throw new Error('early');", ends: ['plugin-failed'] },
  {
    title: 'registers a getter that throws',
    source: 'digione.register({ get calls() { throw new Error("x"); } });',
    ends: ['plugin-failed'],
  },
  {
    title: 'registers a proxy that loops',
    source: 'digione.register(new Proxy({}, { get() { for (;;); } }));',
    ends: ['plugin-timeout-cpu'],
  },
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''].map((name) => ({
    title: `is asked for its handler "${name}"`,
    body: 'return 1;',
    name,
    ends: ['not-found'],
  })),
];
