import type { Duplex } from 'node:stream';
import type { FromWorker } from '../protocol/messages.ts';
import { writeFrame } from '../protocol/frame.ts';

/** The worker's way to its supervisor. */
export interface Outbox {
  send(message: FromWorker, payload?: string): void;
}

export function outboxTo(channel: Duplex): Outbox {
  return { send: (message, payload = '') => writeFrame(channel, message, payload) };
}
