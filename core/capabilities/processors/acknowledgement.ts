import { createPublicKey, type KeyObject } from 'node:crypto';
import { appendEvent } from '../../audit/index.ts';
import type { Database, Tx } from '../../db/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Clock, type Id, isId, type NoteSigner, refuse } from '../../kernel/index.ts';
import { egressOf } from '../../marketplace/index.ts';
import { acknowledgement, fixedKeys, openToken, verifyToken } from '../../tokens/index.ts';
import { markAcknowledged, type Notice, openNotice } from './notice-store.ts';

export interface AcknowledgeDeps {
  database: Database;
  clock: Clock;
  /** Whose notices it is about: the audience of an acknowledgement. */
  signer: Pick<NoteSigner, 'name'>;
}

/**
 * Takes a processor's signed word. It counts for the one notice that it names, when it is signed with the key that the
 * plugin's signed manifest has for the host, and says the same person. A late one ends the suspension and stays known as late.
 */
export async function acknowledge({ database, clock, signer }: AcknowledgeDeps, token: string): Promise<void> {
  const { claims } = openToken(token);
  const { municipality, notice: id } = claims;
  if (!isId(municipality) || !isId(id)) unknown();
  await database.inTenant(municipality, async (tx) => {
    const notice = (await openNotice(tx, municipality, id)) ?? unknown();
    const key = (await keyOf(tx, notice)) ?? refuse('not-found', 'The manifest has no key of this processor.');
    const checked = await verifyToken(token, {
      kind: acknowledgement,
      issuer: notice.host,
      audience: signer.name,
      keys: fixedKeys([{ kid: notice.host, alg: 'EdDSA', key }]),
      clock,
    });
    if (checked['sub'] !== notice.subject) refuse('not-allowed', 'The acknowledgement is about somebody else.');
    await settle(tx, clock, { notice, by: { actorRole: 'processor' }, note: null });
  });
}

/** The officer has the processor's word in another way, and says which. */
export function acknowledgeByHand(
  { database, clock }: Pick<AcknowledgeDeps, 'database' | 'clock'>,
  actor: Actor,
  { id, note }: { id: Id; note: string },
): Promise<void> {
  return database.inTenant(actor.municipality.id, async (tx) => {
    const notice = (await openNotice(tx, actor.municipality.id, id)) ?? unknown();
    await settle(tx, clock, { notice, by: { actorRole: actor.role, actor: actor.person }, note });
  });
}

interface Settling {
  notice: Notice;
  by: { actorRole: string; actor?: Id };
  note: string | null;
}

async function settle(tx: Tx, clock: Clock, { notice, by, note }: Settling): Promise<void> {
  const { municipality, person, plugin, purpose, host } = notice;
  const who = by.actor === undefined ? ('processor' as const) : ('officer' as const);
  if (!(await markAcknowledged(tx, notice, { by: who, at: clock.now(), note }))) unknown();
  const event = { municipality, action: 'processor.acknowledge', reason: host, plugin, purpose, ...by };
  await appendEvent(tx, { ...event, subjects: [{ person, mask: 0 }] }, clock);
}

async function keyOf(tx: Tx, { municipality, plugin, host }: Notice): Promise<KeyObject | undefined> {
  const entries = await egressOf(tx, municipality, plugin);
  const named = entries.find((entry) => entry.host === host && entry.withdrawals)?.withdrawals;
  return named && createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: named.publicKey }, format: 'jwk' });
}

function unknown(): never {
  return refuse('not-found', 'No such notice waits for an acknowledgement.');
}
