export { checkNames, type CheckName, type CheckResult, type Severity } from './check-result.ts';
export { passes, runChecks, type CheckOptions } from './run-checks.ts';
export type { StartInSandbox } from './starts.ts';
export { createStartInSandbox, type BackendRunner } from './start-in-sandbox.ts';
export { sizeLimits } from './size.ts';
