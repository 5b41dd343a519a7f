export { testProviderSettings } from './core-settings.ts';
export type { IdentityProviderConfiguration, TestPerson } from './configuration.ts';
export { startIdentityProvider, type RunningIdentityProvider } from './start.ts';
