// One city of 50 000 learners, loaded by a process of its own: seconds and the most memory that it took.
import { fork } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../core/db/index.ts';
import { writeCityBundle } from '../../core/demo/index.ts';
import { testDatabase } from '../support/database.ts';
import { addMunicipality } from '../core/education/bundle-fixture.ts';
import { medianOf, report } from './harness.ts';
import type { CityLoad, LoadedCity } from './city-loader.ts';

const runs = 3;
const secondsAsked = 60;
const megabytesAsked = 300;

const folder = mkdtempSync(join(tmpdir(), 'digione-bench-'));
try {
  const bundle = join(folder, 'city.zip');
  await writeCityBundle({ code: '100', learners: 50_000, schools: 200 }, createWriteStream(bundle));
  await using server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), database: 'bench' });
  process.env['DIGIONE_TEST_POSTGRES'] = server.url;
  await using platform = await testDatabase();
  const loads: LoadedCity[] = [];
  for (let run = 0; run < runs; run += 1) {
    const municipality = await addMunicipality(platform.database, String(500 + run));
    loads.push(await loadInItsOwnProcess({ url: platform.provisioned.coreUrl, municipality, bundle }));
    console.log(loads.at(-1));
  }
  const row = (what: string, unit: string, values: number[], most: number) => {
    const ours = medianOf(values);
    const spread: [number, number] = [Math.min(...values) / most, Math.max(...values) / most];
    return {
      what,
      unit,
      ours,
      beside: most,
      besideName: 'asked at most',
      ratio: ours / most,
      goal: 1,
      met: ours <= most,
      spread,
    };
  };
  await report('import-city', runs, [
    row(
      `${loads[0]!.rows} rows of a city of 50 000 learners`,
      's',
      loads.map(({ seconds }) => seconds),
      secondsAsked,
    ),
    row(
      'most resident memory of the importing process',
      'MB',
      loads.map(({ megabytes }) => megabytes),
      megabytesAsked,
    ),
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function loadInItsOwnProcess(task: CityLoad): Promise<LoadedCity> {
  const child = fork(new URL('./city-loader.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  child.send(task);
  return new Promise((resolve, reject) => {
    child.once('message', (loaded) => resolve(loaded as LoadedCity));
    child.once('exit', (code) => reject(new Error(`The import ended with ${code}.`)));
  });
}
