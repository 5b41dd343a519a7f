import type { TargetFile } from 'tuf-js';
import { type Static, Type } from 'typebox';
import { formOf, refuse } from '../kernel/index.ts';

export const releaseStates = [
  'approved',
  'staged',
  'published',
  'deprecated',
  'end-of-life',
  'suspended',
  'revoked',
  'withdrawn',
] as const;

const customSchema = Type.Object({
  plugin: Type.String(),
  version: Type.String(),
  digest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  manifestDigest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  state: Type.Enum([...releaseStates]),
  channel: Type.String({ maxLength: 40 }),
  consentMajor: Type.Optional(Type.Integer({ minimum: 0 })),
  revoked: Type.Optional(
    Type.Object({
      id: Type.Integer({ minimum: 0 }),
      strength: Type.Union([Type.Literal('warn'), Type.Literal('no-new-enable'), Type.Literal('kill')]),
      reason: Type.String({ maxLength: 200 }),
      at: Type.String({ maxLength: 40 }),
    }),
  ),
});

/** What the registry signed about one version of a plugin (registry/trust/README.md). */
export type SignedTarget = Static<typeof customSchema> & { size: number; consentMajor: number };

const isCustom = formOf(customSchema);

/** Signed does not mean well-formed: the signer is trusted for what it says, not for how. */
export function checkTarget(target: TargetFile, asked: { plugin: string; version: string }): SignedTarget {
  const custom: unknown = target.custom;
  if (!isCustom(custom))
    refuse('bundle-invalid', `The metadata of ${asked.plugin} ${asked.version} is not in a form that is known here.`);
  const same =
    custom.plugin === asked.plugin && custom.version === asked.version && custom.digest === target.hashes.sha256;
  if (!same) refuse('bundle-invalid', `The metadata of ${asked.plugin} ${asked.version} speaks of another bundle.`);
  return { ...custom, size: target.length, consentMajor: custom.consentMajor ?? majorOf(custom.version) };
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
