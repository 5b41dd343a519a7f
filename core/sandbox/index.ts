export type { ContextKey } from './context-key.ts';
export { type CallLimits, defaultLimits, type SandboxLimits } from './limits.ts';
export type { JobKind, SandboxJob } from './sandbox-job.ts';
export {
  createSandbox,
  type DisabledPlugin,
  type Sandbox,
  type SandboxFigures,
  type SandboxOptions,
} from './sandbox.ts';
export { type FigureDelta, wallBounds } from './supervisor/figures.ts';
