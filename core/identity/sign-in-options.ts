import type { Database } from '../db/index.ts';
import { municipalityNames } from './municipality-store.ts';
import type { SignInOptions } from './session-schemas.ts';
import type { ProviderSettings } from './settings.ts';

/** Municipalities with the ways to sign in to each; those without any are left out. */
export function signInOptions(
  database: Database,
  providers: readonly ProviderSettings[],
): () => Promise<SignInOptions> {
  return async () => {
    const names = await municipalityNames(database);
    const municipalities = names.map(({ code, ...name }) => ({
      code,
      name,
      providers: providers
        .filter(({ municipalities }) => municipalities.includes(code))
        .map(({ id, kind, label }) => ({ id, kind, label })),
    }));
    return { municipalities: municipalities.filter((municipality) => municipality.providers.length > 0) };
  };
}
