import { createPublicKey } from 'node:crypto';
import { familyTie } from '../consent/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, type Log, type NoteSigner, Refusal, refuse } from '../kernel/index.ts';
import { appendEvent, type AuditEvent } from './audit-event.ts';
import { type Cases, createCases } from './cases.ts';
import { createOfficer, type Officer } from './officer.ts';
import { type FamilyDownload, familyDownload, refuseWithheld } from './family-download.ts';
import { familyVisit } from './family-visit.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { type FamilyFilter, type FamilyRead, familyReads } from './family-reads.ts';
import { receiptOf } from './receipt.ts';
import { createSequencer, type Sequencer } from './sequencer.ts';
import { startSequencing } from './sequencing.ts';

export interface AuditOptions {
  database: Database;
  clock: Clock;
  log: Log;
  /** Ed25519; signs the checkpoints of every municipality's tree. */
  signer: NoteSigner;
}

export interface Audit {
  /** Appends in the caller's transaction: no log, no data. */
  append(tx: Tx, event: AuditEvent): Promise<void>;
  familyReads(
    actor: Actor,
    child: string,
    page: FamilyFilter & { cursor?: string; limit?: number },
  ): Promise<{ items: FamilyRead[]; next: string | null }>;
  /** Proof that an event concerned the child, down to a signed checkpoint. */
  proof(actor: Actor, child: string, event: string): Promise<Evidence>;
  /** Receipt of a consent decision: JWS, checkable without a network. */
  receipt(actor: Actor, child: string, event: string): Promise<string>;
  /** The same in the caller's transaction, who has decided that it may be given out; undefined when none can be made. */
  receiptIn(tx: Tx, at: { municipality: Id; person: Id; position: number }): Promise<string | undefined>;
  /** Everything that the log has about the child, with the proof that these are all. */
  familyDownload(actor: Actor, child: string): Promise<FamilyDownload>;
  /** Whose signature is on checkpoints and receipts. */
  readonly key: { name: string; publicKey: string };
  readonly sequencer: Sequencer;
  readonly cases: Cases;
  readonly officer: Officer;
  /** Integrates all municipalities again and again until disposed. */
  start(options: { everyMs: number }): AsyncDisposable;
}

const mostLines = 200;

export function createAudit({ database, clock, log, signer }: AuditOptions): Audit {
  const sequencer = createSequencer({ database, clock, signer });

  /** Asks about one event of a child once the tree has reached it. */
  async function aboutEvent<T>(
    { actor, child, event }: { actor: Actor; child: string; event: string },
    work: (tx: Tx, at: { municipality: Id; person: Id; position: number }, withheld: boolean) => Promise<T>,
  ): Promise<T> {
    const municipality = actor.municipality.id;
    await sequencer.integrate(municipality);
    return database.inTenant(municipality, async (tx) => {
      const { child: person, withheld } = await familyTie(tx, actor, { child, today: clock.today() });
      return work(tx, { municipality, person, position: positionOf(event) }, withheld);
    });
  }

  return {
    key: {
      name: signer.name,
      publicKey: createPublicKey(signer.privateKey).export({ type: 'spki', format: 'pem' }) as string,
    },
    proof: (actor, child, event) =>
      aboutEvent({ actor, child, event }, async (tx, at, withheld) => {
        // A proof names school and actor, which an order may withhold.
        if (withheld) refuseWithheld();
        return (await evidenceOf(tx, at)) ?? refuse('not-found', 'There is no such event about this child.');
      }),
    receipt: (actor, child, event) =>
      aboutEvent({ actor, child, event }, (tx, at) => receiptOf(tx, at, { signer, now: clock.now() })),
    receiptIn: (tx, at) =>
      receiptOf(tx, at, { signer, now: clock.now() }).catch((error: unknown) => {
        if (error instanceof Refusal) return undefined;
        throw error;
      }),
    familyDownload: (actor, child) => familyDownload({ database, clock, sequencer }, actor, child),
    append: (tx, event) => appendEvent(tx, event, clock),
    sequencer,
    cases: createCases({ database, clock }),
    officer: createOfficer({ database, clock }),
    start: ({ everyMs }) => startSequencing({ database, sequencer, clock, log, everyMs }),
    familyReads: (actor, child, { cursor, limit = 50, ...filter }) =>
      database.inTenant(
        actor.municipality.id,
        async (tx) => {
          const tie = await familyTie(tx, actor, { child, today: clock.today() });
          const before = cursor === undefined ? undefined : positionOf(cursor);
          await appendEvent(tx, familyVisit(actor, tie.child), clock);
          return familyReads(
            tx,
            { actor, tie },
            {
              limit: Math.min(limit, mostLines),
              ...filter,
              ...(before !== undefined && { before }),
            },
          );
        },
        { isolation: 'repeatable read' },
      ),
  };
}

function positionOf(cursor: string): number {
  const position = Number(cursor);
  if (!Number.isSafeInteger(position) || position < 0)
    refuse('invalid', 'The cursor is the one that the last answer gave.');
  return position;
}
