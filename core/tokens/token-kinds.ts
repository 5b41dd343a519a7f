/** One use of tokens: explicit type (RFC 8725 §3.11) and limits, so that one kind never passes for another. */
export interface TokenKind {
  /** Allowed `typ` headers in lower case; `undefined` where the issuer's standard leaves it out. The first one is written. */
  types: readonly (string | undefined)[];
  maxLifeSeconds: number;
  /** The `jti` is remembered until the token expires, and a second use refused. */
  once: boolean;
  required: readonly string[];
  forbidden: readonly string[];
}

/** OpenID Connect Core §2. The kind predates explicit types, hence a `nonce` must be there and `events` must not. */
export const idToken: TokenKind = {
  types: ['jwt', undefined],
  maxLifeSeconds: 24 * 3600,
  once: false,
  required: ['sub', 'nonce'],
  forbidden: ['events'],
};

/** OpenID Connect Back-Channel Logout §2.4. */
export const logoutToken: TokenKind = {
  types: ['logout+jwt'],
  maxLifeSeconds: 600,
  once: true,
  required: ['events'],
  forbidden: ['nonce'],
};

/** The core speaking to the registry in the name of a person, one call each. */
export const serviceToken: TokenKind = {
  types: ['service+jwt'],
  maxLifeSeconds: 60,
  once: true,
  required: ['sub'],
  forbidden: ['nonce', 'events'],
};

/** A plugin page's pass: bound to one school and one session. */
export const pageToken: TokenKind = {
  types: ['page+jwt'],
  maxLifeSeconds: 60,
  once: true,
  required: ['sub', 'sid', 'school'],
  forbidden: ['nonce', 'events'],
};

/** To an outside processor: a consent has ended under which it was sent data. */
export const withdrawalNotice: TokenKind = {
  types: ['consent-withdrawn+jwt'],
  maxLifeSeconds: 3600,
  once: false,
  required: ['sub', 'notice', 'municipality', 'reason'],
  forbidden: ['nonce', 'events'],
};

/** The processor's answer. It is about one notice, which takes one answer: a memory of used tokens is not needed. */
export const acknowledgement: TokenKind = {
  types: ['consent-acknowledgement+jwt'],
  maxLifeSeconds: 3600,
  once: false,
  required: ['sub', 'notice', 'municipality'],
  forbidden: ['nonce', 'events'],
};
