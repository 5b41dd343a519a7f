export { type BreakGlass, type BreakGlassDeps, createBreakGlass } from './break-glass.ts';
export { breakGlassRoutes } from './routes.ts';
