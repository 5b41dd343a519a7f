import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import test from 'ava';
import { manifestSchema, reference } from './reference.ts';
import { sampleManifest } from './sample-manifest.ts';

const meant = 'Run "node test/sdk/reference.ts" if the change is meant.';

test('the reference of doors, elements, errors and views is what the code says', async (t) => {
  t.is(await readFile('sdk/REFERENCE.md', 'utf8'), reference(), meant);
});

test("the manifest's JSON Schema for editors is what the code says, and another validator understands it", async (t) => {
  const text = await readFile('sdk/manifest/digione.schema.json', 'utf8');
  t.deepEqual(JSON.parse(text), JSON.parse(manifestSchema()), meant);
  const accepts = new Ajv2020({ strict: false }).compile(JSON.parse(text));
  t.true(accepts(sampleManifest), JSON.stringify(accepts.errors));
  t.false(accepts({ ...sampleManifest, more: 1 }));
  t.false(accepts({ ...sampleManifest, version: '1.0' }));
});
