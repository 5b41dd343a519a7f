import type { Readable } from 'node:stream';
import { newId, Refusal, refuse, type Id } from '../../kernel/index.ts';
import { rosterFolder } from './roster-folder.ts';
import { discardRoster, keepReceived, takeRoster, type RosterLoad } from './roster-loads-store.ts';
import type { RosterDeps, RosterOrder, RosterSender } from './roster-order.ts';
import { workOnRoster } from './work-on-roster.ts';

/** Roster files of municipalities, from arrival to load. Work goes on in the background until it is done or this is disposed. */
export interface Rosters extends AsyncDisposable {
  receive(sender: RosterSender, source: RosterLoad['source'], body: Readable): Promise<Id>;
  /** Begins a check or a load; the promise `done` is of the work itself and never rejects. */
  begin(order: RosterOrder): Promise<{ done: Promise<void> }>;
  discard(municipality: Id, id: Id): Promise<void>;
}

const megabyte = 1_000_000;

export function createRosters(deps: RosterDeps): Rosters {
  const { database, clock } = deps;
  const folder = rosterFolder(deps.folder, deps.mostBytes ?? 200 * megabyte);
  const underWay = new Set<Promise<void>>();
  const ending = new AbortController();
  return {
    async receive({ municipality, by, role }, source, body) {
      const id = newId();
      const file = await folder.keep(id, body);
      const received = { id, source, ...file, receivedAt: clock.now(), receivedBy: by ?? null };
      const place = await database.inTenant(municipality, async (tx) => {
        await deps.recordAct(tx, { municipality, action: 'roster.receive', actorRole: role, ...(by && { actor: by }) });
        return keepReceived(tx, municipality, received);
      });
      for (const gone of place?.replaced ?? [id]) await folder.remove(gone);
      return place ? id : refuse('conflict', 'Another roster is being worked on. Wait for it to end, or give it up.');
    },
    async begin(order) {
      const { id } = order;
      if (!(await folder.has(id))) refuse('not-found', 'The file is no longer here. Send it again.');
      if (!(await take(deps, order)))
        refuse('conflict', 'This roster is being worked on, is loaded, or has not been checked yet.');
      const done = workOnRoster({ ...deps, path: folder.path(id), ending: ending.signal }, order)
        .then(async (isLoaded) => (isLoaded ? folder.remove(id) : undefined))
        .catch((error: unknown) =>
          deps.log.error({ error: reasonOf(error), roster: id }, 'a roster could not be worked on'),
        )
        .finally(() => underWay.delete(done));
      underWay.add(done);
      return { done };
    },
    async discard(municipality, id) {
      if (!(await discardRoster(database, municipality, id)))
        refuse('not-found', 'There is no such roster to give up.');
      await folder.remove(id);
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await Promise.all(underWay);
    },
  };
}

/** No log, no load: the act is written before the work begins. */
async function take({ database, recordAct }: RosterDeps, order: RosterOrder): Promise<boolean> {
  const { municipality, id, work, by, role } = order;
  const taken = await takeRoster(database, municipality, { id, work: work === 'check' ? 'checking' : 'loading' });
  if (taken && work === 'load')
    await database.inTenant(municipality, (tx) =>
      recordAct(tx, { municipality, action: 'roster.load', actorRole: role, ...(by && { actor: by }) }),
    );
  return taken;
}

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
