export { type Caller, nothingSeen, type Seen } from './caller.ts';
export { eventElements, subjectOfEvent } from './events/events.ts';
export {
  claimEvents,
  forgetEvents,
  insertEvent,
  jobsChannel,
  type NewEvent,
  settleDelivery,
  type WaitingEvent,
} from './events/event-store.ts';
export {
  claimRuns,
  followSchedules,
  planRun,
  type ScheduleRun,
  settleRun,
  unplanned,
} from './events/schedule-store.ts';
export { defaultFileQuota, type FileQuota, type ScanFile } from './files/files.ts';
export { inboxRoutes } from './messages/inbox-routes.ts';
export { changesSomething } from './door.ts';
export { createDoors, type DoorDeps, publicInternet } from './doors.ts';
export { createDispatch, type Capability } from './dispatch.ts';
export { defaultQuota, type StorageQuota, usageOf } from './storage/usage-store.ts';
export { settingsRoutes } from './settings/routes.ts';
export { rotateSecrets, type SecretDeps } from './settings/secrets.ts';
export { createVault, type Vault, type VaultKeys } from './settings/vault.ts';
export { eraseWithdrawn } from './storage/erase-withdrawn.ts';
export { documentsFollow } from './storage/documents-follow.ts';
export { isPublicAddress } from './egress/public-address.ts';
export { tellOfConsent, tellOfLearners } from './events/core-events.ts';
export { createSmtpMailer, type Letter, type Mailer, type Posted } from './messages/mailer.ts';
export { mailRound, type MailDeps } from './messages/mail-round.ts';
export { notificationRoutes } from './messages/notification-routes.ts';
export { noticeRound, type NoticeDeps } from './processors/notice-round.ts';
export { oweAfterConsent, oweAfterErasure, type OweDeps } from './processors/owe-notices.ts';
export { processorRoutes } from './processors/routes.ts';
