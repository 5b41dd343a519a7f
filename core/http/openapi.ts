import type { TSchema } from 'typebox';
import { refusalCodes, type RefusalCode } from '../kernel/index.ts';
import type { Route } from './route.ts';

export interface ApiTitle {
  title: string;
  version: string;
  description?: string;
}

/** OpenAPI 3.1 of the routes as they are: the description can't differ from the code. */
export function describeApi<Actor>(routes: readonly Route<Actor>[], info: ApiTitle): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return { openapi: '3.1.0', info, paths, components: { schemas: { Problem: problemSchema } } };
}

function operation<Actor>(route: Route<Actor>): object {
  return {
    summary: route.summary,
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
    ...(route.bodyKind === 'raw' && { requestBody: { content: { 'application/octet-stream': {} } } }),
    responses: { ...answers(route), ...problems(errorsOf(route)) },
    ...(route.access !== 'public' && { security: [{ session: [] }] }),
  };
}

function parameters(schema: TSchema | undefined, place: 'path' | 'query'): object[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, TSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: value,
  }));
}

function answers<Actor>({ responses, summary }: Route<Actor>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, schema]) => [
      status,
      { description: summary, content: { 'application/json': { schema } } },
    ]),
  );
}

function errorsOf<Actor>(route: Route<Actor>): RefusalCode[] {
  const usual: RefusalCode[] = route.access === 'public' ? ['invalid'] : ['invalid', 'not-signed-in', 'not-allowed'];
  return [...usual, ...(route.freshSignIn ? (['fresh-sign-in-needed'] as const) : []), ...(route.errors ?? [])];
}

function problems(codes: readonly RefusalCode[]): Record<string, object> {
  const byStatus = Map.groupBy(new Set(codes), (code) => String(refusalCodes[code]));
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: `problem+json with code ${group.join(' or ')}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'trace'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(refusalCodes) },
    detail: { type: 'string' },
    trace: { type: 'string', description: 'The number that the log shares.' },
  },
};
