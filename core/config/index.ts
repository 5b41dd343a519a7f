export {
  programPath,
  readCommonConfig,
  readCoreConfig,
  type Addresses,
  type CommonConfig,
  type CoreConfig,
  type Secrets,
} from './config.ts';
export { settings, type Environment, type SettingName } from './settings.ts';
export { readPagesConfig, type PagesConfig } from './pages-config.ts';
