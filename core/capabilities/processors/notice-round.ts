import { appendEvent } from '../../audit/index.ts';
import type { Database } from '../../db/index.ts';
import { type Id, type Log, type NoteSigner, Refusal, sha256Hex } from '../../kernel/index.ts';
import { egressOf } from '../../marketplace/index.ts';
import { issueToken, withdrawalNotice } from '../../tokens/index.ts';
import { checkedAddress, type Places } from '../egress/checked-address.ts';
import { type PinnedAnswer, pinnedRequest } from '../egress/pinned-request.ts';
import { acknowledge } from './acknowledgement.ts';
import { claimNotices, newlySuspended, type Notice, settleNotice } from './notice-store.ts';
import { lookAgain, type OweDeps } from './owe-notices.ts';

export interface NoticeDeps extends OweDeps {
  database: Database;
  log: Log;
  /** Ed25519; processors find its public half at `/api/audit/key`. */
  signer: NoteSigner;
  places: Places;
}

const leaseMs = 2 * 60_000;
const mostAtOnce = 20;
const timeoutMs = 10_000;
const answerBytes = 16_384;
const firstPauseMs = 60_000;
const longestPauseMs = 12 * 3_600_000;
/** About two weeks; after that only the processor itself or the officer ends it. */
const mostAttempts = 40;

/** Tells processors what they are owed, again and again until they acknowledge; says once in the log who is suspended. */
export function noticeRound(deps: NoticeDeps): (municipality: Id) => Promise<number> {
  const { database, clock } = deps;
  return async (municipality) => {
    await database.inTenant(municipality, async (tx) => {
      await lookAgain(tx, deps, municipality);
      for (const { host, plugin } of await newlySuspended(tx, municipality, clock.now()))
        await appendEvent(
          tx,
          { municipality, action: 'processor.suspend', reason: host, plugin, actorRole: 'platform' },
          clock,
        );
    });
    const now = clock.now();
    const claim = { now, leaseEnds: new Date(now.getTime() + leaseMs), most: mostAtOnce };
    const due = await database.inTenant(municipality, (tx) => claimNotices(tx, municipality, claim));
    await Promise.all(due.map((notice) => sendOne(deps, notice)));
    return due.length;
  };
}

async function sendOne(deps: NoticeDeps, notice: Notice): Promise<void> {
  const { database, clock, log } = deps;
  const settle = (deliveredAt: Date | null, nextAt: Date | null) =>
    database.inTenant(notice.municipality, (tx) => settleNotice(tx, notice, { deliveredAt, nextAt }));
  const url = await addressOf(deps, notice);
  // Nobody to send it to: the officer tells the processor.
  if (!url) return settle(null, null);
  const now = clock.now();
  const again = notice.attempt < mostAttempts ? new Date(now.getTime() + pauseAfter(notice)) : null;
  try {
    const { status, body } = await post(deps, { url, notice });
    if (status < 200 || status > 299) throw new Error(`The processor answered ${status}.`);
    await settle(now, again);
    if (body.trim() !== '') await acknowledge(deps, body.trim());
  } catch (error) {
    const { municipality, plugin, host, id } = notice;
    const why = error instanceof Refusal ? error.code : (error as Error).message;
    log.warn({ municipality, plugin, host, notice: id, why }, 'a processor has not taken a notice yet');
    await settle(null, again);
  }
}

async function addressOf({ database }: NoticeDeps, { municipality, plugin, host }: Notice): Promise<URL | undefined> {
  const entries = await database.inTenant(municipality, (tx) => egressOf(tx, municipality, plugin), { readOnly: true });
  const entry = entries.find((one) => one.host === host && one.withdrawals);
  return entry && new URL(entry.withdrawals!.path, `https://${host}:${entry.port}`);
}

/** The key by which a processor knows a notice that it has had before is the notice's own id. */
async function post({ clock, signer, places }: NoticeDeps, to: { url: URL; notice: Notice }): Promise<PinnedAnswer> {
  const { notice } = to;
  const url = new URL(to.url);
  if (places.allowPrivate) url.protocol = 'http:';
  const { id, municipality, plugin, purpose, reason, elements, subject, dueAt, host } = notice;
  const claims = {
    sub: subject,
    event: 'consent.withdrawn',
    notice: id,
    municipality,
    plugin,
    purpose,
    reason,
    elements,
  };
  const body = issueToken(
    { ...claims, answerBy: dueAt.toISOString() },
    {
      kind: withdrawalNotice,
      issuer: signer.name,
      audience: host,
      lifeSeconds: withdrawalNotice.maxLifeSeconds,
      key: { kid: signer.name, alg: 'EdDSA', key: signer.privateKey },
      clock,
    },
  );
  const headers = { 'content-type': 'application/jose', 'idempotency-key': id };
  const address = await checkedAddress(places, url);
  return pinnedRequest({ url, address, method: 'POST', headers, body, timeoutMs, limit: answerBytes });
}

/** Twice as long after each attempt, spread so that what failed together does not come back together. */
function pauseAfter({ id, attempt }: Notice): number {
  const spread = Number.parseInt(sha256Hex(`${id} ${attempt}`).slice(0, 8), 16) / 0xffffffff;
  return Math.round(Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempt - 1, 12)) * (1 + spread / 5));
}
