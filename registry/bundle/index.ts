/** A plugin's bundle: written the same way everywhere, read strictly, signed by its vendor. */
export {
  type Claim,
  decodeEnvelope,
  encodeEnvelope,
  type Envelope,
  keyIdOf,
  payloadType,
  signEnvelope,
  type VerifiedClaim,
  verifyEnvelope,
} from './envelope.ts';
export { type BundleLimits, bundleLimits } from './limits.ts';
export { type Bundle, readBundle } from './read-bundle.ts';
export type { BundleFault } from './refuse-bundle.ts';
export { writeBundle } from './write-bundle.ts';
