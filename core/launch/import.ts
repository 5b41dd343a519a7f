import { createSecretKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommonConfig, type CommonConfig, type Environment } from '../config/index.ts';
import { connectDatabase, provision, startEmbeddedPostgres } from '../db/index.ts';
import { importUsage, runImportCommand } from '../education/index.ts';
import { hashNationalId } from '../identity/index.ts';
import { createLog, systemClock } from '../kernel/index.ts';

/** `npm run import -- bundle.zip --municipality 049`: the same import as in the portal, on the command line. */
async function main(args: string[], environment: Environment): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    console.log(importUsage);
    return args.length === 0 ? 2 : 0;
  }
  const config = readCommonConfig(environment);
  const keyFile = join(config.dataFolder, 'secrets', 'identifiers.key');
  if (!existsSync(keyFile)) {
    console.error(`${config.dataFolder} is no data folder of DigiOne. Run "npm start" once, or set DIGIONE_DATA_DIR.`);
    return 2;
  }
  await using parts = new AsyncDisposableStack();
  const url = await databaseOf(config, environment, parts);
  const log = createLog({ name: 'import', level: 'warn' });
  const database = parts.use(await connectDatabase({ url, schema: 'core', poolSize: 3, log }));
  const key = createSecretKey(Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'base64'));
  // Awaited here, so that the connection outlives the import.
  return await runImportCommand({
    args,
    database,
    clock: systemClock(config.today),
    hashIdentifier: (value) => hashNationalId(key, value),
    language: 'en',
    output: process.stdout,
  });
}

/** The server of a platform that runs is used and left running; one that was started here is stopped again. */
async function databaseOf(
  config: CommonConfig,
  environment: Environment,
  parts: AsyncDisposableStack,
): Promise<string> {
  const given = environment['DIGIONE_CORE_DATABASE'];
  if (given) return given;
  if (environment['DATABASE_URL']) return (await provision(environment['DATABASE_URL'])).coreUrl;
  const isAnothers = existsSync(join(config.dataFolder, 'run.pid'));
  const embedded = parts.use(
    await startEmbeddedPostgres({ dataFolder: config.dataFolder, database: 'digione', isAnothers }),
  );
  return (await provision(embedded.url)).coreUrl;
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env);
} catch (error) {
  console.error(`The import did not begin. ${(error as Error).message}`);
  process.exitCode = 1;
}
