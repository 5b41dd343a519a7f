export { type Caller, nothingSeen, type Seen } from './caller.ts';
export { eventElements, subjectOfEvent } from './events.ts';
export {
  claimEvents,
  forgetEvents,
  insertEvent,
  jobsChannel,
  type NewEvent,
  settleDelivery,
  type WaitingEvent,
} from './event-store.ts';
export {
  claimRuns,
  followSchedules,
  planRun,
  type ScheduleRun,
  settleRun,
  unplanned,
} from './schedule-store.ts';
export { defaultFileQuota, type FileQuota, type ScanFile } from './files.ts';
export { inboxRoutes } from './inbox-routes.ts';
export { changesSomething } from './door.ts';
export { createDoors, type DoorDeps } from './doors.ts';
export { createDispatch, type Capability } from './dispatch.ts';
export { defaultQuota, type StorageQuota } from './usage-store.ts';
export { settingsRoutes } from './routes.ts';
export { rotateSecrets, type SecretDeps } from './secrets.ts';
export { createVault, type Vault, type VaultKeys } from './vault.ts';
export { documentsFollow } from './documents-follow.ts';
export { isPublicAddress } from './public-address.ts';
