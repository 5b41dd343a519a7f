export { testProviderSettings } from './core-settings.ts';
export type { IdentityProviderConfiguration, TestPerson } from './configuration.ts';
