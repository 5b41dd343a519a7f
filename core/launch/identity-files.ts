import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommonConfig } from '../config/index.ts';
import { castMandates, coordinator, demoPersons, municipalities } from '../demo/index.ts';
import type { IdentityFile } from '../identity/index.ts';
import { testProviderSettings, type IdentityProviderConfiguration } from './identity-provider/index.ts';

/** What the test identity provider and the core must know of each other, as files of the data folder. */
export function identityFiles({ addresses, dataFolder }: CommonConfig): void {
  const clientSecret = readFileSync(join(dataFolder, 'secrets', 'identity-client.key'), 'utf8').trim();
  // Known to nobody else, so each start makes its own.
  const mandates = { clientId: 'digione', apiKey: secret(), oauthPassword: secret() };
  const places = [coordinator, ...municipalities].map(({ code, name, kind }) => ({ code, name, kind }));
  const configuration: IdentityProviderConfiguration = {
    host: addresses.local,
    port: addresses.identityPort,
    issuer: addresses.identity,
    coreOrigin: addresses.core,
    clientSecret,
    municipalities: places.map(({ code, name }) => ({ code, name })),
    people: demoPersons(),
    mandates: { ...mandates, known: castMandates() },
  };
  const forCore: IdentityFile = {
    providers: testProviderSettings({ issuer: addresses.identity, clientSecret, municipalities: places }),
    mandates: { origin: addresses.identity, ...mandates },
  };
  writePrivate(join(dataFolder, 'identity-provider.json'), configuration);
  writePrivate(join(dataFolder, 'providers.json'), forCore);
}

function writePrivate(file: string, content: unknown): void {
  writeFileSync(file, JSON.stringify(content, undefined, 2), { mode: 0o600 });
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}
