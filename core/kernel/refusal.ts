import { refusalCodes, type RefusalCode } from './refusal-codes.ts';

export interface RefusalMore {
  /** For the log only: never sent. */
  detail?: string;
  cause?: unknown;
  /** Public members that join the problem+json answer (RFC 9457 §3.2). */
  extra?: Record<string, unknown>;
}

/** A business error: closed `code`, public message that says who, what and how to mend it, private detail. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly detail: string | undefined;
  readonly extra: Record<string, unknown>;

  constructor(code: RefusalCode, message: string, more: RefusalMore = {}) {
    super(message, { cause: more.cause });
    this.name = 'Refusal';
    this.code = code;
    this.detail = more.detail;
    this.extra = more.extra ?? {};
  }

  /** HTTP status of the code. */
  get status(): number {
    return refusalCodes[this.code];
  }
}

/** Throws a {@link Refusal}. */
export function refuse(code: RefusalCode, message: string, more?: RefusalMore): never {
  throw new Refusal(code, message, more);
}
