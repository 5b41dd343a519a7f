import { escapes, type Payload } from './payload.ts';

const code = escapes({
  'makes code from text with every function constructor': `
    for (const f of [function () {}, async function () {}, function* () {}, async function* () {}, () => 0, class {}, Math.max]) {
      for (const make of [f.constructor, Object.getPrototypeOf(f).constructor, Reflect.get(f, 'constructor')]) {
        try { found.push(typeof make('return 1')); } catch {}
        try { found.push(typeof new make('return 1')); } catch {}
        try { found.push(typeof Reflect.construct(make, ['return 1'], Object)); } catch {}
      }
    }`,
  'finds eval': "try { found.push((0, eval)('1')); } catch {} try { found.push(globalThis.eval('1')); } catch {}",
  'hands text to a timer': "try { setTimeout('found.push(1)', 1); found.push('taken'); } catch {}",
  'imports a module':
    "try { await import('node:fs'); found.push('import'); } catch {} try { await import('data:text/javascript,1'); found.push('data'); } catch {}",
  'finds shared memory or WebAssembly': `
    for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'ShadowRealm']) {
      if (name in globalThis) found.push(name);
    }`,
  'finds names of the host': `
    for (const name of ['process', 'require', 'module', 'exports', 'Buffer', 'global', 'ivm', '$0', 'post', 'bridge', 'Bridge', 'bootstrap', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Worker', 'navigator', 'document', 'importScripts', 'Deno', 'Bun']) {
      if (name in globalThis) found.push(name);
    }`,
});

const pollution = escapes({
  'pollutes prototypes': `
    for (const [owner, key] of [[Object.prototype, 'copy'], [Object.prototype, 'reference'], [Object.prototype, 'then'], [Object.prototype, 'toJSON'], [Array.prototype, '0'], [Array.prototype, Symbol.iterator], [String.prototype, 'slice'], [Promise.prototype, 'then'], [Map.prototype, 'get'], [Function.prototype, 'call'], [Error.prototype, 'name'], [RegExp.prototype, 'exec'], [Symbol.prototype, 'x'], [Number.prototype, 'toJSON'], [Date.prototype, 'toJSON'], [Uint8Array.prototype, 'x'], [Object.getPrototypeOf(Uint8Array.prototype), 'set']]) {
      const before = owner[key];
      try { owner[key] = () => 'evil'; } catch {}
      try { Object.defineProperty(owner, key, { value: () => 'evil' }); } catch {}
      if (owner !== Symbol.prototype && owner[key] !== before) found.push(String(key));
    }`,
  'replaces namespaces': `
    for (const [owner, key] of [[JSON, 'stringify'], [JSON, 'parse'], [Reflect, 'apply'], [Object, 'freeze'], [Object, 'defineProperty'], [Math, 'max'], [Promise, 'resolve'], [Array, 'isArray'], [Number, 'isInteger'], [Intl.DateTimeFormat.prototype, 'format']]) {
      const before = Object.getOwnPropertyDescriptor(owner, key)?.value;
      try { owner[key] = () => 'evil'; } catch {}
      if (Object.getOwnPropertyDescriptor(owner, key)?.value !== before) found.push(key);
    }`,
  'changes hidden prototypes': `
    const up = Object.getPrototypeOf; const hidden = [up([][Symbol.iterator]()), up(up((function* () {})())), Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})())), Object.getPrototypeOf(new Map().entries()), Object.getPrototypeOf(async () => 0), Object.getPrototypeOf(''[Symbol.iterator]())];
    for (const owner of hidden) { try { owner.next = () => 'evil'; } catch {} try { owner.evil = 1; } catch {} if (owner.evil || !Object.isFrozen(owner)) found.push('hidden'); }`,
  'replaces the platform object': `
    const before = digione;
    try { globalThis.digione = { invoke: () => 'evil' }; } catch {}
    try { digione.invoke = () => 'evil'; } catch {}
    try { delete globalThis.digione; } catch {}
    if (digione !== before || String(digione.invoke).includes('evil')) found.push('digione');`,
  'changes who it is': `
    try { context.user.role = 'principal'; } catch {} try { digione.context.user.role = 'principal'; } catch {}
    try { digione.context = { user: { role: 'principal' } }; } catch {}
    if (digione.context.user.role !== 'teacher' || context.user.role !== 'teacher') found.push('role');`,
  'replaces global names under the bridge': `
    for (const name of ['Promise', 'Map', 'Error', 'String', 'JSON', 'Reflect', 'Object', 'Array', 'TypeError', 'Function']) { try { globalThis[name] = function evil() { throw 1; }; } catch {} }
    const answer = await digione.invoke('a.b', { still: 'works' });
    if (answer.still !== 'works') found.push('bridge')`,
});

