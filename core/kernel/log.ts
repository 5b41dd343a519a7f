import { pino } from 'pino';

export type Log = pino.Logger;

export interface LogOptions {
  name: string;
  level: string;
}

/** JSON lines on standard output. Secrets and persons never reach it: callers log codes, ids and counts. */
export function createLog({ name, level }: LogOptions): Log {
  return pino({ name, level, redact: ['authorization', 'cookie', 'password', 'token', '*.password', '*.token'] });
}
