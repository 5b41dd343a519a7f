/** Every code that can cross the border, in alphabetical order. The list is closed: no other ever reaches a plugin or its page. */
export const pluginErrorCodes = [
  'call-limit',
  'host-failed',
  'invalid-argument',
  'invalid-result',
  'not-allowed',
  'not-found',
  'plugin-disabled',
  'plugin-failed',
  'plugin-memory',
  'plugin-stopped',
  'plugin-timeout-cpu',
  'plugin-timeout-wall',
  'processor-suspended',
  'quota-exceeded',
  'rate-limited',
  'read-budget',
  'scope-missing',
  'too-large',
  'unavailable',
  'worker-lost',
] as const;

/** One of the closed list of codes. */
export type PluginErrorCode = (typeof pluginErrorCodes)[number];

/** Tells whether a value from outside is one of the codes. */
export function isPluginErrorCode(value: unknown): value is PluginErrorCode {
  return pluginErrorCodes.includes(value as PluginErrorCode);
}
