import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommonConfig } from '../config/index.ts';
import { connectDatabase } from '../db/index.ts';
import { seedDemonstration } from '../demo/index.ts';
import { hashNationalId } from '../identity/index.ts';
import { systemClock, type Log } from '../kernel/index.ts';

export interface SeedDatabase {
  config: CommonConfig;
  /** Address with the application role: the seed lives under the same isolation as everybody. */
  url: string;
  log: Log;
  tell(detail: string): void;
}

/** The demonstration's municipalities, once; a start that was killed in the middle goes on from the next municipality. */
export async function seedDatabase({ config, url, log, tell }: SeedDatabase): Promise<void> {
  await using database = await connectDatabase({ url, schema: 'core', poolSize: 2, log });
  const text = readFileSync(join(config.dataFolder, 'secrets', 'identifiers.key'), 'utf8');
  const key = createSecretKey(Buffer.from(text.trim(), 'base64'));
  await seedDemonstration({
    database,
    log,
    clock: systemClock(config.today),
    hashIdentifier: (value) => hashNationalId(key, value),
    progress: ({ municipality, done, total }) => tell(`${municipality} (${done}/${total})`),
  });
}
