/** One of a person's own sign-ins. */
export interface OwnSignIn {
  id: string;
  current: boolean;
  kind: 'mpassid' | 'suomifi' | 'staff' | 'vendor' | 'passkey' | 'other';
  device: { browser: string; system: string };
  signedInAt: string;
  seenAt: string;
  endsAt: string;
}

export interface PasskeyView {
  id: string;
  name: string;
  createdAt: string;
  usedAt: string | null;
}
