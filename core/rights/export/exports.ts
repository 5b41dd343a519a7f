import type { Readable } from 'node:stream';
import { PassThrough } from 'node:stream';
import { lookAtSubject, type SubjectAsker } from '../../access/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Id, type Language, newId, Refusal, refuse } from '../../kernel/index.ts';
import { exercise, type RightsDeps } from '../exercising.ts';
import { writeArchive } from './archive.ts';
import { endExport, type ExportRow, exportsOf, findExport, insertExport, waitingOf } from './export-store.ts';

export interface ExportShown {
  id: string;
  askedAt: string;
  state: string;
  code: string | null;
  readyAt: string | null;
  expiresAt: string | null;
  /** How far the collecting has come, in sources. */
  done: number;
  sources: { source: string; title: { fi: string; sv: string; en: string }; rows: number; completeness: string }[];
}

interface AskedExport {
  person: string;
  language: Language;
  onBehalf?: string | null;
}

/** Asks for everything about the person; the collecting begins in the background. */
export function askExport(
  deps: RightsDeps,
  asker: SubjectAsker,
  { person, language, onBehalf = null }: AskedExport,
): Promise<{ id: Id }> {
  const municipality = asker.municipality.id;
  return deps.database.inTenant(municipality, async (tx) => {
    const lens = await exercise(deps, tx, asker, { person, action: 'rights.export' });
    const mine = { person: lens.person, askedBy: asker.person };
    if ((await waitingOf(tx, municipality, mine)) > 0)
      refuse('conflict', 'The data is being collected already. It is ready in a moment.');
    const row = { id: newId(), ...mine, askedRole: asker.role, onBehalf, language, askedAt: deps.clock.now() };
    await insertExport(tx, municipality, row);
    return { id: row.id };
  });
}

/** One's own exports about the person, newest first. */
export function ownExports({ database, clock }: RightsDeps, actor: Actor, person: string): Promise<ExportShown[]> {
  const municipality = actor.municipality.id;
  return database.inTenant(municipality, async (tx) => {
    const action = actor.role === 'dataProtectionOfficer' && person !== 'me' ? 'rights.read' : 'family.read';
    const lens = await lookAtSubject(tx, actor, { person, action, elements: [] }, clock);
    return (await exportsOf(tx, municipality, { person: lens.person, askedBy: actor.person })).map(shown);
  });
}

/** Decides once more, logs, and lets the archive out. Who has lost the right meanwhile gets nothing, and it is deleted. */
export async function download(deps: RightsDeps, actor: Actor, id: Id): Promise<{ stream: Readable; name: string }> {
  const { database, clock, log } = deps;
  const municipality = actor.municipality.id;
  const row = await database.inTenant(municipality, async (tx) => {
    const found = await findExport(tx, municipality, id);
    if (!found || found.askedBy !== actor.person || found.askedRole !== actor.role)
      refuse('not-found', 'There is no such download of yours.');
    let isDecided = false;
    tx.ifUndone(async (after, error) => {
      if (!isDecided && error instanceof Refusal)
        await endExport(after, { municipality, id }, { state: 'stopped', code: error.code });
    });
    await exercise(deps, tx, actor, { person: found.person, action: 'rights.download' });
    isDecided = true;
    return checkReady(found, clock.now());
  });
  const stream = new PassThrough();
  writeArchive(database, { municipality, id, manifest: row.manifest!, output: stream }).catch((error: unknown) => {
    log.warn({ error: String(error) }, 'a download broke off');
    stream.destroy(error instanceof Error ? error : undefined);
  });
  return { stream, name: `digione-data-${clock.today()}.zip` };
}

function checkReady(row: ExportRow, now: Date): ExportRow {
  if (row.state === 'expired' || (row.expiresAt !== null && row.expiresAt <= now))
    refuse('export-gone', 'This download has been deleted. Ask for a new one.');
  if (row.state !== 'ready' || !row.manifest) refuse('conflict', 'The data is still being collected, or could not be.');
  return row;
}

/** Deletes a download before its time. */
export function discard({ database }: RightsDeps, actor: Actor, id: Id): Promise<void> {
  const municipality = actor.municipality.id;
  return database.inTenant(municipality, async (tx) => {
    const found = await findExport(tx, municipality, id);
    if (!found || found.askedBy !== actor.person) refuse('not-found', 'There is no such download of yours.');
    if (found.state !== 'ready') refuse('conflict', 'There is nothing to delete.');
    await endExport(tx, { municipality, id }, { state: 'expired' });
  });
}

function shown({ id, askedAt, state, code, readyAt, expiresAt, sourceAt, manifest }: ExportRow): ExportShown {
  return {
    id,
    askedAt: askedAt.toISOString(),
    state,
    code,
    readyAt: readyAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    done: sourceAt,
    sources: (state === 'ready' ? (manifest?.sources ?? []) : []).map(({ source, title, rows, completeness }) => ({
      source,
      title,
      rows,
      completeness,
    })),
  };
}
