import { readFile } from 'node:fs/promises';
import type { Manifest, Texts } from '@digione/sdk/manifest';

/** What a new plugin is made from. */
export interface NewPlugin {
  /** `vendor/name`. */
  readonly id: string;
  /** Today, `YYYY-MM-DD`. */
  readonly today: string;
  /** Version of the SDK, which is the platform's. */
  readonly platform: string;
}

/** The files of a new plugin: as little as possible that builds, passes its checks and shows something. */
export async function templateFiles(plugin: NewPlugin): Promise<Map<string, string>> {
  const { id, today } = plugin;
  const name = id.slice(id.indexOf('/') + 1);
  return new Map([
    ['digione.json', json(manifestOf(plugin, name))],
    ['backend.ts', await read('backend.ts.txt')],
    ['test/backend.test.ts', await read('backend.test.ts.txt')],
    [
      'CHANGELOG.json',
      json([
        {
          version: '0.1.0',
          date: today,
          changes: { fi: 'Ensimmäinen versio.', sv: 'Första versionen.', en: 'The first version.' },
        },
      ]),
    ],
    [
      'README.md',
      `# ${name}\n\nA DigiOne plugin: \`npx digione check\`, \`npx digione test\`, \`npx digione publish\`.\n`,
    ],
    [
      'package.json',
      json({
        name,
        version: '0.1.0',
        private: true,
        type: 'module',
        dependencies: { '@digione/sdk': `^${plugin.platform}` },
        devDependencies: { digione: `^${plugin.platform}` },
      }),
    ],
    ['.gitignore', 'node_modules/\ndist/\n'],
  ]);
}

function manifestOf({ id, platform }: NewPlugin, name: string): Manifest {
  const title = same(name);
  const tile = { id: 'home', roles: ['teacher' as const], title };
  return {
    id,
    version: '0.1.0',
    name: title,
    description: {
      fi: 'Opettajan luokat etusivulla.',
      sv: 'Lärarens klasser på startsidan.',
      en: "The teacher's classes on the home page.",
    },
    engines: { digione: `^${platform}` },
    vendor: { name: id.slice(0, id.indexOf('/')), businessId: '0000000-0', country: 'FI' },
    audience: { roles: ['teacher'], schoolForms: ['basic'], ages: [7, 16] },
    surfaces: { tiles: [tile], pages: [] },
    purposes: [
      {
        id: 'class-list',
        text: {
          fi: 'Opettaja näkee omat luokkansa.',
          sv: 'Läraren ser sina klasser.',
          en: 'The teacher sees his or her own classes.',
        },
      },
    ],
    scopes: [
      {
        capability: 'education.classes',
        purpose: 'class-list',
        elements: ['classes.title'],
        necessity: {
          fi: 'Luokka tunnistetaan nimestä.',
          sv: 'Klassen känns igen på namnet.',
          en: 'A class is recognized by its name.',
        },
        legalBasis: 'public-task',
        retentionDays: 0,
      },
    ],
    collections: [],
    egress: [],
    subProcessors: [],
    ai: { used: false },
    accessibility: {
      level: 'AA',
      statement: {
        fi: 'Näkymät piirtää portaali.',
        sv: 'Vyerna ritas av portalen.',
        en: 'The portal draws the views.',
      },
    },
    price: { perLearnerYear: 0, currency: 'EUR', vatPercent: 25.5 },
    licence: 'EUPL-1.2',
    support: { email: 'support@vendor.example', url: 'https://vendor.example/support' },
  };
}

function same(text: string): Texts {
  return { fi: text, sv: text, en: text };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Code of the template lies in files of its own, whose ending keeps tools from taking it for ours. */
function read(file: string): Promise<string> {
  return readFile(new URL(file, import.meta.url), 'utf8');
}
