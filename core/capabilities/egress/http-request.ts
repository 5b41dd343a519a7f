import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { Access } from '../../access/index.ts';
import { appendEvent, bitsOf } from '../../audit/index.ts';
import type { Database } from '../../db/index.ts';
import { type Clock, refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { isSuspended } from '../processors/notice-store.ts';
import { checkedAddress, type Places } from './checked-address.ts';
import { checkFlow, type EgressEntry, egressTo, readAddress } from './egress-rules.ts';
import { type PinnedAnswer, pinnedRequest } from './pinned-request.ts';

type Request = Capabilities['http.request'];

export interface EgressDeps extends Places {
  database: Database;
  access: Pick<Access, 'person'>;
  clock: Clock;
}

const timeoutMs = 1_800; // below an interactive call's two seconds, so that the plugin hears of it
const answerBytes = 500_000;
const mostRedirects = 3;
const sent = new Set(['accept', 'accept-language', 'authorization', 'content-type', 'if-none-match', 'x-api-key']);
const given = new Set(['content-type', 'etag', 'last-modified', 'retry-after']);

/** `http.request`: each hop is checked anew — host, flow, address — and in the audit log before it is sent. */
export async function httpRequest(
  deps: EgressDeps,
  caller: Caller,
  argument: ArgumentOf<Request>,
): Promise<ResultOf<Request>> {
  const { method = 'GET', body } = argument;
  let headers = checkHeaders(argument.headers ?? {});
  let url = readAddress(argument.url, { allowPlain: deps.allowPrivate });
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const answer = await oneHop(deps, caller, {
      url,
      method: hop === 0 ? method : 'GET',
      headers,
      body: hop === 0 ? body : undefined,
    });
    const next = redirectOf(answer, url);
    if (next === undefined) return { status: answer.status, headers: onlyGiven(answer.headers), body: answer.body };
    const there = readAddress(next, { allowPlain: deps.allowPrivate });
    if (there.origin !== url.origin) headers = withoutKeys(headers);
    url = there;
  }
  return refuse('unavailable', 'The host sends from one address to the next.');
}

interface Hop {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
}

async function oneHop(deps: EgressDeps, caller: Caller, { url, ...request }: Hop): Promise<PinnedAnswer> {
  const entry = egressTo(caller.grant, url);
  checkFlow(caller.grant, caller.seen, entry);
  const address = await checkedAddress(deps, url);
  await recordDisclosure(deps, caller, entry);
  try {
    return await pinnedRequest({ url, address, ...request, timeoutMs, limit: answerBytes });
  } catch (cause) {
    return refuse('unavailable', `${entry.host} did not answer as it should.`, { cause });
  }
}

/** Whose data may leave, where to and for what: the families can read it. No log, no request. */
async function recordDisclosure(
  { database, access, clock }: EgressDeps,
  caller: Caller,
  entry: EgressEntry,
): Promise<void> {
  const { grant, actor, seen } = caller;
  const { municipality, plugin, version, school } = grant;
  const elements = [...seen.elements];
  const mask = bitsOf(elements).reduce((bits, bit) => bits | bit, 0);
  const persons = [...seen.persons].flatMap((id) => access.person(municipality, plugin, id) ?? []);
  const event = {
    municipality,
    action: 'data.disclose',
    reason: entry.host,
    school,
    plugin,
    version,
    purpose: entry.purpose,
  };
  const who = { actor: actor.person, actorRole: actor.role };
  const what = { elements, subjects: persons.map((person) => ({ person, mask })) };
  await database.inTenant(municipality, async (tx) => {
    if (await isSuspended(tx, { municipality, host: entry.host, now: clock.now() }))
      refuse(
        'processor-suspended',
        `${entry.host} has not acknowledged in time that a consent ended. Nothing is sent there until it does; the municipality's data protection officer knows more.`,
      );
    await appendEvent(tx, { ...event, ...who, ...what }, clock);
  });
}

function checkHeaders(headers: Record<string, string>): Record<string, string> {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const closed = named.find(([name]) => !sent.has(name));
  if (closed) refuse('not-allowed', `The header "${closed[0]}" is not sent. Sent are ${[...sent].join(', ')}.`);
  return Object.fromEntries(named);
}

/** A key is for the host that the plugin named, not for the one that host names. */
function withoutKeys(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== 'authorization' && name !== 'x-api-key'),
  );
}

function onlyGiven(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => given.has(name)));
}

function redirectOf({ status, headers }: PinnedAnswer, from: URL): string | undefined {
  const location = headers['location'];
  if (location === undefined || status < 301 || status > 308 || status === 304) return undefined;
  return URL.canParse(location, from.href)
    ? new URL(location, from.href).href
    : refuse('unavailable', 'The host sends to an address that is none.');
}