const traces = escapes({
  'hooks stack traces': `
    try { Error.prepareStackTrace = (_, sites) => sites; } catch {}
    try { Object.defineProperty(Error, 'prepareStackTrace', { value: (_, sites) => sites }); } catch {}
    try { if (typeof new Error('x').stack !== 'string') found.push('sites'); } catch {}
    try { const o = {}; Error.captureStackTrace(o); if (typeof o.stack !== 'string') found.push('sites'); } catch {}
    try { await digione.invoke(Symbol(), 1); } catch (e) { if (typeof e.stack !== 'string') found.push('sites'); }`,
  'reads paths of the host in errors': `
    const texts = [];
    try { await digione.invoke('fails', 1); } catch (e) { texts.push(e.stack, e.message, JSON.stringify(e)); }
    try { digione.register({}); } catch (e) { texts.push(e.stack); }
    try { null.x; } catch (e) { texts.push(e.stack); }
    const looped = { get x() { throw new Error('x'); } };
    try { await digione.invoke('a.b', looped); } catch (e) { texts.push(e.stack); }
    for (const text of texts) if (/file:|\\/core\\/|node:|node_modules|secret-of-host|\\.ts/.test(text)) found.push(text);`,
  'climbs from what the host gave': `
    const promise = digione.invoke('a.b', { deep: [1] }); const answer = await promise;
    for (const thing of [promise, answer, answer.deep, digione, digione.invoke, digione.register, console, console.log, crypto, setTimeout, digione.context]) {
      for (let at = thing, hops = 0; at !== null && at !== undefined && hops < 10; at = Object.getPrototypeOf(at), hops++) {
        for (const key of Reflect.ownKeys(at)) { let value; try { value = at[key]; } catch { continue; }
          if (typeof value === 'function' && /Reference|ExternalCopy|Callback|Isolate|ivm/.test(value.name + (value.constructor?.name ?? ''))) found.push(String(key)); }
        const maker = at.constructor; if (typeof maker === 'function') { try { found.push(typeof maker('return process')()); } catch {} }
      }
      if (typeof thing === 'function' && Object.getPrototypeOf(thing) !== Object.getPrototypeOf(() => 0)) found.push('foreign function');
    }
    if (promise.constructor !== Promise || Object.getPrototypeOf(answer) !== Object.prototype) found.push('foreign');`,
  'catches the bridge with a thenable': `
    const seen = []; await { then(resolve, reject) { seen.push(resolve, reject); resolve(); } };
    for (const f of seen) { try { found.push(typeof f.constructor('return process')()); } catch {} }`,
  'catches the bridge with proxies and symbols': `
    const log = []; const spy = new Proxy(function () {}, { get: (_, k) => { log.push(k); return undefined; }, apply: (_, self, args) => { for (const a of args) if (typeof a === 'function') { try { found.push(typeof a.constructor('return process')()); } catch {} } } });
    try { await digione.invoke('a.b', { toJSON: spy }); } catch {} try { await digione.invoke(spy, 1); } catch {} try { console.log(spy); } catch {} try { setTimeout(spy, 1); await new Promise((go) => setTimeout(go, 5)); } catch {}`,
  'reads leftovers of the bootstrap':
    "for (const key of ['$1', '$_', 'input', 'lastMatch', 'leftContext', 'rightContext']) if (RegExp[key]) found.push(key)",
  'names a capability with something else': `
    for (const name of [Symbol('x'), { toString: () => 'a.b' }, ['a.b'], null, undefined, 7, 'x'.repeat(1000)]) { try { await digione.invoke(name, 1); found.push(String(typeof name)); } catch (e) { if (e.code !== 'invalid-argument') found.push(e.code); } }`,
});

const callers: Payload = {
  title: 'climbs callers',
  source: `digione.register({ calls: { run: function run() {
    const found = [];
    const climb = (f) => { try { if (f.caller) found.push('caller'); } catch {} try { if (f.arguments?.callee?.caller) found.push('callee'); } catch {} };
    climb(run);
    console.log({ toJSON: function toJSON() { climb(toJSON); } });
    return { toJSON: function last() { climb(last); return found; } };
  } } });`,
  ends: ['ok'],
  value: [],
};

export const escapePayloads: Payload[] = [callers, ...code, ...pollution, ...traces];
