import { Type } from 'typebox';
import { defineCapability } from './define.ts';
import { strict } from './parts.ts';

const fields = Type.Record(
  Type.String({ maxLength: 40 }),
  Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean(), Type.Null()]),
  {
    maxProperties: 20,
  },
);

/** Writes a line to the plugin's log, which its vendor can read: never put personal data there. */
export const log = defineCapability({
  name: 'log',
  summary: "A line in the plugin's log. The vendor reads it: no personal data.",
  scope: null,
  argument: Type.Object(
    {
      level: Type.Enum(['debug', 'info', 'warn', 'error']),
      message: Type.String({ maxLength: 1000 }),
      fields: Type.Optional(fields),
    },
    strict,
  ),
  result: Type.Null(),
});

/** The settings that the municipality gave this plugin. */
export const config = defineCapability({
  name: 'config.get',
  summary: 'The settings that the municipality gave this plugin.',
  scope: null,
  argument: Type.Object({}, strict),
  result: Type.Record(Type.String({ maxLength: 100 }), Type.Unknown()),
});

/** The plugin's own texts (`locales/<language>.json`) in the user's language. */
export const texts = defineCapability({
  name: 'i18n.texts',
  summary: "The plugin's own texts from its locales folder, in the user's language.",
  scope: null,
  argument: Type.Object({}, strict),
  result: Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 2000 })),
});
