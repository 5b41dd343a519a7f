import { refuse } from '@digione/core/kernel';
import type { Caller, MemberRole, Membership, VendorPerson } from '../caller.ts';

const everyone: readonly MemberRole[] = ['owner', 'developer', 'approver'];

/** The caller's place in that vendor, in one of the roles; whoever has none learns nothing of it. */
export function membershipIn(caller: Caller, namespace: string, roles: readonly MemberRole[] = everyone): Membership {
  const { memberships } = caller as VendorPerson;
  const found =
    memberships.find((membership) => membership.namespace === namespace) ??
    refuse('namespace-foreign', `You do not work for the vendor "${namespace}". Its owner can add you.`);
  if (!roles.includes(found.role))
    refuse('not-allowed', `This is for the ${roles.join(' or ')} of "${namespace}"; your role is ${found.role}.`);
  return found;
}
