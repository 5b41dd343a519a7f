import type { Language, Texts } from '../../kernel/index.ts';

export type SignInKind = 'mpassid' | 'suomifi' | 'staff' | 'vendor';

/** Somebody who can sign in by a click. */
export interface TestPerson {
  sub: string;
  name: string;
  hint: Texts;
  kind: SignInKind;
  /** Code of the municipality. */
  municipality: string;
  claims: Record<string, unknown>;
}

/** What the test provider is told at its start, as a JSON file. */
export interface IdentityProviderConfiguration {
  host: string;
  port: number;
  /** As browsers and the core write it; the address that it listens on when left out. */
  issuer?: string;
  /** Where browsers reach the core. */
  coreOrigin: string;
  /** Shared with the core; the demonstration makes one per data folder. */
  clientSecret: string;
  municipalities: { code: string; name: Texts }[];
  people: TestPerson[];
  /** Present when the stand-in of Suomi.fi authorisations is served beside the provider. */
  mandates?: TestMandateService;
}

export interface TestMandateService {
  clientId: string;
  apiKey: string;
  oauthPassword: string;
  /** Mandates of the named guardians, by personal identity code. */
  known: Record<string, TestMandate[]>;
}

/** A person for whom another may act, or may not. */
export interface TestMandate {
  /** Personal identity code. */
  personId: string;
  name: string;
  allowed: boolean;
}

export const clientIds: Record<SignInKind, string> = {
  mpassid: 'digione-mpassid',
  suomifi: 'digione-suomifi',
  staff: 'digione-staff',
  vendor: 'digione-vendor',
};

/** How strongly each kind identifies; guardians' is the substantial level of the Finnish trust network. */
export const strengths: Record<SignInKind, string> = {
  mpassid: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  suomifi: 'http://ftn.ficora.fi/2017/loa2',
  staff: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  vendor: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
};

export function kindOfClient(clientId: unknown): SignInKind | undefined {
  return (Object.keys(clientIds) as SignInKind[]).find((kind) => clientIds[kind] === clientId);
}

/** The first language of `ui_locales` that we speak (OpenID Connect Core §3.1.2.1). */
export function pageLanguage(uiLocales: string | undefined): Language {
  const known = (uiLocales ?? '').split(' ').find((tag) => ['fi', 'sv', 'en'].includes(tag));
  return (known ?? 'fi') as Language;
}
