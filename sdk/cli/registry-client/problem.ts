import { CliFailure, exitCodes } from '../failure.ts';

/** What the registry answers when it refuses (RFC 9457). */
export interface ProblemAnswer {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly trace?: string;
  readonly problems?: readonly { line?: number; column?: number; message: string }[];
}

/** What an author can do about some refusals. */
const advice: Readonly<Record<string, string>> = {
  'version-taken': 'A version is published once and for ever. Raise "version" in digione.json.',
  'signature-invalid': 'Is the key of "digione keygen" registered for this vendor, and not revoked?',
  'namespace-foreign': 'The token belongs to another vendor than the "id" of digione.json.',
  'token-invalid': 'Publish tokens live for at most 24 hours. Get a new one.',
};

/** Turns a refusal of the registry into the end of the command. */
export function refusedBy(registry: string, status: number, body: ProblemAnswer): CliFailure {
  const { title = `status ${status}`, detail, code, trace, problems = [] } = body;
  const lines = [
    ...problems.map(({ line, column, message }) =>
      line === undefined ? message : `digione.json:${line}:${column ?? 1} ${message}`,
    ),
    ...(code && advice[code] ? [advice[code]] : []),
    ...(trace ? [`Trace number ${trace}, if you ask the registry about it.`] : []),
  ];
  return new CliFailure(exitCodes.refused, `${registry} refused${code ? ` (${code})` : ''}: ${detail ?? title}`, lines);
}

/** The end of a command whose registry does not answer. */
export function unreachable(registry: string, cause: unknown): CliFailure {
  const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new CliFailure(
    exitCodes.unreachable,
    `The registry at ${registry} can not be reached${why}. Is the address right? Set it with --registry or DIGIONE_REGISTRY.`,
  );
}
