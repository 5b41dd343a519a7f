// Everything the bridge uses, taken before any guest byte runs: nothing a guest changes later can reach the bridge.
const { apply, getPrototypeOf, ownKeys } = Reflect;

/** Turns a method into a function of its receiver, without touching `call` or `apply` at the time of the call. */
function uncurry<This, Arguments extends unknown[], Result>(method: (this: This, ...rest: Arguments) => Result) {
  return (self: This, ...rest: Arguments): Result => apply(method, self, rest) as Result;
}

export const reflectApply = apply;
export const reflectOwnKeys = ownKeys;
export const prototypeOf = getPrototypeOf;
export const { parse: jsonParse, stringify: jsonStringify } = JSON;
export const { freeze, defineProperty, getOwnPropertyDescriptor, hasOwn, create: objectCreate } = Object;
export const NativePromise = Promise;
export const NativeError = Error;
export const NativeTypeError = TypeError;
export const NativeMap = Map;
export const toText = String;
export const isList = Array.isArray;
export const now = Date.now;
export const mapGet = uncurry(Map.prototype.get) as <K, V>(map: Map<K, V>, key: K) => V | undefined;
export const mapSet = uncurry(Map.prototype.set) as <K, V>(map: Map<K, V>, key: K, value: V) => Map<K, V>;
export const mapDelete = uncurry(Map.prototype.delete) as <K, V>(map: Map<K, V>, key: K) => boolean;
export const mapClear = uncurry(Map.prototype.clear) as <K, V>(map: Map<K, V>) => void;
export const mapSize = uncurry(getOwnPropertyDescriptor(Map.prototype, 'size')!.get!) as <K, V>(
  map: Map<K, V>,
) => number;
const keysOf = uncurry(Map.prototype.keys) as <K>(map: Map<K, unknown>) => Iterator<K>;
const nextOf = uncurry(Object.getPrototypeOf(new Map().keys()).next) as <K>(keys: Iterator<K>) => IteratorResult<K>;
export const listPush = uncurry(Array.prototype.push) as <T>(list: T[], item: T) => number;
export function mapKeys<K>(map: Map<K, unknown>): K[] {
  const list: K[] = [];
  const keys = keysOf(map);
  for (let step = nextOf(keys); !step.done; step = nextOf(keys)) listPush(list, step.value);
  return list;
}
export const textSlice = uncurry(String.prototype.slice);
export const textIndexOf = uncurry(String.prototype.indexOf);
export const listJoin = uncurry(Array.prototype.join);
