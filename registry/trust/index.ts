export { createTrust, type Trust } from './trust.ts';
export { putTarget } from './trust-store.ts';
export { keyFromFile } from './key-files.ts';
export { trustRoutes } from './routes.ts';
export type { Target } from './metadata.ts';
