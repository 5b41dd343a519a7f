import { readCommonConfig, type CommonConfig } from './config.ts';
import { setting, type Environment } from './settings.ts';

export interface PagesConfig extends CommonConfig {
  databaseUrl: string;
}

/** What the process of the plugin-pages origin needs: no secret, no provider, no worker. */
export function readPagesConfig(environment: Environment): PagesConfig {
  const databaseUrl = setting(environment, 'DIGIONE_CORE_DATABASE');
  if (!databaseUrl) throw new Error('DIGIONE_CORE_DATABASE is missing. "npm start" sets it.');
  return Object.freeze({ ...readCommonConfig(environment), databaseUrl });
}
