import type { ProviderKind, ProviderSettings } from '../../identity/index.ts';
import type { Texts } from '../../kernel/index.ts';
import { clientIds, strengths } from './configuration.ts';

const labels: Record<ProviderKind, Texts> = {
  mpassid: { fi: 'Koulun tunnus (MPASSid)', sv: 'Skolans konto (MPASSid)', en: 'School account (MPASSid)' },
  suomifi: {
    fi: 'Huoltajat: Suomi.fi-tunnistus',
    sv: 'Vårdnadshavare: Suomi.fi-identifikation',
    en: 'Guardians: Suomi.fi e-Identification',
  },
  vendor: { fi: 'Lisäosien toimittajat', sv: 'Leverantörer av tillägg', en: 'Vendors of plugins' },
  staff: { fi: 'Kunnan henkilöstö', sv: 'Kommunens personal', en: 'Municipal staff' },
};

/** The core's settings for the test provider: one configuration per municipality and way of signing in. */
export function testProviderSettings(options: {
  issuer: string;
  clientSecret: string;
  municipalities: readonly { code: string; kind: 'municipality' | 'coordinator' }[];
}): ProviderSettings[] {
  const { issuer, clientSecret, municipalities } = options;
  return municipalities.flatMap(({ code, kind }) => {
    const ways: ProviderKind[] = kind === 'coordinator' ? ['staff', 'vendor'] : ['mpassid', 'suomifi', 'staff'];
    return ways.map((way) => ({
      id: `${way}-${code}`,
      kind: way,
      label: labels[way],
      issuer,
      clientId: clientIds[way],
      clientSecret,
      municipalities: [code],
      parameters: { municipality: code },
      ...(way === 'suomifi' && { acrValues: [strengths.suomifi] }),
    }));
  });
}
