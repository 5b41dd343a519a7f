export { Refusal, refuse, type RefusalMore } from './refusal.ts';
export { refusalCodes, type RefusalCode } from './refusal-codes.ts';
export { systemClock, fixedClock, schoolDate, type Clock, type TestClock } from './clock.ts';
export { newId, isId, type Id } from './ids.ts';
export { sha256, sha256Hex } from './digest.ts';
export { canonicalJson } from './canonical-json.ts';
export {
  leafHash,
  nodeHash,
  rootOf,
  rootOfRun,
  inclusionProof,
  consistencyProof,
  verifyInclusion,
  verifyConsistency,
  type InclusionClaim,
  type ConsistencyClaim,
} from './merkle.ts';
export { cosign, cosignedAt } from './cosignature.ts';
export { signNote, verifyNote, type NoteSigner, type NoteVerifier } from './signed-note.ts';
export { formOf } from './form.ts';
export { createLog, type Log, type LogOptions } from './log.ts';
export { languages, isLanguage, type Language, type Texts } from './texts.ts';
export { serverSettings, toldMark, type ToldSettings } from './told-settings.ts';
export { liveUntilTold, type Life } from './life.ts';
