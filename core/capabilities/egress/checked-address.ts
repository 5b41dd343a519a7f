import { refuse } from '../../kernel/index.ts';
import { isPublicAddress } from './public-address.ts';

/** How hosts outside are found, and what may be asked. */
export interface Places {
  /** All addresses of a host. */
  resolve(host: string): Promise<string[]>;
  /** Development only: http, and addresses that are not public. */
  allowPrivate: boolean;
}

/** One private address among several is enough to refuse: which one would be asked is the name server's choice. */
export async function checkedAddress({ resolve, allowPrivate }: Places, { hostname }: URL): Promise<string> {
  const addresses = await resolve(hostname).catch((cause: unknown) =>
    refuse('unavailable', `${hostname} has no address.`, { cause }),
  );
  const [first] = addresses;
  if (first === undefined) refuse('unavailable', `${hostname} has no address.`);
  if (allowPrivate || addresses.every(isPublicAddress)) return first;
  return refuse('not-allowed', `${hostname} is not an address of the public internet.`);
}
