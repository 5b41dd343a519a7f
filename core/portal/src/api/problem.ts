/** A refusal of the core, as RFC 9457 problem+json carries it. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly trace: string | undefined;

  constructor(facts: { status: number; code: string; message?: string; trace?: string }) {
    super(facts.message ?? facts.code);
    this.name = 'Problem';
    this.status = facts.status;
    this.code = facts.code;
    this.trace = facts.trace;
  }
}

export async function problemFrom(answer: Response): Promise<Problem> {
  const body: Record<string, unknown> = await answer.json().catch(() => ({}));
  return new Problem({
    status: answer.status,
    code: typeof body.code === 'string' ? body.code : `http-${answer.status}`,
    message: typeof body.detail === 'string' ? body.detail : undefined,
    trace: typeof body.trace === 'string' ? body.trace : (answer.headers.get('x-trace-id') ?? undefined),
  });
}
