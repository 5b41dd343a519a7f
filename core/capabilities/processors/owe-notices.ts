import { appendEvent, disclosuresOf } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import { type Clock, type Id, newId } from '../../kernel/index.ts';
import {
  coveredElements,
  type Ended,
  type EndReason,
  hostsTold,
  oweNotice,
  planLook,
  takeLooks,
} from './notice-store.ts';

export interface OweDeps {
  clock: Clock;
  access: { pseudonym(municipality: Id, plugin: string, person: Id): Id };
}

/** A processor has this long for its signed acknowledgement. */
export const acknowledgementDays = 7;
/** Longer than any request of a plugin that was on its way. */
const secondLookMs = 10 * 60_000;
const mostLooks = 50;

const reasons: Readonly<Record<string, EndReason>> = {
  'consent.withdraw': 'withdrawn',
  'consent.refuse': 'refused',
  'consent.expire': 'expired',
  'consent.terminate': 'terminated',
  'consent.invalidate': 'invalidated',
};

/** In the transaction that ends a consent: every host that the log says was sent what it covered is owed a notice. */
export async function oweAfterConsent(
  tx: Tx,
  deps: OweDeps,
  act: { municipality: Id; action: string; person: Id; plugin: string; purpose: string },
): Promise<void> {
  const reason = reasons[act.action];
  if (!reason) return;
  const elements = await coveredElements(tx, act);
  if (elements) await owe(tx, deps, { ...act, reason, elements });
}

/** In the transaction that ends an erasure: every host that was ever sent anything of the person by these plugins. */
export async function oweAfterErasure(
  tx: Tx,
  deps: OweDeps,
  { municipality, person, plugins }: { municipality: Id; person: Id; plugins: 'all' | ReadonlySet<string> },
): Promise<void> {
  const disclosed = await disclosuresOf(tx, municipality, person);
  const senders = new Set(disclosed.flatMap(({ kind, plugin }) => (kind === 'processor' ? [plugin] : [])));
  for (const plugin of senders)
    if (plugins === 'all' || plugins.has(plugin))
      await owe(tx, deps, { municipality, person, plugin, purpose: '', reason: 'erased', elements: [] });
}

async function owe(tx: Tx, deps: OweDeps, ended: Ended): Promise<void> {
  const now = deps.clock.now();
  await tell(tx, deps, { ended, except: [] });
  await planLook(tx, ended, new Date(now.getTime() + secondLookMs));
}

/** What a request on its way wrote into the log after the end; hosts that were told since are not told twice. */
export async function lookAgain(tx: Tx, deps: OweDeps, municipality: Id): Promise<number> {
  const now = deps.clock.now();
  const looks = await takeLooks(tx, municipality, { now, most: mostLooks });
  for (const ended of looks) {
    const except = await hostsTold(tx, ended, new Date(now.getTime() - 2 * secondLookMs));
    await tell(tx, deps, { ended, except });
  }
  return looks.length;
}

async function tell(tx: Tx, { clock, access }: OweDeps, { ended, except }: { ended: Ended; except: string[] }) {
  const { municipality, person, plugin, purpose } = ended;
  const at = clock.now();
  const dueAt = new Date(at.getTime() + acknowledgementDays * 86_400_000);
  for (const [host, elements] of await hostsWith(tx, ended)) {
    if (except.includes(host)) continue;
    const subject = access.pseudonym(municipality, plugin, person);
    await oweNotice(tx, { ...ended, id: newId(at.getTime()), host, elements, subject, at, dueAt });
    const event = { municipality, action: 'processor.tell', reason: host, plugin, purpose, actorRole: 'platform' };
    await appendEvent(tx, { ...event, subjects: [{ person, mask: 0 }] }, clock);
  }
}

/** Hosts that this plugin sent the person's data to, with what of it the consent covered; all of it when everything goes. */
async function hostsWith(
  tx: Tx,
  { municipality, person, plugin, reason, elements }: Ended,
): Promise<[string, string[]][]> {
  const disclosed = await disclosuresOf(tx, municipality, person);
  const sent = disclosed.filter((one) => one.kind === 'processor' && one.plugin === plugin);
  return [...Map.groupBy(sent, ({ name }) => name)].flatMap(([host, given]): [string, string[]][] => {
    const all = [...new Set(given.flatMap((one) => one.elements))].sort();
    const covered = reason === 'erased' ? all : all.filter((element) => elements.includes(element));
    return covered.length > 0 ? [[host, covered]] : [];
  });
}
