/**
 * Options for isolated-vm. Its native code reads options through the prototype chain of the realm that made them, so ours have
 * no prototype and can't be changed.
 */
export function nativeOptions<T extends object>(options: T): T {
  return Object.freeze(Object.assign(Object.create(null), options)) as T;
}

/** Results cross as copies of primitives: never a reference into the guest. */
export const copied = nativeOptions({ copy: true as const });
const limited = new Map<number, { timeout: number; result: { copy: true } }>();

/** Options of an entrance with this timeout; a handful of values, so they are made once. */
export function limitedTo(timeout: number): { timeout: number; result: { copy: true } } {
  const known = limited.get(timeout);
  if (known !== undefined) return known;
  if (limited.size > 1_000) limited.clear();
  const options = nativeOptions({ timeout, result: copied });
  limited.set(timeout, options);
  return options;
}

export const referenced = nativeOptions({ reference: true as const });
