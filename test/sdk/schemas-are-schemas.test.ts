import { capabilities } from '@digione/sdk/capabilities';
import { Ajv2020 } from 'ajv/dist/2020.js';
import test from 'ava';

test('what the host compiles without a look at the draft is a JSON Schema of draft 2020-12', (t) => {
  const ajv = new Ajv2020({ strict: false });
  for (const [name, { argument, result }] of Object.entries(capabilities))
    for (const schema of [argument, result]) t.true(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`);
});
