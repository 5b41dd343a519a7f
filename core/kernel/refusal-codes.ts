/** Every business refusal and the HTTP status it becomes. The one table; a test compares it with docs/errors.md. */
export const refusalCodes = {
  'body-not-json': 400,
  conflict: 409,
  'csrf-failed': 403,
  'fresh-sign-in-needed': 401,
  internal: 500,
  invalid: 400,
  'method-not-allowed': 405,
  'not-allowed': 403,
  'not-found': 404,
  'not-signed-in': 401,
  'response-invalid': 500,
  'scope-missing': 403,
  'signature-invalid': 400,
  'too-large': 413,
  'too-many-requests': 429,
  unavailable: 503,
} as const satisfies Record<string, number>;

/** Closed set of codes that a caller may act on. */
export type RefusalCode = keyof typeof refusalCodes;
