import type { Access } from '../../access/index.ts';
import type { Database } from '../../db/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Clock, type Id, type Log, Refusal, sha256Hex } from '../../kernel/index.ts';
import type { Grants, PluginGrant } from '../../marketplace/index.ts';
import type { Vault } from '../settings/vault.ts';
import { writeLetter } from './letter.ts';
import { claimMail, type DueMail, forgetMail, holdMail, type MailOutcome, settleMail } from './mail-store.ts';
import type { Mailer } from './mailer.ts';
import { isToldStill } from './messages.ts';
import { quietHoursOf, settingsOf } from './notification-store.ts';
import { endOfQuiet } from './quiet-hours.ts';
import { unsubscribeToken } from './unsubscribe-token.ts';

export interface MailDeps {
  database: Database;
  access: Access;
  grants: Pick<Grants, 'of'>;
  clock: Clock;
  log: Log;
  vault: Vault;
  mailer: Mailer;
  /** Origin of the portal, as the links of a letter name it. */
  origin: string;
  /** The recipient as an actor without a session. */
  actorOf(
    grant: PluginGrant,
    recipient: { person: Id; role: 'guardian' | 'student'; language: Actor['language'] },
  ): Actor;
}

const leaseMs = 2 * 60_000;
const mostAtOnce = 20;
const mostAttempts = 7;
const firstPauseMs = 60_000;
const longestPauseMs = 12 * 3_600_000;
const keptDays = 30;

/** Sends what is due. Between the door and here hours may lie: everything is decided once more for each recipient. */
export function mailRound(deps: MailDeps): (municipality: Id) => Promise<number> {
  const { database, clock } = deps;
  return async (municipality) => {
    const now = clock.now();
    const claim = { now, leaseEnds: later(now, leaseMs), most: mostAtOnce };
    const due = await database.inTenant(municipality, (tx) => claimMail(tx, municipality, claim));
    for (const mail of due) await sendOne(deps, mail);
    if (due.length === 0)
      await database.inTenant(municipality, (tx) => forgetMail(tx, municipality, later(now, -keptDays * 86_400_000)));
    return due.length;
  };
}

async function sendOne(deps: MailDeps, mail: DueMail): Promise<void> {
  const settle = (outcome: MailOutcome) =>
    deps.database.inTenant(mail.municipality, (tx) => settleMail(tx, mail, outcome));
  const at = deps.clock.now();
  const ready = await prepare(deps, mail);
  if ('heldUntil' in ready)
    return deps.database.inTenant(mail.municipality, (tx) => holdMail(tx, mail, ready.heldUntil));
  if ('withheld' in ready) return settle({ status: 'withheld', code: ready.withheld, at });
  const posted = await deps.mailer.send(ready.letter);
  if (posted.ok) return settle({ status: 'sent', code: null, at });
  if (posted.again && mail.attempt < mostAttempts)
    return settle({ status: 'waiting', code: posted.code, at: later(at, pauseAfter(mail)) });
  const { municipality, plugin, message } = mail;
  deps.log.warn({ municipality, plugin, message, code: posted.code }, 'an e-mail could not be sent');
  return settle({ status: 'dead', code: posted.code, at });
}

type Ready = { letter: ReturnType<typeof writeLetter> } | { withheld: string } | { heldUntil: Date };

async function prepare(deps: MailDeps, mail: DueMail): Promise<Ready> {
  const { municipality, recipient: person, role, language, plugin, school, subject: child, purpose, address } = mail;
  if (address === null) return { withheld: 'no-address' };
  try {
    const grant = await deps.grants.of({ municipality, plugin, school });
    const actor = deps.actorOf(grant, { person, role, language });
    return await deps.database.inTenant(municipality, async (tx): Promise<Ready> => {
      const settings = await settingsOf(tx, municipality, person);
      if (!settings.email || settings.muted.includes(plugin)) return { withheld: 'not-wanted' };
      const hours = [settings.quiet, await quietHoursOf(tx, municipality)].filter((one) => one !== null);
      const free = endOfQuiet(deps.clock.now(), hours);
      if (free > deps.clock.now()) return { heldUntil: free };
      if (!(await isToldStill(tx, deps, { grant, actor, child, purpose }))) return { withheld: 'not-allowed' };
      const token = unsubscribeToken(deps.vault, { municipality, person });
      const name = grant.manifest.name[language];
      return { letter: writeLetter({ to: address, language, plugin: name, origin: deps.origin, token }) };
    });
  } catch (error) {
    if (error instanceof Refusal) return { withheld: error.code };
    throw error;
  }
}

/** Three times as long after each attempt, spread so that what failed together does not come back together. */
function pauseAfter({ message, recipient, attempt }: DueMail): number {
  const spread = Number.parseInt(sha256Hex(`${message} ${recipient} ${attempt}`).slice(0, 8), 16) / 0xffffffff;
  return Math.round(Math.min(longestPauseMs, firstPauseMs * 3 ** (attempt - 1)) * (1 + spread / 5));
}

function later(instant: Date, milliseconds: number): Date {
  return new Date(instant.getTime() + milliseconds);
}
