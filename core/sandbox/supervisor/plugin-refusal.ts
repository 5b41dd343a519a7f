import { type PluginErrorCode, pluginErrors } from '@digione/sdk/errors';
import { Refusal } from '../../kernel/index.ts';
import type { ContextKey } from '../context-key.ts';

/** What the caller of a plugin learns when it did not answer. What the guest said stays in the private detail. */
export function pluginRefusal(code: PluginErrorCode, key: ContextKey, detail: string): Refusal {
  const { meaning, retryable } = pluginErrors[code];
  const message = `Plugin "${key.plugin}" ${key.version}: ${meaning}`;
  return new Refusal(code, message, { detail, extra: { plugin: key.plugin, retryable } });
}
