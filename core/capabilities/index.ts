export { type Caller, nothingSeen, type Seen } from './caller.ts';
export { createDoors, type DoorDeps } from './doors.ts';
export { createDispatch, type Capability } from './dispatch.ts';
export { defaultQuota, type StorageQuota } from './usage-store.ts';
