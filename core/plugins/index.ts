export { consentChannel } from './changes.ts';
export { createPlugins, type Plugins, type PluginsOptions } from './plugins.ts';
export { pluginRoutes } from './routes.ts';
export { liveLimits, type LiveLimits } from './live.ts';
export { createJobs, type Jobs, type JobsOptions, type Round } from './jobs.ts';
