import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Manifest } from '@digione/sdk/manifest';
import { refuse } from '../../kernel/index.ts';
import type { PluginGrant } from '../../marketplace/index.ts';

export type Collection = Manifest['collections'][number];

export function collectionOf({ plugin, manifest }: PluginGrant, name: string): Collection {
  const found = manifest.collections.find((collection) => collection.name === name);
  return found ?? refuse('not-found', `Plugin "${plugin}" declares no collection "${name}" in digione.json.`);
}

/** Checks values against the schemas of manifests; keeps the compiled checks of the most recently used collections. */
export interface CollectionChecks {
  check(grant: PluginGrant, collection: Collection, value: unknown): void;
}

export function createCollectionChecks(kept = 500): CollectionChecks {
  const compiled = new Map<string, ValidateFunction>();

  function checkOf({ digest, plugin }: PluginGrant, { name, schema }: Collection): ValidateFunction {
    const key = `${digest} ${name}`;
    const check = compiled.get(key) ?? compile(plugin, name, schema);
    compiled.delete(key); // put back as the newest
    compiled.set(key, check);
    const [oldest] = compiled.keys();
    if (compiled.size > kept && oldest !== undefined) compiled.delete(oldest);
    return check;
  }

  return {
    check(grant, collection, value) {
      const check = checkOf(grant, collection);
      if (check(value)) return;
      const where = check.errors?.[0];
      refuse(
        'invalid-argument',
        `The record does not fit the schema of "${collection.name}" at ${where?.instancePath || '/'}: ${where?.message}.`,
      );
    },
  };
}

/** An instance for each schema, so that the ids inside one vendor's schema never meet another's. */
function compile(plugin: string, name: string, schema: object): ValidateFunction {
  try {
    // The registry has held it against its draft.
    const ajv = new Ajv2020({ strict: false, validateFormats: false, ownProperties: true, validateSchema: false });
    return ajv.compile(schema);
  } catch (cause) {
    return refuse('invalid-argument', `Plugin "${plugin}" has a schema for "${name}" that can not be used.`, { cause });
  }
}
