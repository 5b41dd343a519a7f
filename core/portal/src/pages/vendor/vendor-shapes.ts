import type { ReviewCheck, Texts } from '../../api/shapes.ts';

/** Answers of the vendors' desk; the registry makes them, the core passes them on. */
export type MemberRole = 'owner' | 'developer' | 'approver';

export interface OwnVendor {
  namespace: string;
  name: string;
  state: string;
  role: MemberRole;
}

export interface VendorMember {
  id: string;
  name: string;
  role: MemberRole;
  username: string | null;
  hasSignedIn: boolean;
}

export interface VendorKey {
  keyId: string;
  publicKey: string;
  revokedAt: string | null;
}

export interface VendorToken {
  id: string;
  member: string;
  plugin: string | null;
  createdAt: string;
  expiresAt: string;
  isGood: boolean;
}

export interface VendorPlugin {
  plugin: string;
  name: Texts;
  versions: { version: string; state: string; stateSince: string; publishedAt: string }[];
}

export interface VendorConsole extends OwnVendor {
  businessId: string;
  members: VendorMember[];
  keys: VendorKey[];
  tokens: VendorToken[];
  plugins: VendorPlugin[];
}

export interface OwnRelease {
  version: string;
  state: string;
  publishedAt: string;
  checks?: ReviewCheck[];
  transitions?: { from: string; to: string; reason: string; evidence: { note?: string }; at: string }[];
}

export interface OwnPlugin {
  plugin: string;
  name?: Texts;
  versions: OwnRelease[];
}
