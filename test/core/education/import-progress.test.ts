import test from 'ava';
import { meterProgress, type ImportProgress } from '../../../core/education/import/import-progress.ts';

test('progress counts rows and bytes, and grows from nothing to the whole', (t) => {
  const steps: ImportProgress[] = [];
  const meter = meterProgress(new Map([['orgs', 100] as const, ['users', 300] as const]), (step) => steps.push(step));
  meter.read('orgs', { rows: 1, bytes: 50 });
  meter.read('orgs', { rows: 2, bytes: 100 });
  meter.merge('orgs');
  meter.read('users', { rows: 9, bytes: 300 });
  meter.merge('users');
  t.deepEqual(
    steps.map(({ share }) => share),
    [0.0625, 0.125, 0.125, 0.625, 0.625],
  );
  t.deepEqual(steps.at(-1), { file: 'users', phase: 'merging', rows: 9, bytes: 300, ofBytes: 300, share: 0.625 });
});
