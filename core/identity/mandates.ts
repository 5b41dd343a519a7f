import { randomBytes, type KeyObject } from 'node:crypto';
import type { Context } from 'koa';
import type { Clock, Id, Log } from '../kernel/index.ts';
import type { AccountStore, RosterPerson } from './account-store.ts';
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

const day = 24 * 3600_000;
/** How long an answer of the service counts; each sign-in asks anew. */
const mandateLasts = 7 * day;

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

async function record(account: Id, session: OpenSession, deps: MandatesDeps): Promise<void> {
  const checkedAt = deps.clock.now();
  const times = { checkedAt, validUntil: new Date(checkedAt.getTime() + mandateLasts) };
  const found = new Map<Id, Mandate[]>();
  for (const { personId } of await deps.client.delegates(session)) {
    const allowed = await deps.client.isAllowed(session, personId);
    for (const { municipality, person } of await childrenNamed(personId, deps))
      found.set(municipality, [...(found.get(municipality) ?? []), { child: person, allowed }]);
  }
  for (const guardian of await deps.accounts.persons(account))
    await deps.store.replace(guardian, found.get(guardian.municipality) ?? [], times);
}

function childrenNamed(nationalId: string, { accounts, nationalIdKey }: MandatesDeps): Promise<RosterPerson[]> {
  return accounts.find([{ scheme: 'hetu-hash', value: hashNationalId(nationalIdKey, nationalId) }]);
}
