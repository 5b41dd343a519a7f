import type { Database } from '@digione/core/db';
import type { Clock } from '@digione/core/kernel';
import type { Trust } from '../trust/index.ts';
import type { CheckQueue } from './check-queue.ts';

/** What the acts of publishing work with. */
export interface Publishing {
  database: Database;
  clock: Clock;
  trust: Trust;
  queue: CheckQueue;
}
