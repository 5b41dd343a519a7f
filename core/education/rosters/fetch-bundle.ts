import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as safeRequest } from 'node:https';
import { refuse } from '../../kernel/index.ts';

/** How hosts are found, and which addresses may be asked. */
export interface FetchPlaces {
  /** All addresses of a host. */
  resolve(host: string): Promise<string[]>;
  isPublicAddress(address: string): boolean;
  /** Development only: this machine itself, over http too. */
  allowLoopback: boolean;
}

export interface BundleRequest {
  url: string;
  /** Sent to the origin of `url` only. */
  header: { name: string; value: string } | undefined;
  etag: string | null;
  /** Of the whole answer. */
  timeoutMs: number;
}

export type FetchedBundle = { state: 'unchanged' } | { state: 'fresh'; etag: string | null; body: IncomingMessage };

const mostRedirects = 3;
const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** Asks for a bundle; each hop is checked anew, and the address that was checked is the one that is asked. */
export async function fetchBundle(places: FetchPlaces, wanted: BundleRequest): Promise<FetchedBundle> {
  const signal = AbortSignal.timeout(wanted.timeoutMs);
  const first = new URL(wanted.url);
  let url = first;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const address = await checkedAddress(places, url);
    const answer = await ask(url, address, { headers: headersFor(wanted, url.origin === first.origin), signal });
    const { statusCode = 0, headers } = answer;
    if (statusCode === 200) return { state: 'fresh', etag: headers.etag?.slice(0, 500) ?? null, body: answer };
    answer.destroy();
    if (statusCode === 304) return { state: 'unchanged' };
    if (statusCode < 301 || statusCode > 308 || !headers.location || !URL.canParse(headers.location, url.href))
      refuse('unavailable', `The address answered with ${statusCode}.`);
    url = new URL(headers.location, url.href);
  }
  return refuse('unavailable', 'The address sends from one place to the next.');
}

function headersFor({ header, etag }: BundleRequest, isFirstOrigin: boolean): Record<string, string> {
  if (!isFirstOrigin) return { accept: 'application/zip' };
  return {
    accept: 'application/zip',
    ...(etag !== null && { 'if-none-match': etag }),
    ...(header && { [header.name]: header.value }),
  };
}

/** Refuses what is no place for a roster: plain http, passwords in the address, private networks. */
export async function checkedAddress(places: FetchPlaces, url: URL): Promise<string> {
  if (url.username !== '' || url.password !== '')
    refuse('invalid', 'An address holds no user and no password; use the header for a secret.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await places
    .resolve(host)
    .catch((cause: unknown) => refuse('unavailable', `${host} has no address.`, { cause }));
  const [address] = addresses;
  if (address === undefined) refuse('unavailable', `${host} has no address.`);
  if (places.allowLoopback && addresses.every(isLoopback) && /^https?:$/.test(url.protocol)) return address;
  if (url.protocol !== 'https:') refuse('invalid', 'A roster is fetched over https only.');
  if (!addresses.every(places.isPublicAddress)) refuse('invalid', `${host} is not an address of the public internet.`);
  return address;
}

function ask(url: URL, address: string, more: Pick<RequestOptions, 'headers' | 'signal'>): Promise<IncomingMessage> {
  const family = address.includes(':') ? 6 : 4;
  const options: RequestOptions = {
    ...more,
    agent: false,
    lookup: (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
  };
  const send = url.protocol === 'https:' ? safeRequest : plainRequest;
  return new Promise((resolve, reject) => {
    send(url, options, resolve).on('error', reject).end();
  });
}
