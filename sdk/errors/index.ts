/** The errors that cross the border between a plugin and its host. */
export { isPluginErrorCode, type PluginErrorCode, pluginErrorCodes } from './codes.ts';
export { isRetryable, type PluginErrorMeaning, pluginErrors } from './meanings.ts';
export { codeOf, PluginError } from './plugin-error.ts';
