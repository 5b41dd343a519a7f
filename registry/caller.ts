import type { Caller as HttpCaller } from '@digione/core/http';
import type { Id } from '@digione/core/kernel';

/** Who calls the registry, as proved by the request's bearer token. */
export type Caller = Administrator | Publisher | Reviewer | VendorPerson;

/** Holder of the bootstrap secret. */
export interface Administrator extends HttpCaller {
  kind: 'administrator';
}

/** Holder of a vendor's short-lived token. */
export interface Publisher extends HttpCaller {
  kind: 'publisher';
  token: Id;
  vendor: Id;
  namespace: string;
  member: Id;
  /** The member's account in the platform, when known. */
  account: string | undefined;
  scopes: string[];
  /** When given, the token is good for this plugin alone. */
  plugin: string | undefined;
}

/** A person of the coordinator, named by the core. */
export interface Reviewer extends HttpCaller {
  kind: 'reviewer';
  account: string;
  name: string;
}

export type MemberRole = 'owner' | 'developer' | 'approver';

export interface Membership {
  vendor: Id;
  namespace: string;
  member: Id;
  role: MemberRole;
}

/** A person who works for vendors, named by the core; which ones the registry knows itself. */
export interface VendorPerson extends HttpCaller {
  kind: 'vendor-person';
  account: string;
  name: string;
  memberships: readonly Membership[];
}

export function isAdministrator(caller: Caller): caller is Administrator {
  return caller.kind === 'administrator';
}

export function isPublisher(caller: Caller): caller is Publisher {
  return caller.kind === 'publisher';
}

export function isReviewer(caller: Caller): caller is Reviewer {
  return caller.kind === 'reviewer';
}

export function isVendorPerson(caller: Caller): caller is VendorPerson {
  return caller.kind === 'vendor-person';
}
