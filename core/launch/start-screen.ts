import type { CommonConfig } from '../config/index.ts';
import type { DemoSignIn } from '../demo/index.ts';

export interface StartScreen {
  config: CommonConfig;
  persons: readonly DemoSignIn[];
  cluster: string;
  /** Set when the cluster could not live in the data folder. */
  moved: boolean;
}

const kindNames = { mpassid: 'MPASSid', suomifi: 'Suomi.fi', staff: 'Staff', vendor: 'Vendor' };

/** One screen: addresses, who can sign in, what to try. */
export function startScreen({ config, persons, cluster, moved }: StartScreen): string {
  const { addresses, today } = config;
  const people = persons.map(
    ({ name, kind, municipality, hint }) =>
      `    ${municipality} ${kindNames[kind].padEnd(8)} ${name.padEnd(28)} ${hint.en}`,
  );
  return [
    '',
    `  DigiOne is ready${today ? ` (demonstration; its school date is ${today})` : ''}`,
    '',
    `    Portal             ${addresses.core}`,
    `    Registry           ${addresses.registry}/openapi.json`,
    `    Plugin pages       ${addresses.pages}`,
    `    Identity provider  ${addresses.identity}`,
    `    Data               ${config.dataFolder}`,
    ...(moved ? [`    Cluster            ${cluster} (the data folder is closed to PostgreSQL's own user)`] : []),
    '',
    '  Who can sign in (choose the municipality and the service, then click the name)',
    ...people,
    '',
    '  What to try',
    '    1. Reviewer: open "Review" and approve demo-vendor/hello-class.',
    '    2. Administrator of Vantaa: accept its agreement, enable it for a school.',
    '    3. Teacher of that school: open it from the home page, write a note about a learner.',
    '    4. Guardian: see who read what about the child; withdraw the consent, and watch the note go.',
    '',
    '  Ctrl+C stops everything.',
    '',
  ].join('\n');
}
