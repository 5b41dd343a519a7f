export { supportRoutes } from './routes.ts';
export { createSupport, type Support, type SupportDeps } from './support.ts';
