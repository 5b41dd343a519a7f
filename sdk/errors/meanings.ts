import type { PluginErrorCode } from './codes.ts';

/** What a code means and whether asking again may help. */
export interface PluginErrorMeaning {
  /** One plain English sentence for a plugin's author. */
  readonly meaning: string;
  /** True when the same request may succeed later without any change. */
  readonly retryable: boolean;
}

/** Every code with its meaning. Kept apart from the codes, which travel in every plugin's bundle. */
export const pluginErrors = {
  'call-limit': { meaning: 'More calls are open at the same time than the host allows.', retryable: true },
  'host-failed': {
    meaning: 'The host failed while it worked on the request. Its log has the reason under the trace number.',
    retryable: true,
  },
  'invalid-argument': { meaning: 'The argument does not fit the schema of the door or of the call.', retryable: false },
  'invalid-result': {
    meaning: 'The plugin answered with something that is not JSON or does not fit the schema of the surface.',
    retryable: false,
  },
  'not-allowed': {
    meaning: 'The agreement, a consent, a protection or the role of the user does not allow it.',
    retryable: false,
  },
  'not-found': {
    meaning: 'There is no such record, method, tile, class or collection in the view of this plugin.',
    retryable: false,
  },
  'plugin-disabled': {
    meaning: 'This version of the plugin is switched off because it failed again and again.',
    retryable: false,
  },
  'plugin-failed': { meaning: 'The code of the plugin threw an error.', retryable: false },
  'plugin-memory': { meaning: 'The plugin used more memory than it may and was ended.', retryable: false },
  'plugin-stopped': { meaning: 'The municipality or the registry stopped the plugin.', retryable: false },
  'plugin-timeout-cpu': { meaning: 'The plugin used more processor time than it may and was ended.', retryable: false },
  'plugin-timeout-wall': { meaning: 'The plugin did not answer in time and was ended.', retryable: false },
  'processor-suspended': {
    meaning: 'The host outside has not acknowledged that a consent ended; nothing is sent to it until it does.',
    retryable: false,
  },
  'quota-exceeded': { meaning: 'The storage of this plugin in this school is full.', retryable: false },
  'rate-limited': { meaning: 'Too many requests in a short time.', retryable: true },
  'read-budget': {
    meaning: 'The plugin has been given as many rows of persons as it may have in a minute.',
    retryable: true,
  },
  'scope-missing': {
    meaning: 'The manifest or the agreement does not contain the scope that this door needs.',
    retryable: false,
  },
  'too-large': { meaning: 'The argument or the result is larger than the host lets through.', retryable: false },
  unavailable: { meaning: 'The host can not be reached or does not offer this door at the moment.', retryable: true },
  'worker-lost': { meaning: 'The process that ran the plugin ended in the middle of the call.', retryable: true },
} as const satisfies Record<PluginErrorCode, PluginErrorMeaning>;

/** Tells whether repeating a failed request may help. */
export function isRetryable(code: PluginErrorCode): boolean {
  return pluginErrors[code].retryable;
}
