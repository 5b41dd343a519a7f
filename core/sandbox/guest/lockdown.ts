import {
  defineProperty,
  freeze,
  getOwnPropertyDescriptor,
  hasOwn,
  NativeTypeError,
  prototypeOf,
  reflectOwnKeys,
} from './primordials.ts';

/** Names that ordinary libraries assign on their own objects; a frozen prototype would otherwise forbid it ("override mistake"). */
const overridable = [
  'constructor',
  'toString',
  'toLocaleString',
  'valueOf',
  'hasOwnProperty',
  'name',
  'message',
  'toJSON',
];

/** Takes away what shares memory, compiles or runs code after the call. `eval` stays as a name, for libraries that only mention it. */
export function removeDangerousGlobals(realm: Record<string, unknown>): void {
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'ShadowRealm']) {
    delete realm[name];
  }
  defineProperty(realm, 'eval', { value: refuseText, writable: true, configurable: true, enumerable: false });
}

/** `Function` and its async and generator twins stay as names for `instanceof`, but never make code from text. */
export function tameFunctionConstructors(realm: Record<string, unknown>): void {
  const samples = [
    () => 0,
    async () => 0,
    function* () {
      yield 0;
    },
    async function* () {
      yield 0;
    },
  ];
  for (const sample of samples) {
    const prototype = prototypeOf(sample) as object;
    const name = (getOwnPropertyDescriptor(prototype, 'constructor')!.value as { name: string }).name;
    const tamed = refusingConstructor(name, prototype);
    defineProperty(prototype, 'constructor', { value: tamed, writable: false, configurable: false, enumerable: false });
    if (name === 'Function') {
      defineProperty(realm, 'Function', { value: tamed, writable: true, configurable: true, enumerable: false });
    }
  }
}

function refuseText(): never {
  throw new NativeTypeError('Code from text is not available in a plugin');
}

function refusingConstructor(name: string, prototype: object): object {
  const refusing = function refusing(...texts: unknown[]) {
    // The old idiom for "the global object", still in lodash and others, needs no code made from text.
    if (name === 'Function' && texts.length === 1 && texts[0] === 'return this') return () => globalThis;
    return refuseText();
  };
  defineProperty(refusing, 'prototype', { value: prototype, writable: false, configurable: false, enumerable: false });
  defineProperty(refusing, 'name', { value: name, configurable: false });
  return refusing;
}

/** Stack traces are text and nothing else: no hook of the guest sees call sites. */
export function lockStackTraces(): void {
  defineProperty(Error, 'stackTraceLimit', { value: 10, writable: false, configurable: false });
  defineProperty(Error, 'prepareStackTrace', {
    get: () => undefined,
    set: () => undefined,
    configurable: false,
    enumerable: false,
  });
}

/** Freezes every constructor, prototype and namespace of the realm. Call it last: it also covers what the bootstrap added. */
export function freezeIntrinsics(realm: Record<string, unknown>): void {
  for (const owner of oftenInherited()) letDescendantsOverride(owner);
  for (const intrinsic of intrinsicsOf(realm)) freeze(intrinsic);
}

function intrinsicsOf(realm: Record<string, unknown>): object[] {
  const found: object[] = hiddenIntrinsics();
  for (const name of reflectOwnKeys(realm)) {
    const value: unknown = getOwnPropertyDescriptor(realm, name)!.value;
    if (value !== realm) collect(value, found);
  }
  for (const name of reflectOwnKeys(Intl)) collect(getOwnPropertyDescriptor(Intl, name)!.value, found);
  return found;
}

function collect(value: unknown, into: object[]): void {
  if ((typeof value !== 'function' && typeof value !== 'object') || value === null) return;
  into[into.length] = value;
  const { prototype } = value as { prototype?: object };
  if (typeof value === 'function' && prototype) into[into.length] = prototype;
}

/** Intrinsics that no global name leads to. */
function hiddenIntrinsics(): object[] {
  const generator = function* () {
    yield 0;
  };
  const asyncGenerator = async function* () {
    yield 0;
  };
  const found: object[] = [
    prototypeOf(async () => 0)!,
    prototypeOf(generator)!,
    prototypeOf(asyncGenerator)!,
    prototypeOf(Int8Array)!,
    prototypeOf(Int8Array.prototype)!,
  ];
  const iterators = [
    [][Symbol.iterator](),
    ''[Symbol.iterator](),
    new Map().entries(),
    new Set().entries(),
    'a'.matchAll(/a/g),
  ];
  for (const iterator of [...iterators, generator(), asyncGenerator()]) {
    for (let at: object | null = prototypeOf(iterator); at && at !== Object.prototype; at = prototypeOf(at)) {
      found[found.length] = at;
    }
  }
  return found;
}

/** What ordinary code inherits from and assigns over. Elsewhere an accessor would cost start time, memory and V8's fast paths. */
function oftenInherited(): object[] {
  const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
  const found: object[] = [Object.prototype, Function.prototype];
  for (const error of errors) found[found.length] = error.prototype;
  return found;
}

function letDescendantsOverride(owner: object): void {
  for (const key of overridable) {
    if (!hasOwn(owner, key)) continue;
    const descriptor = getOwnPropertyDescriptor(owner, key)!;
    if (!descriptor.configurable || !('value' in descriptor)) continue;
    defineProperty(owner, key, overridableProperty(owner, key, descriptor.value));
  }
}

function overridableProperty(owner: object, key: string, value: unknown): PropertyDescriptor {
  return {
    get: () => value,
    set(this: object, next: unknown) {
      if (this === owner) throw new NativeTypeError(`Cannot assign to read only property '${key}'`);
      defineProperty(this, key, { value: next, writable: true, enumerable: true, configurable: true });
    },
    enumerable: false,
    configurable: false,
  };
}
