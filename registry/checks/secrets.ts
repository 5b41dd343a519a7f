import type { Bundle } from '../bundle/index.ts';
import { error, type Finding } from './check-result.ts';
import { lineOf, textFiles } from './text-files.ts';

/** Shapes of credentials that have no business in a bundle. Each has a fixed beginning, so none can run away on long input. */
const shapes: readonly { name: string; pattern: RegExp }[] = [
  { name: 'a private key', pattern: /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY-----/ },
  { name: 'a publish token of this registry', pattern: /\bdgo_[A-Za-z0-9_-]{43}/ },
  { name: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50})/ },
  { name: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20}/ },
  { name: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}/ },
  { name: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { name: 'a Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}/ },
  { name: 'a Slack token', pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,80}/ },
  { name: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{20}/ },
  {
    name: 'a signed token (JWT)',
    pattern: /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{20}/,
  },
  {
    name: 'a database address with a password',
    pattern: /\b(?:postgres(?:ql)?|mysql|mongodb):\/\/[^\s:@/"']{1,80}:[^\s@/"']{1,80}@/,
  },
];

/** A secret in a bundle is a secret no more: every school that fetches it has it. */
export function checkSecrets(bundle: Bundle): Finding[] {
  return textFiles(bundle).flatMap(({ path, text }) =>
    shapes.flatMap(({ name, pattern }) => {
      const match = pattern.exec(text);
      return match
        ? [
            error(
              `This looks like ${name}. Remove it from the bundle and replace it everywhere.`,
              lineOf(path, text, match.index),
            ),
          ]
        : [];
    }),
  );
}
