export { reviewRoutes } from './routes.ts';
export { createServiceTokens, readServiceKeys, type ServiceTokens } from './service-token.ts';
