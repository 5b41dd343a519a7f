export { testProviderSettings } from './core-settings.ts';
export type { IdentityProviderConfiguration, TestMandate, TestPerson } from './configuration.ts';
