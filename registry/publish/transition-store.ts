import type { Tx } from '@digione/core/db';
import type { ActorKind, ReasonCode, ReleaseState } from './states.ts';

/** Who moves a version: an account, a vendor's member, or the registry itself. */
export interface Mover {
  kind: ActorKind;
  id: string;
}

export interface Transition {
  from: ReleaseState;
  to: ReleaseState;
  actor: Mover;
  reason: ReasonCode;
  evidence: Record<string, unknown>;
  at: Date;
}

export async function insertTransition(
  tx: Tx,
  { plugin, version }: { plugin: string; version: string },
  move: Transition,
): Promise<void> {
  await tx.query({
    name: 'transition-insert',
    text: `insert into release_transition (plugin, version, from_state, to_state, actor_kind, actor, reason, evidence, at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [plugin, version, move.from, move.to, move.actor.kind, move.actor.id, move.reason, move.evidence, move.at],
  });
}

type TransitionRow = Omit<Transition, 'actor'> & { actor: ActorKind };

/** The way of a version so far. Who exactly acted stays inside; the kind of actor is public. */
export function transitionsOf(tx: Tx, plugin: string, version: string): Promise<TransitionRow[]> {
  return tx.query<TransitionRow>({
    name: 'transitions-of',
    text: `select from_state as "from", to_state as "to", actor_kind as actor, reason, evidence, at
           from release_transition where plugin = $1 and version = $2 order by id`,
    values: [plugin, version],
  });
}
