import type { Database } from '@digione/core/db';
import { refuse } from '@digione/core/kernel';
import { decodeEnvelope, verifyEnvelope, type VerifiedClaim } from '../bundle/index.ts';
import { keysOf, toKeyObject } from '../vendors/index.ts';
import type { Upload } from './receive.ts';

/** The vendor's signature, made with a key in force, over the plugin and version of the address. */
export async function checkEnvelope(database: Database, upload: Upload): Promise<VerifiedClaim> {
  const { envelope, plugin, version, publisher } = upload;
  if (envelope === '') refuse('envelope-invalid', 'Send the signed envelope in the header "digione-envelope".');
  const verified = await verifyEnvelope(decodeEnvelope(envelope), async (keyId) => {
    const keys = await database.global((tx) => keysOf(tx, publisher.vendor));
    const key = keys.find((known) => known.keyId === keyId && known.revokedAt === null);
    return key && toKeyObject(key);
  });
  if (verified.claim.plugin !== plugin || verified.claim.version !== version)
    refuse(
      'id-mismatch',
      `The envelope signs ${verified.claim.plugin} ${verified.claim.version}, not ${plugin} ${version}.`,
    );
  return verified;
}
