import { createSecretKey } from 'node:crypto';
import type { IdentitySettings, MandateSettings, ProviderSettings } from './settings.ts';

/** The providers file as it lies in the data folder: what the core is told of the services that identify people. */
export interface IdentityFile {
  providers: ProviderSettings[];
  /** Suomi.fi authorisations; left out where they are not in use. */
  mandates?: Omit<MandateSettings, 'apiKey'> & { apiKey: string };
}

export function readIdentityFile(text: string): Pick<IdentitySettings, 'providers' | 'mandates'> {
  const { providers, mandates } = JSON.parse(text) as IdentityFile;
  if (!Array.isArray(providers)) throw new Error('The providers file has no list "providers".');
  if (!mandates) return { providers };
  return { providers, mandates: { ...mandates, apiKey: createSecretKey(Buffer.from(mandates.apiKey)) } };
}
