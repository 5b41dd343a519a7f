/**
 * Options for isolated-vm. Its native code reads options through the prototype chain of the realm that made them, so ours have
 * no prototype and can't be changed.
 */
export function nativeOptions<T extends object>(options: T): T {
  return Object.freeze(Object.assign(Object.create(null), options)) as T;
}

/** Results cross as copies of primitives: never a reference into the guest. */
export const copied = nativeOptions({ copy: true as const });
export const referenced = nativeOptions({ reference: true as const });
