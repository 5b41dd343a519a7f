export { consentChannel } from './changes.ts';
export { createPlugins, type Plugins, type PluginsOptions } from './plugins.ts';
export { pluginRoutes } from './routes.ts';
export { liveLimits, type LiveLimits } from './live.ts';
