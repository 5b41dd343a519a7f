import type { Context } from 'koa';
import { STATUS_CODES } from 'node:http';
import { Refusal, type Log } from '../kernel/index.ts';

/** problem+json (RFC 9457) with a stable code and the trace number that the log shares. 5xx explain nothing. */
export function sendProblem(ctx: Context, error: unknown, { trace, log }: { trace: string; log: Log }): void {
  const refusal = asRefusal(error);
  const { status, code } = refusal;
  const level = status >= 500 ? 'error' : 'info';
  log[level]({ code, status, detail: refusal.detail, cause: causeOf(refusal) }, 'refused');
  ctx.status = status;
  ctx.set('cache-control', 'no-store');
  // a body that nobody reads any more must not hold the connection
  if (!ctx.req.complete) ctx.set('connection', 'close');
  if (status === 503 || status === 429) ctx.set('retry-after', '1');
  ctx.body = JSON.stringify({
    type: `https://digione.example/errors/${code}`,
    title: STATUS_CODES[status],
    status,
    code,
    detail:
      status === 500 ? 'Something went wrong on our side. Give the trace number to the support.' : refusal.message,
    trace,
    ...refusal.extra,
  });
  ctx.type = 'application/problem+json';
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isClientError(error)) return new Refusal(error.status === 413 ? 'too-large' : 'invalid', error.message);
  return new Refusal('internal', 'unexpected', { cause: error });
}

/** Errors of Koa's own parts, which say whether their message may be shown. */
function isClientError(error: unknown): error is Error & { status: number } {
  const candidate = error as { status?: number; expose?: boolean };
  return error instanceof Error && candidate.expose === true && (candidate.status ?? 500) < 500;
}

function causeOf({ cause }: Refusal): string | undefined {
  if (cause === undefined) return undefined;
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
