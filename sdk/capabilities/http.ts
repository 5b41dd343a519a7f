import { Type } from 'typebox';
import { defineCapability } from './define.ts';
import { strict } from './parts.ts';

const header = Type.String({ pattern: '^[\\x20-\\x7e]*$', maxLength: 2000 });
const headers = Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{1,60}$' }), header, { maxProperties: 20 });

/**
 * A request to a host that the manifest's `egress` names and the municipality's agreement accepts. What this context has read
 * so far must be among the data that the agreement lets go there.
 */
export const request = defineCapability({
  name: 'http.request',
  summary:
    'A request to a host of the manifest’s egress list; refused when the context has read data that may not go there.',
  scope: 'http',
  argument: Type.Object(
    {
      url: Type.String({ minLength: 8, maxLength: 2000 }),
      method: Type.Optional(Type.Enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])),
      headers: Type.Optional(headers),
      body: Type.Optional(Type.String({ maxLength: 256_000 })),
    },
    strict,
  ),
  result: Type.Object(
    {
      status: Type.Integer({ minimum: 100, maximum: 599 }),
      headers: Type.Record(Type.String(), Type.String()),
      body: Type.String(),
    },
    strict,
  ),
});
