export { buildPortal, portalIsStale } from './build.ts';
export { type PortalPagesOptions, portalPages } from './serve.ts';
