import { liveUntilTold } from '../kernel/index.ts';
import { startPlatform } from './platform.ts';
import { createProgress } from './progress.ts';
import { startScreen } from './start-screen.ts';

/** `npm start`: the whole platform in one command. */
const began = Date.now();
console.log('DigiOne is starting …');
const told = new AbortController();
const starting = startPlatform({
  environment: process.env,
  progress: createProgress(),
  onRestart: (name) => console.log(`  ! The ${name} ended by itself and is started again; its log says why.`),
  signal: told.signal,
});
// Whoever read the lines may be gone before us.
process.stdout.on('error', () => undefined);
liveUntilTold({
  async close() {
    told.abort(new Error('It was told to stop.'));
    await starting.then(
      (platform) => platform[Symbol.asyncDispose](),
      // Told in the middle of a start: what was started is stopped again, and the next start goes on from there.
      () => undefined,
    );
  },
  onEnd: (why) => console.log(`\n  Stopping (${why}) …`),
  drainMilliseconds: 30_000,
});
try {
  console.log(startScreen(await starting));
  console.log(`  Ready after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
} catch (error) {
  if (!told.signal.aborted) {
    console.error(`\n  DigiOne did not start. ${(error as Error).message}\n`);
    process.exit(1);
  }
}
