import type { Id } from '../kernel/index.ts';

/** The actor of jobs that the platform starts by itself: an id that no person has. */
export const platformActor: Id = '00000000-0000-0000-0000-000000000000';
