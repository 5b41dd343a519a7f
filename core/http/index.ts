export { defineRoute, type Caller, type Method, type Reply, type Route, type RouteRequest } from './route.ts';
export { createService, type Listening, type Service, type ServiceOptions } from './service.ts';
export { readBytes } from './read-body.ts';
export { sayError } from './schema-check.ts';
export type { ApiTitle } from './openapi.ts';
