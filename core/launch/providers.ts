import type { ProviderSettings } from '../identity/index.ts';

/** The demonstration's three sign-in services, all played by the test identity provider. */
export function demonstrationProviders(issuer: string, municipalities: readonly string[]): ProviderSettings[] {
  const client = { issuer, clientId: 'digione-core', clientSecret: 'demonstration-only', signOutAtProvider: true };
  return [
    {
      ...client,
      id: 'mpassid',
      kind: 'mpassid',
      label: { fi: 'MPASSid (koulun tunnukset)', sv: 'MPASSid (skolans koder)', en: 'MPASSid (school account)' },
      municipalities,
    },
    {
      ...client,
      id: 'suomifi',
      kind: 'suomifi',
      label: {
        fi: 'Suomi.fi-tunnistus (huoltajat)',
        sv: 'Suomi.fi-identifikation (vårdnadshavare)',
        en: 'Suomi.fi identification (guardians)',
      },
      municipalities,
    },
    {
      ...client,
      id: 'staff',
      kind: 'staff',
      label: { fi: 'Henkilöstön kirjautuminen', sv: 'Inloggning för personal', en: 'Staff sign-in' },
      municipalities,
    },
  ];
}
