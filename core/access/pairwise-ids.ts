import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { type Id, isId } from '../kernel/index.ts';

/**
 * The ids that a plugin sees: the real id as one block of AES-256 under a key of (municipality, plugin). The host turns them
 * back without a table; two plugins, or two municipalities, see unrelated ids of the same person.
 */
export interface PairwiseIds {
  pseudonyms(realm: Realm, ids: readonly Id[]): Id[];
  pseudonym(realm: Realm, id: Id): Id;
  /** Undefined for what is no id at all; an invented id becomes a real-looking one that names nobody. */
  original(realm: Realm, pseudonym: string): Id | undefined;
}

export interface Realm {
  municipality: Id;
  plugin: string;
}

/** Bounded: past this many realms the oldest key is derived anew when needed. */
const mostKeys = 10_000;

/** @param secret at least 32 bytes; who has it can match the ids of all plugins. */
export function createPairwiseIds(secret: Uint8Array): PairwiseIds {
  if (secret.byteLength < 32) throw new RangeError('The secret of pairwise ids has at least 32 bytes.');
  const keys = new Map<string, Buffer>();

  function keyOf({ municipality, plugin }: Realm): Buffer {
    const name = `${municipality}|${plugin}`;
    const known = keys.get(name);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `digione pairwise ${name}`, 32));
    if (keys.size >= mostKeys) keys.delete(keys.keys().next().value!);
    keys.set(name, key);
    return key;
  }

  function pseudonyms(realm: Realm, ids: readonly Id[]): Id[] {
    const cipher = createCipheriv('aes-256-ecb', keyOf(realm), null).setAutoPadding(false);
    const blocks = cipher.update(Buffer.from(ids.map((id) => id.replaceAll('-', '')).join(''), 'hex'));
    return ids.map((_, index) => asId(blocks, index * 16));
  }

  return {
    pseudonyms,
    pseudonym: (realm, id) => pseudonyms(realm, [id])[0]!,
    original(realm, pseudonym) {
      if (!isId(pseudonym)) return undefined;
      const decipher = createDecipheriv('aes-256-ecb', keyOf(realm), null).setAutoPadding(false);
      return asId(decipher.update(Buffer.from(pseudonym.replaceAll('-', ''), 'hex')), 0);
    },
  };
}

function asId(bytes: Buffer, from: number): Id {
  const hex = bytes.toString('hex', from, from + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
