import type { Manifest } from '@digione/sdk/manifest';
import type { PortalPurpose } from '../audit/index.ts';
import { type Id, refuse } from '../kernel/index.ts';

/** An enabled plugin in one school, as the marketplace hands it over. What may be read is decided anew at each read. */
export interface PluginGrant {
  kind?: 'plugin';
  municipality: Id;
  plugin: string;
  version: string;
  school: Id;
  /** The signed manifest: a ceiling, never a grant. */
  manifest: Pick<Manifest, 'scopes'>;
}

/** The portal's own door: the same decision, on the ground of law, with a fixed list of elements. */
export interface PortalGrant {
  kind: 'portal';
  municipality: Id;
  purpose: PortalPurpose;
}

export type Grant = PluginGrant | PortalGrant;

/** Refuses what the signed manifest does not declare for this purpose. */
export function checkDeclared(grant: Grant, purpose: string, elements: readonly string[]): void {
  if (grant.kind === 'portal') return;
  const declared = new Set(
    grant.manifest.scopes.filter((scope) => scope.purpose === purpose).flatMap((scope) => scope.elements),
  );
  const missing = elements.find((element) => !declared.has(element));
  if (missing !== undefined)
    refuse(
      'scope-missing',
      `Plugin "${grant.plugin}" asked for ${missing} for "${purpose}", which its manifest does not declare. Add the scope to digione.json or remove the call.`,
    );
}
