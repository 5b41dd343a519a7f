import { readFile } from 'node:fs/promises';
import test from 'ava';
import { apiReport, exportedNames } from './api-report.ts';

test('every exported name of the SDK says what it is', (t) => {
  t.deepEqual(
    exportedNames()
      .filter(({ doc }) => doc === '')
      .map(({ entry, name }) => `${entry} ${name}`),
    [],
  );
});

test('the public surface changes only on purpose: sdk/API.md is what the code exports', async (t) => {
  t.is(await readFile('sdk/API.md', 'utf8'), apiReport(), 'Run "node test/sdk/api-report.ts" if the change is meant.');
});
