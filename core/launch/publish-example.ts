import { spawn } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CommonConfig } from '../config/index.ts';
import { demoVendorOwner } from '../demo/index.ts';
import type { Progress } from './progress.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const vendor = 'demo-vendor';
const newVendor = {
  namespace: vendor,
  name: 'Esimerkkitoimittaja Oy',
  businessId: '0000000-0',
  country: 'FI',
  members: [{ ...demoVendorOwner, role: 'owner' }],
};
const cli = here('../../sdk/cli/digione.mjs');
const example = here('../../examples/hello-class');

export interface PublishExample {
  config: CommonConfig;
  progress: Progress;
}

/**
 * The first start publishes examples/hello-class as any vendor does: a key, a token, `digione build`, `digione publish`.
 * The marker is written last; publishing the same bytes again is answered with 200, so an interrupted first start can repeat it.
 */
export async function publishExample({ config, progress }: PublishExample): Promise<void> {
  const folder = join(config.dataFolder, 'demo-vendor');
  const marker = join(folder, 'published');
  if (existsSync(marker)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await progress.step('First plugin, published by the vendor tools', async (tell) => {
    const key = join(folder, 'vendor.key');
    if (!existsSync(key)) await digione(['keygen', '--key', key]);
    tell('registering the vendor');
    const token = await registerVendor(config, folder);
    tell('building');
    const bundle = join(folder, 'hello-class.digione');
    await digione(['build', '--out', bundle]);
    tell('publishing');
    await digione(['publish', '--bundle', bundle, '--registry', config.addresses.registry, '--key', key], {
      DIGIONE_TOKEN: token,
    });
    writeFileSync(marker, new Date().toISOString());
  });
}

/** Runs the vendor's command in the example's folder; what it says on failure is the failure. */
async function digione(args: string[], environment: Record<string, string> = {}): Promise<void> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: example,
    env: { PATH: process.env['PATH'], ...environment },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.once('exit', resolve).once('error', reject));
  if (code !== 0) throw new Error(`"digione ${args[0]}" failed: ${said.trim()}`);
}

/** The vendor, its public key and a short-lived token, by the registry's administrative door. */
async function registerVendor({ addresses, dataFolder }: CommonConfig, folder: string): Promise<string> {
  const secret = readFileSync(join(dataFolder, 'secrets', 'registry-bootstrap.key'), 'utf8').trim();
  const key = createPublicKey(createPrivateKey(readFileSync(join(folder, 'vendor.key'))));
  const publicKey = key.export({ type: 'spki', format: 'pem' });
  const send = async (path: string, body: object, accepted: number[]) => {
    const answer = await fetch(`${addresses.registry}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!accepted.includes(answer.status))
      throw new Error(`the registry answered ${answer.status} to ${path}: ${await answer.text()}`);
    return (await answer.json()) as Record<string, string>;
  };
  await send('/v1/vendors', newVendor, [201, 409]);
  await send(`/v1/vendors/${vendor}/keys`, { publicKey }, [200, 201, 409]);
  const { token } = await send('/v1/tokens', { vendor, scopes: ['publish'], lifetimeSeconds: 3600 }, [201]);
  return token!;
}
