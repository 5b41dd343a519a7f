import { refuse, type RefusalCode } from '../kernel/index.ts';
import type { AccessQuestion } from './access-question.ts';
import type { GateCode } from './decide.ts';

const verdicts: Record<Exclude<GateCode, 'not-related'>, { code: RefusalCode; say(name: string): string }> = {
  'plugin-not-enabled': { code: 'plugin-not-enabled', say: (name) => `${name} is not in use in this school.` },
  'plugin-stopped': {
    code: 'plugin-stopped',
    say: (name) => `The municipality stopped ${name} here. Ask the administrator of your municipality.`,
  },
  'plugin-disabled': { code: 'plugin-disabled', say: (name) => `${name} is out of use in this school.` },
  'agreement-missing': {
    code: 'agreement-missing',
    say: (name) => `The municipality's agreement on ${name} is not in force.`,
  },
  'background-not-agreed': {
    code: 'not-allowed',
    say: (name) => `The agreement lets ${name} use nothing of this purpose while nobody is using it.`,
  },
  'not-found': { code: 'not-found', say: () => 'There is no such class among yours.' },
};

/** Turns the gate's verdict into a refusal; no verdict lets pass. */
export function refuseVerdict(verdict: string | null | undefined, { grant }: AccessQuestion): void {
  if (!verdict) return;
  const { code, say } = verdicts[verdict as keyof typeof verdicts];
  refuse(code, say(grant.kind === 'portal' ? 'This page' : grant.plugin));
}
