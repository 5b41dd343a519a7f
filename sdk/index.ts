/** The contract between DigiOne and whoever writes a plugin. Each part has its own entry: `@digione/sdk/backend`, `/ui`, `/manifest` … */
export { type Capabilities, capabilities } from './capabilities/index.ts';
export { isRetryable, PluginError, type PluginErrorCode, pluginErrors } from './errors/index.ts';
export { defineManifest, type Manifest, validateManifest } from './manifest/index.ts';
export { checkViews, type View, type ViewTree } from './views/index.ts';
