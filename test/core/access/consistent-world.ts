import type { World } from '../../../core/access/index.ts';

/** Rows that the tables themselves refuse are left out of both sides. */
export function consistent(world: World): World {
  const isReal = ({ span: { from, to } }: { span: { from: string; to?: string } }) => to === undefined || from < to;
  const inForce = new Set<string>();
  return {
    ...world,
    roles: world.roles.filter(isReal),
    enrollments: world.enrollments.filter(isReal),
    guardianships: world.guardianships.filter(isReal),
    protections: world.protections.filter(isReal),
    agreements: world.agreements.filter(({ plugin, consentMajor, status }) => {
      const key = `${plugin} ${consentMajor}`;
      if (status !== 'valid' || !inForce.has(key)) return inForce.add(key);
      return false;
    }),
  };
}
