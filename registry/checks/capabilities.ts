import type { Bundle } from '../bundle/index.ts';
import { error, warning, type Finding } from './check-result.ts';

/** How the use of a scope looks in built code, where property names survive. Quoted names are the SDK's own table of doors. */
const uses: Readonly<Record<string, RegExp>> = {
  'education.classes': /(?<!["'`\w])education\s*\.\s*classes\b/,
  'education.students': /(?<!["'`\w])education\s*\.\s*students\b/,
  'education.guardians': /(?<!["'`\w])education\s*\.\s*guardians\b/,
  attendance:
    /(?<!["'`\w])attendance\s*\.\s*(lesson|student|report|reasons|absences|registerAbsence|decideAbsence)\s*\(/,
  calendar: /(?<!["'`\w])calendar\s*\.\s*(events|put|remove|import)\s*\(/,
  gradebook: /(?<!["'`\w])gradebook\s*\.\s*(lineItems|results|putLineItem|putResult)\s*\(/,
  notify: /(?<!["'`\w])notify\s*\.\s*send\s*\(/,
  'aggregate.publish': /(?<!["'`\w])aggregates\s*\.\s*publish\s*\(/,
  messages: /(?<!["'`\w])messages\s*\.\s*send\s*\(/,
  files: /(?<!["'`\w])files\s*\.\s*(put|get|list|remove)\s*\(/,
  http: /(?<!["'`\w])http\s*\.\s*request\s*\(/,
  secrets: /(?<!["'`\w])secrets\s*\.\s*get\s*\(/,
  'consent.request': /(?<!["'`\w])consent\s*\.\s*request\s*\(/,
  storage: /(?<!["'`\w])storage\s*\.\s*(collection|transaction)\b/,
};
/** `const { students } = context.education` names no door in one place: then any of the group may be in use. */
const opened: Readonly<Record<string, RegExp>> = {
  education: /\}\s*=\s*[\w$.]*\beducation\b/,
  storage: /\}\s*=\s*[\w$.]*\bstorage\b/,
};

/** Every declared scope is used and every used one declared. Reading code is a guess; the host enforces at run time. */
export function checkCapabilities({ manifest, files }: Bundle): Finding[] {
  const code = Buffer.from(files.get('backend.js') ?? []).toString('utf8');
  const declared = new Set<string>(manifest.scopes.map(({ capability }) => capability));
  const used = new Set([...Object.keys(uses).filter((scope) => isUsed(scope, code)), ...byManifest(manifest)]);
  return [
    ...[...used.difference(declared)].map((scope) =>
      error(
        `The backend uses "${scope}", which "scopes" does not declare. Add the scope or remove the call.`,
        'backend.js',
      ),
    ),
    ...[...declared]
      .filter((scope) => !used.has(scope) && !mayBeUsed(scope, code))
      .map((scope) =>
        warning(
          `"${scope}" is declared, but the backend does not seem to use it. Ask for what is used.`,
          'digione.json#/scopes',
        ),
      ),
  ];
}

/** Scopes whose use the manifest itself shows. */
function byManifest({ schedules = [], events }: Bundle['manifest']): string[] {
  const isHeard = events !== undefined && events.publishes.length + events.subscribes.length > 0;
  return [...(schedules.length > 0 ? ['schedule'] : []), ...(isHeard ? ['events'] : [])];
}

function isUsed(scope: string, code: string): boolean {
  return uses[scope]?.test(code) === true || invokes(scope, code);
}

function mayBeUsed(scope: string, code: string): boolean {
  const group = scope.split('.')[0]!;
  return opened[group]?.test(code) === true || invokes(scope, code);
}

/** A direct call, past the SDK. */
function invokes(scope: string, code: string): boolean {
  return new RegExp(`\\binvoke\\(\\s*["'\`]${scope.replace('.', '\\.')}(\\.[a-z]+)?["'\`]`).test(code);
}
