import { createSecretKey } from 'node:crypto';
import { createAccess } from '../../../core/access/index.ts';
import { createDispatch, createDoors, createVault, nothingSeen } from '../../../core/capabilities/index.ts';
import type { Database } from '../../../core/db/index.ts';
import type { Actor, RoleName } from '../../../core/identity/index.ts';
import { newId, type Clock, type Id } from '../../../core/kernel/index.ts';
import type { PluginGrant, RunningBundles } from '../../../core/marketplace/index.ts';
import { quietLog } from '../../support/database.ts';
import { actor } from '../marketplace/school-world.ts';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import type { Town } from './towns.ts';

export const plugin = 'demo-vendor/hello-class';

export interface Note {
  id: string;
  subject: string;
  value: { text: string };
}

/** The class-notes plugin in a town that was loaded from a roster, as its teachers meet it; no sandbox between. */
export interface PluginInTown {
  /** The people by the roster's ids. */
  person(source: string): Promise<Id>;
  /** Enables the plugin in a school of the roster, once. */
  enable(school: string): Promise<void>;
  /** A consent to the notes, as a guardian's decision leaves it. */
  consent(learner: Id, valid?: boolean): Promise<void>;
  /** What the plugin calls the person. */
  pairwise(person: Id): string;
  as(source: string, school: string, role?: RoleName): Promise<AtPlugin>;
}

export interface AtPlugin {
  actor: Actor;
  /** Names of the learners whom the person sees. */
  sees(): Promise<string[]>;
  notes(subjects?: string[]): Promise<Note[]>;
  write(subject: string, text: string): Promise<void>;
}

export function pluginInTown(database: Database, clock: Clock, town: Town): PluginInTown {
  const access = createAccess({ database, clock, secret: Buffer.alloc(32, 7) });
  const vault = createVault([{ id: 'test', key: createSecretKey(Buffer.alloc(32, 9)) }]);
  // Only the door of texts opens bundles.
  const bundles = {} as RunningBundles;
  const dispatch = createDispatch(createDoors({ database, clock, access, vault, bundles }));
  const manifest = sampleManifest({ id: plugin });
  const idOf = async (table: string, source: string): Promise<Id> =>
    (await town.rows<{ id: Id }>(`select id from ${table} where source_id = $1`, [source]))[0]!.id;

  async function as(source: string, school: string, role: RoleName = 'teacher'): Promise<AtPlugin> {
    const org = await idOf('org', school);
    const who = actor({ municipality: town.id, code: '101', who: await idOf('person', source), role, school: org });
    const grant = {
      municipality: town.id,
      plugin,
      version: '1.0.0',
      school: org,
      manifest,
      elements: granted,
    } as PluginGrant;
    const ask = async <T>(door: string, argument: object): Promise<T> => {
      const caller = { grant, actor: who, log: quietLog, trace: 'test', seen: nothingSeen() };
      return JSON.parse(await dispatch.ask(caller, door, JSON.stringify(argument))) as T;
    };
    return {
      actor: who,
      sees: async () => {
        const elements = ['students.givenName', 'students.familyName'];
        const question = { grant, actor: who, purpose: 'class-list', elements };
        return (await access.students(question)).rows.map((row) => `${row.givenName} ${row.familyName}`);
      },
      notes: async (subjects) =>
        (await ask<{ records: Note[] }>('storage.list', { collection: 'notes', ...(subjects && { subjects }) }))
          .records,
      write: async (subject, text) =>
        void (await ask('storage.put', { collection: 'notes', subject, value: { text } })),
    };
  }

  return {
    as,
    person: (source) => idOf('person', source),
    pairwise: (person) => access.pseudonym(town.id, plugin, person),
    enable: async (school) => enable(town, await idOf('org', school)),
    consent: async (learner, valid = true) => {
      const state = valid ? 'ConsentGiven' : 'ConsentRefused';
      await town.rows(consentText, [town.id, learner, plugin, state, valid]);
    },
  };
}

const consentText = `insert into consent_state (municipality_id, person_id, plugin, purpose, state, valid, elements, consent_major, changed_at, revision)
  values ($1, $2, $3, 'class-notes', $4, $5, '{storage.notes}', 1, now(), 1)
  on conflict (municipality_id, person_id, plugin, purpose) do update set state = excluded.state, valid = excluded.valid`;

/** The plugin's grant in the words of the marketplace. */
const granted = [{ purpose: 'class-notes', element: 'storage.notes', legalBasis: 'consent' }];

const agreed = [
  ['class-list', 'students.givenName', 'public-task'],
  ['class-list', 'students.familyName', 'public-task'],
  ['class-notes', 'storage.notes', 'consent'],
];

async function enable({ id, rows }: Town, school: Id): Promise<void> {
  const [made] = await rows<{ id: Id }>('select id from agreement where plugin = $1', [plugin]);
  const agreement = made?.id ?? (await agree({ id, rows }));
  await rows(
    `insert into enablement (municipality_id, id, school_id, plugin, agreement_id, version, digest, status, revision, changed_at)
     values ($1, $2, $3, $4, $5, '1.0.0', 'x', 'enabled', 1, now())`,
    [id, newId(), school, plugin, agreement],
  );
}

async function agree({ id, rows }: Pick<Town, 'id' | 'rows'>): Promise<Id> {
  const agreement = newId();
  await rows(
    `insert into agreement (municipality_id, id, plugin, consent_major, version, terms_hash, document, accepted_by, accepted_at, expires_on, status)
     values ($1, $2, $3, 1, '1.0.0', 'x', '{}', $2, now(), '2030-01-01', 'valid')`,
    [id, agreement, plugin],
  );
  for (const [purpose, element, basis] of agreed)
    await rows(
      `insert into agreement_element (municipality_id, agreement_id, purpose, element, legal_basis, necessity, retention_days, background)
       values ($1, $2, $3, $4, $5, 'needed', 365, false)`,
      [id, agreement, purpose, element, basis],
    );
  return agreement;
}
