import type { LoadedFile } from './bundle-files.ts';
import { datedPlans, mergeDated } from './merge-dated.ts';
import {
  holdPrivilegedRoles,
  isPrivileged,
  mergeGuardianships,
  type AccessConfirmation,
  type GuardianshipCounts,
} from './merge-guardianships.ts';
import { mergeStructure } from './merge-structure.ts';
import type { Counts, Import } from './merge-plan.ts';
import { countNewLearners, mergeDemographics, mergeUsers } from './merge-users.ts';

/** What changed, by file; a bundle's guardians are a part of users.csv. */
export type ImportCounts = Partial<Record<LoadedFile, Counts>> & {
  guardianships?: GuardianshipCounts;
  /** Learners among the users. */
  newLearners?: number;
  leavingLearners?: number;
  /** Roles over a whole school or municipality that wait for confirmation. */
  waitingRoles?: number;
};

export async function mergeFile(work: Import, file: LoadedFile, access: AccessConfirmation): Promise<ImportCounts> {
  if (file === 'users') return mergeUsers(work);
  if (file === 'demographics') return { demographics: await mergeDemographics(work) };
  if (file === 'roles') return mergeRoles(work, access);
  if (file === 'enrollments') return { enrollments: await mergeDated(work, datedPlans(work.today).enrollments) };
  return { [file]: await mergeStructure(work, file) };
}

async function mergeRoles(work: Import, access: AccessConfirmation): Promise<ImportCounts> {
  let waitingRoles = 0;
  const hold = access.confirmed
    ? undefined
    : {
        mayWait: isPrivileged('s'),
        takeOut: async () => {
          waitingRoles = await holdPrivilegedRoles(work);
        },
      };
  const roles = await mergeDated(work, datedPlans(work.today).roles, hold);
  return { roles, waitingRoles };
}

/** Guardians and children, after all roles are known: only a role tells who of the two is the guardian. */
export async function mergeLinks(work: Import, access: AccessConfirmation): Promise<ImportCounts> {
  if (!work.staged.has('users')) return {};
  return { guardianships: await mergeGuardianships(work, access), newLearners: await countNewLearners(work) };
}
