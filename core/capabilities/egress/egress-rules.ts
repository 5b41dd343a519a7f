import { refuse } from '../../kernel/index.ts';
import type { PluginGrant } from '../../marketplace/index.ts';
import type { Seen } from '../caller.ts';

export type EgressEntry = PluginGrant['egress'][number];

/** The address that a plugin names, if it is one that can be asked at all. */
export function readAddress(text: string, { allowPlain }: { allowPlain: boolean }): URL {
  const url = URL.canParse(text) ? new URL(text) : refuse('invalid-argument', 'The address of the request is no URL.');
  if (url.protocol !== 'https:' && !(allowPlain && url.protocol === 'http:'))
    refuse('not-allowed', 'Requests go over https only.');
  if (url.username !== '' || url.password !== '')
    refuse('invalid-argument', 'An address holds no user and no password.');
  return url;
}

/** The host must be in the signed manifest and in the accepted agreement, with the same data elements or fewer. */
export function egressTo({ plugin, manifest, egress }: PluginGrant, url: URL): EgressEntry {
  const declared = manifest.egress.find((entry) => isAt(entry, url));
  const agreed = egress.find((entry) => isAt(entry, url));
  if (declared && agreed)
    return { ...agreed, elements: agreed.elements.filter((element) => declared.elements.includes(element)) };
  const missing = declared ? "the municipality's agreement does not accept" : 'its manifest does not declare';
  return refuse(
    'scope-missing',
    `Plugin "${plugin}" asked for http to ${url.hostname}:${portOf(url)}, which ${missing}. Add the host to egress in digione.json or remove the call.`,
  );
}

/** What a context has read may have become part of whatever it sends: all of it must be allowed to go there. */
export function checkFlow({ plugin }: PluginGrant, { elements, noExport }: Seen, entry: EgressEntry): void {
  const held = [...elements].filter((element) => !entry.elements.includes(element) || noExport.has(element)).sort();
  if (held.length === 0) return;
  refuse(
    'not-allowed',
    `Plugin "${plugin}" has read ${held.join(', ')} in this session, which the agreement does not let go to ${entry.host}.`,
  );
}

function isAt({ host, port }: EgressEntry, url: URL): boolean {
  return host === url.hostname && port === portOf(url);
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
