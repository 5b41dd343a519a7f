import { TextsSchema, versionPattern } from '@digione/sdk/manifest';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { fail } from '../failure.ts';

const strict = { additionalProperties: false } as const;
const Changelog = Type.Array(
  Type.Object(
    {
      version: Type.String({ pattern: versionPattern, maxLength: 64 }),
      date: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
      changes: TextsSchema,
    },
    strict,
  ),
  { minItems: 1, maxItems: 1000 },
);
const changelogs = Compile(Changelog);

/** Checks `CHANGELOG.json`: what changed in each version, in three languages, and something about this one. */
export function checkChangelog(bytes: Uint8Array | undefined, version: string): Uint8Array {
  if (!bytes)
    return fail(
      'There is no CHANGELOG.json. Schools read in it what changed: [{ "version", "date", "changes": { "fi", "sv", "en" } }].',
    );
  const entries = parse(bytes);
  if (!changelogs.Check(entries)) {
    const [first] = changelogs.Errors(entries);
    return fail(`CHANGELOG.json ${first?.instancePath}: ${first?.message}.`);
  }
  if (!entries.some((entry) => entry.version === version))
    fail(`CHANGELOG.json says nothing about version ${version}. Add an entry for it.`);
  return bytes;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    return fail(`CHANGELOG.json is not JSON: ${(error as Error).message}`);
  }
}
