import { castGuardians } from './cast-guardians.ts';
import { castLearners } from './cast-learners.ts';
import { castHetu } from './town-families.ts';
import { castLearnerHetu } from './town-learners.ts';

/** One child of a guardian, as the stand-in of Suomi.fi authorisations knows it. */
export interface DemoMandate {
  /** Artificial personal identity code of the child. */
  personId: string;
  name: string;
  allowed: boolean;
}

/** For whom the named guardians may act, by the guardian's artificial identity code. Needs no town. */
export function castMandates(): Record<string, DemoMandate[]> {
  const mandates: Record<string, DemoMandate[]> = {};
  for (const learner of castLearners)
    for (const { guardian: key, rights, mandate } of learner.guardians) {
      const guardian = castGuardians.find((candidate) => candidate.key === key)!;
      const about = { personId: castLearnerHetu(learner), name: `${learner.given} ${learner.family}` };
      const code = castHetu(guardian);
      mandates[code] = [...(mandates[code] ?? []), { ...about, allowed: rights === 'full' && !mandate }];
    }
  return mandates;
}
