import { createAccess } from '../../../core/access/index.ts';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { createAudit } from '../../../core/audit/index.ts';
import type { Actor } from '../../../core/identity/index.ts';
import { type Clock, systemClock } from '../../../core/kernel/index.ts';
import { createRights, type Rights, rightsRoutes } from '../../../core/rights/index.ts';
import { quietLog, testDatabase, type TestDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from '../access/plant-world.ts';
import { actorOf, people, school, smallWorld } from '../access/small-world.ts';
import { type TestService, testService } from '../marketplace/service.ts';

export const agreedPlugin = 'demo-vendor/hello-class';
export const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** Aino is 11, her parents see and decide; the routes of the room run in the real spine. */
export interface RightsWorld extends AsyncDisposable {
  platform: TestDatabase;
  rights: Rights;
  service: TestService;
  narrowed: { municipality: string; plugins: string[] }[];
  /** Does all work that waits. */
  work(): Promise<void>;
  /** Collects page by page until the condition holds, as a node does that is stopped there. */
  pages(id: string, until: () => Promise<boolean>): Promise<void>;
  sql<R extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<R[]>;
}

interface WorldOptions {
  world?: Parameters<typeof smallWorld>[0];
  clock?: Clock;
  pageSize?: number;
}

export async function rightsWorld({
  world = {},
  clock = systemClock('2026-11-24'),
  pageSize,
}: WorldOptions = {}): Promise<RightsWorld> {
  const stack = new AsyncDisposableStack();
  const platform = stack.use(await testDatabase());
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld(world)));
  const signer = { name: 'test-log', privateKey };
  const audit = createAudit({ database, clock, log: quietLog, signer });
  const narrowed: RightsWorld['narrowed'] = [];
  const rights = stack.use(
    await createRights({
      database,
      clock,
      log: quietLog,
      access: createAccess({ database, clock, secret: Buffer.alloc(32, 7) }),
      signer,
      findReceipt: audit.receiptIn,
      onNarrowed: async (change) => void narrowed.push(change),
      ...(pageSize !== undefined && { pageSize }),
    }),
  );
  const service = stack.use(await testService(rightsRoutes(rights)));
  return {
    platform,
    rights,
    service,
    narrowed,
    work: async () => void (await rights.jobs.drain(municipality)),
    async pages(id, until) {
      while (!(await until())) await rights.collectPage(municipality, id);
      // The node is gone, and its lease has run out.
      const text = 'update subject_export set lease_until = null';
      await database.inTenant(municipality, (tx) => tx.query({ text }));
    },
    sql: (text, values = []) => database.inTenant(municipality, (tx) => tx.query({ text, values })),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Signed in a moment ago. */
export function fresh(person: keyof typeof people, role: Actor['role']): Actor {
  return { ...actorOf(person, role), session: `${person}-${role}`, authTime: new Date() };
}

export const mother = fresh('mother', 'guardian');
export const father = fresh('father', 'guardian');
export const aino = fresh('aino', 'student');
export const officer = fresh('otherTeacher', 'dataProtectionOfficer');
export const elsewhere: Actor = {
  ...officer,
  session: 'officer-elsewhere',
  municipality: { ...officer.municipality, id: '11111111-0000-4000-8000-000000000002' },
};

export const keepNote = `insert into document (municipality_id, plugin, school_id, collection, id, subject_id, purpose, body, bytes, created_by, created_at, updated_at)
  values ($1, $2, $3, 'notes', $4, $5, 'notes', $6, 10, $7, now(), now())`;

export const noteValues = (id: string, body: object, person: string = people.aino) => [
  municipality,
  agreedPlugin,
  school,
  id,
  person,
  body,
  people.teacher,
];

/** The files of an archive, by name. */
export async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const path = join(mkdtempSync(join(tmpdir(), 'digione-archive-')), 'data.zip');
  writeFileSync(path, bytes);
  const zip = await openPromise(path, { autoClose: false });
  const files = new Map<string, string>();
  try {
    for await (const entry of zip.eachEntry())
      files.set(entry.fileName, await readText(await zip.openReadStreamPromise(entry)));
  } finally {
    zip.close();
    rmSync(dirname(path), { recursive: true });
  }
  return files;
}

export async function archiveOf({ service }: RightsWorld, who: Actor, id: string): Promise<Map<string, string>> {
  await service.send(who, 'GET', '/api/family/children/me/exports');
  const answer = await fetch(`${service.url}/api/rights/exports/${id}/archive`, {
    headers: { 'x-actor': who.session },
  });
  if (answer.status !== 200) throw new Error(`no archive: ${answer.status} ${await answer.text()}`);
  return unzip(Buffer.from(await answer.arrayBuffer()));
}
