type Seen = Map<object, unknown>;

/** structuredClone for what exists in a plugin. https://html.spec.whatwg.org/#structuredserializeinternal */
export function cloneStructure(value: unknown): unknown {
  return cloneValue(value, new Map());
}

function cloneValue(value: unknown, seen: Seen): unknown {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new TypeError('structuredClone: the value cannot be cloned');
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  return cloneBuiltIn(value, seen) ?? cloneMembers(value, Array.isArray(value) ? new Array(value.length) : {}, seen);
}

function cloneBuiltIn(value: object, seen: Seen): object | undefined {
  if (value instanceof Date) return remember(value, new Date(value.getTime()), seen);
  if (value instanceof RegExp) return remember(value, new RegExp(value.source, value.flags), seen);
  if (value instanceof Boolean || value instanceof Number || value instanceof String) return Object(value.valueOf());
  if (value instanceof ArrayBuffer) return remember(value, value.slice(0), seen);
  if (ArrayBuffer.isView(value)) return cloneView(value, seen);
  if (value instanceof Map) return cloneMap(value, seen);
  if (value instanceof Set) return cloneSet(value, seen);
  if (value instanceof Error) return cloneError(value, seen);
  if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef) {
    throw new TypeError('structuredClone: the value cannot be cloned');
  }
  return undefined;
}

function remember<T extends object>(from: object, to: T, seen: Seen): T {
  seen.set(from, to);
  return to;
}

function cloneView(value: ArrayBufferView, seen: Seen): object {
  const buffer = cloneValue(value.buffer, seen) as ArrayBuffer;
  const View = value.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => object;
  const length = value instanceof DataView ? value.byteLength : (value as Uint8Array).length;
  return remember(value, new View(buffer, value.byteOffset, length), seen);
}

function cloneMap(value: Map<unknown, unknown>, seen: Seen): object {
  const copy = remember(value, new Map(), seen);
  for (const [key, item] of [...value]) copy.set(cloneValue(key, seen), cloneValue(item, seen));
  return copy;
}

function cloneSet(value: Set<unknown>, seen: Seen): object {
  const copy = remember(value, new Set(), seen);
  for (const item of [...value]) copy.add(cloneValue(item, seen));
  return copy;
}

const errorKinds = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];

function cloneError(value: Error, seen: Seen): object {
  const Kind = errorKinds.find((kind) => kind.name === value.name) ?? Error;
  const copy = remember(value, new Kind(value.message), seen);
  if ('cause' in value) copy.cause = cloneValue(value.cause, seen);
  return copy;
}

function cloneMembers(value: object, copy: object, seen: Seen): object {
  remember(value, copy, seen);
  for (const key of Object.keys(value)) {
    const item = cloneValue((value as Record<string, unknown>)[key], seen);
    Object.defineProperty(copy, key, { value: item, writable: true, enumerable: true, configurable: true });
  }
  return copy;
}
