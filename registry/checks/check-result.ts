/** Names of the automatic checks, in the order in which they run. */
export const checkNames = [
  'manifest',
  'plain-text',
  'size',
  'languages',
  'licence',
  'engines',
  'surfaces',
  'capabilities',
  'secrets',
  'invisible-text',
  'starts',
] as const;
export type CheckName = (typeof checkNames)[number];

/** `error` sends the version back to its vendor, `warning` is for the reviewer to weigh. */
export type Severity = 'error' | 'warning';

export interface CheckResult {
  check: CheckName;
  ok: boolean;
  severity: Severity;
  /** What was found and how to mend it. */
  message: string;
  /** File, and the place in it, when there is one. */
  where?: string;
}

/** What one check found wrong; nothing found is a check passed. */
export type Finding = Pick<CheckResult, 'severity' | 'message' | 'where'>;

export function error(message: string, where?: string): Finding {
  return { severity: 'error', message, ...(where !== undefined && { where }) };
}

export function warning(message: string, where?: string): Finding {
  return { severity: 'warning', message, ...(where !== undefined && { where }) };
}
