import type { Readable } from 'node:stream';
import { newId, Refusal, refuse, type Id } from '../../kernel/index.ts';
import { rosterPieces } from './roster-pieces-store.ts';
import { abandonedRosters, discardRoster, keepReceived, takeRoster, type RosterLoad } from './roster-loads-store.ts';
import type { RosterDeps, RosterOrder, RosterSender } from './roster-order.ts';
import { workOnRoster } from './work-on-roster.ts';

/** Roster files of municipalities, from arrival to load. Work goes on in the background until it is done or this is disposed. */
export interface Rosters extends AsyncDisposable {
  receive(sender: RosterSender, source: RosterLoad['source'], body: Readable): Promise<Id>;
  /** Begins a check or a load; the promise `done` is of the work itself and never rejects. */
  begin(order: RosterOrder): Promise<{ done: Promise<void> }>;
  discard(municipality: Id, id: Id): Promise<void>;
  /** Goes on with what a server that died was working on, whichever it was. */
  resume(): Promise<{ done: Promise<void> }[]>;
}

const megabyte = 1_000_000;

export function createRosters(deps: RosterDeps): Rosters {
  const { database, clock } = deps;
  const pieces = rosterPieces(database, deps.mostBytes ?? 200 * megabyte);
  const underWay = new Set<Promise<void>>();
  const ending = new AbortController();
  async function work(order: RosterOrder): Promise<void> {
    try {
      await workOnRoster({ ...deps, pieces, ending: ending.signal }, order);
    } catch (error) {
      deps.log.error({ error: reasonOf(error), roster: order.id }, 'a roster could not be worked on');
    }
  }

  async function begin(order: RosterOrder, { again = false } = {}): Promise<{ done: Promise<void> } | undefined> {
    if (!(await take(deps, order, again))) return undefined;
    const done = work(order).finally(() => underWay.delete(done));
    underWay.add(done);
    return { done };
  }

  return {
    async receive({ municipality, by, role }, source, body) {
      const id = newId();
      const file = await pieces.keep({ municipality, id }, body);
      const received = { id, source, ...file, receivedAt: clock.now(), receivedBy: by ?? null };
      const isKept = await database.inTenant(municipality, async (tx) => {
        await deps.recordAct(tx, { municipality, action: 'roster.receive', actorRole: role, ...(by && { actor: by }) });
        return keepReceived(tx, municipality, received);
      });
      if (isKept) return id;
      await pieces.remove({ municipality, id });
      return refuse('conflict', 'Another roster is being worked on. Wait for it to end, or give it up.');
    },
    async begin(order) {
      if (!(await pieces.has(order))) refuse('not-found', 'The file is no longer here. Send it again.');
      const begun = await begin(order);
      return begun ?? refuse('conflict', 'This roster is being worked on, is loaded, or has not been checked yet.');
    },
    async discard(municipality, id) {
      if (!(await discardRoster(database, municipality, id)))
        refuse('not-found', 'There is no such roster to give up.');
    },
    async resume() {
      const resumed: { done: Promise<void> }[] = [];
      for (const order of await abandonedRosters(database)) {
        const begun = await begin(order, { again: true });
        if (!begun) continue;
        deps.log.warn({ roster: order.id }, 'a server died over a roster; this one goes on');
        resumed.push(begun);
      }
      return resumed;
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await Promise.all(underWay);
    },
  };
}

/** No log, no load: the act is written before the work begins. */
async function take({ database, recordAct }: RosterDeps, order: RosterOrder, again: boolean): Promise<boolean> {
  const { municipality, work, by, role } = order;
  const taken = await takeRoster(database, order, again);
  if (taken && !again && work === 'load')
    await database.inTenant(municipality, (tx) =>
      recordAct(tx, { municipality, action: 'roster.load', actorRole: role, ...(by && { actor: by }) }),
    );
  return taken;
}

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
