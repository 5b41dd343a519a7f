import type { Manifest } from '../../api/shapes.ts';

/** How much personal data a plugin asks for. */
export function privacyOf(manifest: Manifest): { elements: number; consent: boolean } {
  const elements = new Set(manifest.scopes.flatMap((scope) => scope.elements));
  return { elements: elements.size, consent: manifest.scopes.some((scope) => scope.legalBasis === 'consent') };
}
