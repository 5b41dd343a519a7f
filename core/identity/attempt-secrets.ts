import { createHash, createHmac } from 'node:crypto';

/** What one sign-in sends out and expects back. */
export interface AttemptSecrets {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** All three from the secret in the browser's cookie, so that nothing of use lies in the database. */
export function attemptSecrets(secret: string): AttemptSecrets {
  const derive = (use: string) => createHmac('sha256', secret).update(use).digest('base64url');
  return { state: derive('state'), nonce: derive('nonce'), codeVerifier: derive('code verifier') };
}

/** The name under which the database knows a secret of the browser. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Anti-forgery token of a session: readable by our own page, of no use to find the session. */
export function csrfOf(sessionSecret: string): string {
  return createHmac('sha256', sessionSecret).update('csrf').digest('base64url');
}
