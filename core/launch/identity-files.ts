import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommonConfig } from '../config/index.ts';
import { coordinator, demoPersons, municipalities } from '../demo/index.ts';
import { testProviderSettings, type IdentityProviderConfiguration } from './identity-provider/index.ts';

/** What the test identity provider and the core must know of each other, as files of the data folder. */
export function identityFiles({ addresses, dataFolder }: CommonConfig): void {
  const clientSecret = readFileSync(join(dataFolder, 'secrets', 'identity-client.key'), 'utf8').trim();
  const places = [coordinator, ...municipalities].map(({ code, name, kind }) => ({ code, name, kind }));
  const configuration: IdentityProviderConfiguration = {
    host: new URL(addresses.identity).hostname,
    port: addresses.identityPort,
    coreOrigin: addresses.core,
    clientSecret,
    municipalities: places.map(({ code, name }) => ({ code, name })),
    people: demoPersons(),
  };
  const providers = testProviderSettings({ issuer: addresses.identity, clientSecret, municipalities: places });
  writePrivate(join(dataFolder, 'identity-provider.json'), configuration);
  writePrivate(join(dataFolder, 'providers.json'), providers);
}

function writePrivate(file: string, content: unknown): void {
  writeFileSync(file, JSON.stringify(content, undefined, 2), { mode: 0o600 });
}
