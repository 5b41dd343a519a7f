export { announce } from './announce.ts';
export { approve, consentMajorOf } from './approve.ts';
export { checkRelease, type CheckingDeps } from './automatic-checks.ts';
export { createCheckQueue, type CheckQueue } from './check-queue.ts';
export { newestReport } from './check-report-store.ts';
export { describeRelease } from './describe-release.ts';
export { moveRelease } from './move-release.ts';
export { forerunnerOf } from './newest-listed.ts';
export { laneFigures, queued } from './queue-store.ts';
export type { Publishing } from './publishing.ts';
export { knownRelease, lockRelease, releasesOf, releasesOfVendor, type Release } from './release-store.ts';
export { insertRevocation, revocationsAfter, strengths, type Strength } from './revocation-store.ts';
export { publishRoutes } from './routes.ts';
export {
  CheckResultSchema,
  QueuePlaceSchema,
  ReleaseAnswer,
  ReleaseParams,
  RevocationSchema,
  TransitionSchema,
} from './schemas.ts';
export type { Mover } from './transition-store.ts';
