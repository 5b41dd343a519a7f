import type { Manifest } from '@digione/sdk/manifest';

/** Kinds of data terms that a version can add to. */
export const termKinds = [
  'scope',
  'element',
  'purpose',
  'basis',
  'background',
  'recipient',
  'sub-processor',
  'country',
  'egress-host',
  'egress-element',
  'role',
  'ai',
  'owner',
] as const;
export type TermKind = (typeof termKinds)[number];

/** One fact of the data terms. Two versions compare by kind and key. */
export interface TermFact {
  kind: TermKind;
  key: string;
}

/** What a manifest claims, as a flat list: a fact that the version before did not have widens its terms. */
export function termFacts(manifest: Manifest): TermFact[] {
  const { scopes, purposes, egress, subProcessors, audience, ai, vendor } = manifest;
  return [
    ...scopes.map(({ capability }) => fact('scope', capability)),
    ...scopes.flatMap(({ purpose, elements }) => elements.map((element) => fact('element', `${element} ${purpose}`))),
    ...purposes.map(({ id }) => fact('purpose', id)),
    // moving away from consent takes a choice from the family
    ...scopes
      .filter(({ legalBasis }) => legalBasis !== 'consent')
      .map(({ purpose, capability }) => fact('basis', `${capability} ${purpose}`)),
    ...scopes
      .filter(({ background }) => background)
      .map(({ purpose, capability }) => fact('background', `${capability} ${purpose}`)),
    ...egress.flatMap(({ processor, country, host, port, elements }) => [
      fact('recipient', processor),
      fact('country', country),
      fact('egress-host', `${host}:${port}`),
      ...elements.map((element) => fact('egress-element', `${element} ${host}`)),
    ]),
    ...subProcessors.flatMap(({ name, country }) => [fact('sub-processor', name), fact('country', country)]),
    fact('country', vendor.country),
    ...audience.roles.map((role) => fact('role', role)),
    ...(ai.used ? [fact('ai', 'used')] : []),
    fact('owner', vendor.businessId),
  ];
}

function fact(kind: TermKind, key: string): TermFact {
  return { kind, key };
}
