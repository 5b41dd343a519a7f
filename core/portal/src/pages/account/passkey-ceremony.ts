/** The two conversations with the browser's authenticator, in the JSON form of WebAuthn Level 3 §5.1. */

type Json = Record<string, unknown>;
interface NamedKey {
  id: string;
}

/** Undefined when the person changed their mind, or the device has nothing to offer. */
export async function makePasskey(options: Json): Promise<Json | undefined> {
  const {
    challenge,
    user,
    excludeCredentials = [],
  } = options as {
    challenge: string;
    user: NamedKey;
    excludeCredentials?: NamedKey[];
  };
  const publicKey = {
    ...options,
    challenge: toBytes(challenge),
    user: { ...user, id: toBytes(user.id) },
    excludeCredentials: excludeCredentials.map(credentialOf),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = await attempt(() => navigator.credentials.create({ publicKey }));
  if (!made) return undefined;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...named(made),
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      attestationObject: toText(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

/** Undefined as above. */
export async function answerWithPasskey(options: Json): Promise<Json | undefined> {
  const { challenge, allowCredentials = [] } = options as { challenge: string; allowCredentials?: NamedKey[] };
  const publicKey = {
    ...options,
    challenge: toBytes(challenge),
    allowCredentials: allowCredentials.map(credentialOf),
  } as unknown as PublicKeyCredentialRequestOptions;
  const given = await attempt(() => navigator.credentials.get({ publicKey }));
  if (!given) return undefined;
  const response = given.response as AuthenticatorAssertionResponse;
  return {
    ...named(given),
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
      ...(response.userHandle && { userHandle: toText(response.userHandle) }),
    },
  };
}

/** One name for all refusals: browsers do not tell a cancelled question from an empty device (§14.5.2). */
async function attempt(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential | undefined> {
  try {
    return ((await ask()) as PublicKeyCredential | null) ?? undefined;
  } catch (cause) {
    if (cause instanceof DOMException) return undefined;
    throw cause;
  }
}

function named({ id, rawId, type }: PublicKeyCredential): Json {
  return { id, rawId: toText(rawId), type, clientExtensionResults: {} };
}

function credentialOf({ id }: NamedKey) {
  return { type: 'public-key', id: toBytes(id) };
}

function toBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function toText(bytes: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
