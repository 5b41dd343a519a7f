import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

/**
 * Positions are given out before their transactions commit, so a lower one may appear after a higher one. A position is
 * settled once every transaction that could still bring a lower one has ended. First the highest position is noted, at a
 * later run the transactions then alive, at a third it is asked whether those have ended.
 */
export interface Watermarks {
  /** A position up to which nothing new can appear, if one is known by now. */
  observe(tx: Tx, municipality: Id): Promise<number | undefined>;
  restart(municipality: Id): void;
}

interface Watch {
  position: number;
  /** First transaction number that was not yet given out when the watch was armed. */
  liveBefore?: bigint;
}

const look = `select pg_snapshot_xmin(pg_current_snapshot())::text as oldest, pg_snapshot_xmax(pg_current_snapshot())::text as next,
  coalesce((select max(position) from audit_event where municipality_id = $1), 0) as position`;

export function createWatermarks(): Watermarks {
  const watches = new Map<Id, Watch>();
  return {
    async observe(tx, municipality) {
      const [now] = await tx.query<{ oldest: string; next: string; position: number }>({
        name: 'audit-watermark',
        text: look,
        values: [municipality],
      });
      const watch = watches.get(municipality);
      if (!watch) watches.set(municipality, { position: now!.position });
      else if (watch.liveBefore === undefined) watch.liveBefore = BigInt(now!.next);
      else if (BigInt(now!.oldest) >= watch.liveBefore) return watch.position;
      return undefined;
    },
    restart: (municipality) => void watches.delete(municipality),
  };
}
