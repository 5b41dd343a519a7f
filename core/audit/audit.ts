import { familyTie } from '../consent/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Log, type NoteSigner, refuse } from '../kernel/index.ts';
import { appendEvent, type AuditEvent } from './audit-event.ts';
import { type FamilyRead, familyReads } from './family-reads.ts';
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
    page: { plugin?: string; cursor?: string; limit?: number },
  ): Promise<{ items: FamilyRead[]; next: string | null }>;
  readonly sequencer: Sequencer;
  /** Integrates all municipalities again and again until disposed. */
  start(options: { everyMs: number }): AsyncDisposable;
}

const mostLines = 200;

export function createAudit({ database, clock, log, signer }: AuditOptions): Audit {
  const sequencer = createSequencer({ database, clock, signer });
  return {
    append: (tx, event) => appendEvent(tx, event, clock),
    sequencer,
    start: ({ everyMs }) => startSequencing({ database, sequencer, log, everyMs }),
    familyReads: (actor, child, { plugin, cursor, limit = 50 }) =>
      database.inTenant(
        actor.municipality.id,
        async (tx) => {
          const tie = await familyTie(tx, actor, { child, today: clock.today() });
          const before = cursor === undefined ? undefined : positionOf(cursor);
          return familyReads(
            tx,
            { actor, tie },
            {
              limit: Math.min(limit, mostLines),
              ...(plugin !== undefined && { plugin }),
              ...(before !== undefined && { before }),
            },
          );
        },
        { isolation: 'repeatable read', readOnly: true },
      ),
  };
}

function positionOf(cursor: string): number {
  const position = Number(cursor);
  if (!Number.isSafeInteger(position) || position < 0)
    refuse('invalid', 'The cursor is the one that the last answer gave.');
  return position;
}
