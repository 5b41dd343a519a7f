/** Whether this browser, at this address, can make and use passkeys. */
export type PasskeyPlace = 'works' | 'numeric' | 'unsupported';

/** A passkey belongs to a name: browsers refuse addresses of digits (WebAuthn Level 3 §5.1.2, "effective domain"). */
export function passkeyPlace(hostname = location.hostname): PasskeyPlace {
  if (/^[\d.]+$/.test(hostname) || hostname.startsWith('[')) return 'numeric';
  return typeof PublicKeyCredential === 'function' && window.isSecureContext ? 'works' : 'unsupported';
}
