import { Type } from 'typebox';
import { defineCapability } from './define.ts';
import { strict } from './parts.ts';

/** A secret that the municipality's administrator set for this plugin, such as a key of an outside service. */
export const secret = defineCapability({
  name: 'secrets.get',
  summary: 'A secret that the municipality set for this plugin, or null. Never log it, never show it.',
  scope: 'secrets',
  argument: Type.Object({ name: Type.String({ pattern: '^[a-z][a-zA-Z0-9-]{0,38}$' }) }, strict),
  result: Type.Object({ value: Type.Union([Type.String({ maxLength: 8000 }), Type.Null()]) }, strict),
});
