import { randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/index.ts';

/** SQL of the id of the row of line `line`: unique among all statements, in the order of the lines. One of these for each statement. */
export function lineIds(clock: Clock): (line: string) => string {
  const chance = randomBytes(10);
  const head = (BigInt(clock.now().getTime()) << 16n) | 0x7000n | BigInt(chance.readUInt16BE(0) & 0xfff);
  return (line) => `line_id(${head}, ${line}, ${chance.readBigInt64BE(2)})`;
}
