import type { KeyObject } from 'node:crypto';
import type { Texts } from '../kernel/index.ts';

/** How a provider's claims are read and which roles it may open. */
export type ProviderKind = 'mpassid' | 'suomifi' | 'staff' | 'vendor';

/** One OpenID provider as one or more municipalities use it. */
export interface ProviderSettings {
  /** Short, for addresses: `mpassid-049`. */
  id: string;
  kind: ProviderKind;
  label: Texts;
  /** Exactly as the provider writes it in its tokens. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Codes of the municipalities that accept this provider. */
  municipalities: readonly string[];
  /** Strengths of identification that are accepted, in the provider's words; any when left out. */
  acrValues?: readonly string[];
  /** Origins besides the issuer's own on which its endpoints may lie. */
  endpointOrigins?: readonly string[];
  /** Fixed parameters of the sign-in address that this provider wants. */
  parameters?: Readonly<Record<string, string>>;
  /** Signing out here also leads the browser to the provider's sign-out. */
  signOutAtProvider?: boolean;
}

export interface IdentitySettings {
  /** Origin that browsers see, without a path. Cookies are `__Host-` ones when it is https. */
  publicOrigin: string;
  providers: readonly ProviderSettings[];
  /** HMAC key (≥ 32 bytes) under which national identification numbers are kept. */
  nationalIdKey: KeyObject;
  /** Suomi.fi authorisations: asked after each guardian's sign-in when given. */
  mandates?: MandateSettings;
}

export interface MandateSettings {
  /** Origin of the service. */
  origin: string;
  clientId: string;
  /** HMAC key of the header. */
  apiKey: KeyObject;
  oauthPassword: string;
  /** Code of the matter; without it the service answers for all matters. */
  issue?: string;
}

/** Times of a session, in minutes. */
export const sessionTimes = { idle: 30, idleShared: 15, absolute: 12 * 60, signIn: 10 } as const;
