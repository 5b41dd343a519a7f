import {
  codeOf,
  isPluginErrorCode,
  isRetryable,
  PluginError,
  pluginErrorCodes,
  pluginErrors,
} from '@digione/sdk/errors';
import { refusalCodes } from '@digione/core/kernel';
import test from 'ava';

test('every code has a meaning, and stands in alphabetical order', (t) => {
  t.deepEqual(Object.keys(pluginErrors).sort(), [...pluginErrorCodes].sort());
  t.deepEqual([...pluginErrorCodes], [...pluginErrorCodes].sort());
});

test('the host knows a status for every code', (t) => {
  t.deepEqual(
    pluginErrorCodes.filter((code) => !(code in refusalCodes)),
    [],
  );
});

test('only codes of the list are codes', (t) => {
  t.true(isPluginErrorCode('worker-lost'));
  for (const stranger of ['toString', '__proto__', '', 1, null, undefined, {}]) t.false(isPluginErrorCode(stranger));
});

test('the code of an error is read only from errors', (t) => {
  t.is(codeOf(new PluginError('not-allowed', 'x')), 'not-allowed');
  t.is(codeOf(Object.assign(new Error('x'), { code: 'ENOENT' })), undefined);
  t.is(codeOf({ code: 'not-allowed' }), undefined);
});

test('a lost worker may be asked again, a missing scope may not', (t) => {
  t.true(isRetryable('worker-lost'));
  t.false(isRetryable('scope-missing'));
});
