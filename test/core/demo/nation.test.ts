import test from 'ava';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { nationCities, writeCityBundle } from '../../../core/demo/index.ts';
import { confirmed, openTowns } from '../education/towns.ts';

test('the nation has 300 municipalities, 2 500 schools and 600 000 learners', (t) => {
  const cities = nationCities();
  t.is(cities.length, 300);
  t.is(new Set(cities.map(({ code }) => code)).size, 300);
  t.is(
    cities.reduce((sum, { learners }) => sum + learners, 0),
    600_000,
  );
  t.is(
    cities.reduce((sum, { schools }) => sum + schools, 0),
    2_500,
  );
  t.is(Math.max(...cities.map(({ learners }) => learners)), 50_000);
  t.true(cities.every(({ learners, schools }) => learners > 0 && schools > 0));
});

test('a city’s bundle is the same bytes each time and loads without a problem', async (t) => {
  await using towns = await openTowns();
  const city = { code: '399', learners: 300, schools: 2 };
  const paths = [towns.path('one.zip'), towns.path('two.zip')] as const;
  for (const path of paths) await writeCityBundle(city, createWriteStream(path));
  t.deepEqual(await readFile(paths[0]), await readFile(paths[1]));
  const town = await towns.add();
  const report = await town.loadPath(paths[0], confirmed);
  t.deepEqual(report.problems, []);
  t.is(report.counts.newLearners, 300);
  t.is(report.counts.enrollments?.added, 3 * (300 + Math.ceil(300 / 22)));
  const siblings = await town.rows('select guardian_id from guardianship group by 1 having count(*) > 1');
  t.true(siblings.length > 10);
});
