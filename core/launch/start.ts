import { liveUntilTold } from '../kernel/index.ts';
import { startPlatform } from './platform.ts';
import { createProgress } from './progress.ts';
import { startScreen } from './start-screen.ts';

/** `npm start`: the whole platform in one command. */
const began = Date.now();
console.log('DigiOne is starting …');
const starting = startPlatform({
  environment: process.env,
  progress: createProgress(),
  onRestart: (name) => console.log(`  ! The ${name} ended by itself and is started again; its log says why.`),
});
// Told to stop in the middle of a start, it finishes the start and stops then: nothing is left half made.
liveUntilTold({
  close: async () => (await starting)[Symbol.asyncDispose](),
  onEnd: (why) => console.log(`\n  Stopping (${why}) …`),
  drainMilliseconds: 30_000,
});
try {
  console.log(startScreen(await starting));
  console.log(`  Ready after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
} catch (error) {
  console.error(`\n  DigiOne did not start. ${(error as Error).message}\n`);
  process.exit(1);
}
