import test from 'ava';
import { readAhead } from '../../../core/education/import/read-ahead.ts';

async function* numbers(upTo: number, taken: number[], failure?: Error): AsyncGenerator<number> {
  for (let number = 1; number <= upTo; number += 1) {
    taken.push(number);
    yield number;
  }
  if (failure) throw failure;
}

const one = { sizeOf: () => 1, most: 3 };
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('what is read ahead comes in order, and no more of it waits than allowed', async (t) => {
  const taken: number[] = [];
  await using ahead = readAhead(numbers(10, taken), one);
  for (let turn = 0; turn < 20; turn += 1) await settled();
  t.deepEqual(taken, [1, 2, 3, 4]);
  t.deepEqual(await Array.fromAsync(ahead.values()), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('an error comes after the values before it', async (t) => {
  await using ahead = readAhead(numbers(2, [], new Error('broken')), one);
  const values: number[] = [];
  await t.throwsAsync(
    async () => {
      for await (const value of ahead.values()) values.push(value);
    },
    { message: 'broken' },
  );
  t.deepEqual(values, [1, 2]);
});

test('reading that nobody wants any more ends and gives its source back', async (t) => {
  let closed = false;
  async function* source() {
    try {
      for (;;) yield 1;
    } finally {
      closed = true;
    }
  }
  await readAhead(source(), one)[Symbol.asyncDispose]();
  t.true(closed);
});
