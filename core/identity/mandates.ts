import { randomBytes, type KeyObject } from 'node:crypto';
import type { Context } from 'koa';
import type { Clock, Id, Log } from '../kernel/index.ts';
import type { AccountStore } from './account-store.ts';
import { hashSecret } from './attempt-secrets.ts';
import type { SecretCookie } from './cookies.ts';
import { hashNationalId } from './identifiers.ts';
import type { MandateClient, OpenSession } from './mandate-client.ts';
import type { Mandate, MandateStore } from './mandate-store.ts';
import type { Sessions } from './sessions.ts';
import { sessionTimes } from './settings.ts';

export interface MandatesDeps {
  client: MandateClient;
  store: MandateStore;
  accounts: AccountStore;
  sessions: Sessions;
  cookie: SecretCookie;
  nationalIdKey: KeyObject;
  clock: Clock;
}

/** How long an answer of the service counts when it can't be asked; each sign-in and each confirmation of it asks anew. */
const mandateLasts = 24 * 3600_000;

export interface MandateStart {
  nationalId: string;
  session: Id;
  returnTo: string;
  language: string;
}

/**
 * Right after strong identification, the only moment at which we know the personal identity code:
 * leads the browser through Suomi.fi authorisations.
 */
export async function startMandates(ctx: Context, start: MandateStart, deps: MandatesDeps): Promise<string> {
  const { sessionId, userId } = await deps.client.register(start.nationalId);
  const secret = randomBytes(32).toString('base64url');
  const now = deps.clock.now();
  const endsAt = new Date(now.getTime() + sessionTimes.signIn * 60_000);
  const visit = { session: start.session, serviceSession: sessionId, returnTo: start.returnTo };
  await deps.store.keepVisit(hashSecret(secret), visit, { now, endsAt });
  deps.cookie.write(ctx, secret, sessionTimes.signIn * 60);
  return deps.client.address(userId, start.language).href;
}

/** Back from the service. Without an answer nothing is known, and nothing that was known becomes more. */
export async function finishMandates(ctx: Context, log: Log, deps: MandatesDeps): Promise<string> {
  const secret = deps.cookie.read(ctx);
  const visit = secret && (await deps.store.takeVisit(hashSecret(secret), deps.clock.now()));
  deps.cookie.clear(ctx);
  const found = await deps.sessions.find(ctx);
  const code = ctx.query['code'];
  if (!visit || found?.row.id !== visit.session) return '/';
  if (typeof code !== 'string' || code.length > 1000) return visit.returnTo;
  try {
    const accessToken = await deps.client.redeem(code);
    await record(found.row.account, { sessionId: visit.serviceSession, accessToken }, deps);
  } catch (error) {
    // The person is signed in all the same; what needs a mandate will say that it is missing.
    log.warn({ reason: String((error as { detail?: string }).detail ?? (error as Error).name) }, 'mandates unknown');
  }
  return visit.returnTo;
}

/** Asks only about children that the roster gives this guardian; a child whom the service does not name is a no. */
async function record(account: Id, session: OpenSession, deps: MandatesDeps): Promise<void> {
  const { client, store, accounts, nationalIdKey, clock } = deps;
  const checkedAt = clock.now();
  const times = { checkedAt, validUntil: new Date(checkedAt.getTime() + mandateLasts) };
  const delegates = await client.delegates(session);
  const named = new Map(delegates.map(({ personId }) => [hashNationalId(nationalIdKey, personId), personId]));
  for (const guardian of await accounts.persons(account)) {
    const mandates: Mandate[] = [];
    for (const { child, nationalIdHash } of await store.childrenOf(guardian, clock.today())) {
      const personId = named.get(nationalIdHash);
      mandates.push({ child, allowed: personId !== undefined && (await client.isAllowed(session, personId)) });
    }
    await store.replace(guardian, mandates, times);
  }
}
