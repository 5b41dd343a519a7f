import { Duplex } from 'node:stream';
import test from 'ava';
import fc from 'fast-check';
import { payloadFault } from '../../../core/sandbox/payload.ts';
import { FrameReader, writeFrame } from '../../../core/sandbox/protocol/frame.ts';
import { workerMessage } from '../../../core/sandbox/protocol/worker-message.ts';
import { Breaker } from '../../../core/sandbox/supervisor/breaker.ts';
import { FairQueue } from '../../../core/sandbox/supervisor/fair-queue.ts';

test('municipalities take turns, and so do the plugins of one municipality', (t) => {
  const queue = new FairQueue<string>(10);
  for (const item of ['a1', 'a2', 'a3']) queue.push('espoo', 'a', item);
  queue.push('espoo', 'b', 'b1');
  queue.push('turku', 'a', 't1');
  const order = Array.from({ length: 5 }, () => queue.next(() => true));
  t.deepEqual(order, ['a1', 't1', 'b1', 'a2', 'a3']);
  t.is(
    queue.next(() => true),
    undefined,
  );
  t.is(queue.size, 0);
});

test('a full line refuses, a blocked line is passed over, and items can be taken out', (t) => {
  const queue = new FairQueue<string>(2);
  t.true(queue.push('espoo', 'a', 'a1'));
  t.true(queue.push('espoo', 'a', 'a2'));
  t.false(queue.push('espoo', 'a', 'a3'));
  t.true(queue.push('turku', 'b', 'b1'));
  t.is(
    queue.next((item) => item.startsWith('b')),
    'b1',
  );
  t.deepEqual(
    queue.take((item) => item === 'a1'),
    ['a1'],
  );
  t.is(
    queue.next(() => true),
    'a2',
  );
  t.is(queue.size, 0);
});

test('whatever is pushed comes out once, in order of its own line', (t) => {
  const pushes = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 60 });
  const check = fc.property(pushes, (list) => {
    const queue = new FairQueue<[number, number, number]>(1000);
    for (const [at, [m, g]] of list.entries()) queue.push(`${m}`, `${g}`, [m, g, at]);
    const out: [number, number, number][] = [];
    for (let item = queue.next(() => true); item; item = queue.next(() => true)) out.push(item);
    t.is(out.length, list.length);
    for (let m = 0; m < 4; m += 1) {
      for (let g = 0; g < 4; g += 1) {
        const line = out.filter(([municipality, group]) => municipality === m && group === g).map(([, , at]) => at);
        t.deepEqual(
          line,
          [...line].sort((a, b) => a - b),
        );
      }
    }
  });
  fc.assert(check);
});

function breakerAt(start = 0) {
  const clock = { at: start };
  return { clock, breaker: new Breaker({ strikes: 3, windowMs: 1000, restMs: 100 }, () => clock.at) };
}

test('the breaker opens at its strikes, lets one trial through after its rest, and closes when that one succeeds', (t) => {
  const { clock, breaker } = breakerAt();
  t.deepEqual([breaker.strike('g', 1), breaker.strike('g', 1), breaker.strike('g', 1)], [false, false, true]);
  t.false(breaker.admits('g'));
  t.true(breaker.admits('other'));
  clock.at = 100;
  t.deepEqual([breaker.admits('g'), breaker.admits('g')], [true, false]);
  breaker.proved('g');
  t.true(breaker.admits('g'));
  t.deepEqual(breaker.open(), []);
});

test('a failed trial doubles the rest', (t) => {
  const { clock, breaker } = breakerAt();
  for (let n = 0; n < 3; n += 1) breaker.strike('g', 1);
  clock.at = 100;
  t.true(breaker.admits('g'));
  t.true(breaker.strike('g', 1));
  clock.at = 250;
  t.false(breaker.admits('g'));
  clock.at = 300;
  t.true(breaker.admits('g'));
});

test('old strikes are forgotten and shared ones weigh their share', (t) => {
  const { clock, breaker } = breakerAt();
  for (let n = 0; n < 5; n += 1) t.false(breaker.strike('shared', 0.5));
  clock.at = 2000;
  t.false(breaker.strike('shared', 1));
  t.true(breaker.admits('shared'));
});

function bytesOf(frames: [object, string][]): Buffer {
  const chunks: Buffer[] = [];
  const sink = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => done(void chunks.push(chunk) as never),
  });
  for (const [header, payload] of frames) writeFrame(sink, header, payload);
  return Buffer.concat(chunks);
}

test('frames survive any cutting of the stream', (t) => {
  const check = fc.property(
    fc.array(fc.tuple(fc.record({ t: fc.string({ unit: 'grapheme' }) }), fc.string({ unit: 'grapheme' })), {
      maxLength: 8,
    }),
    fc.array(fc.nat(30), { maxLength: 30 }),
    (frames, cuts) => {
      const bytes = bytesOf(frames);
      const seen: [unknown, string][] = [];
      const reader = new FrameReader({ headerBytes: 1000, payloadBytes: 1000 }, (header, payload) =>
        seen.push([header, payload]),
      );
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        if (cut > 0 && at < bytes.length) reader.push(bytes.subarray(at, at + cut));
        at += cut;
      }
      t.deepEqual(seen, frames);
    },
  );
  fc.assert(check);
});

test('a frame over its cap is refused before it is read', (t) => {
  const reader = new FrameReader({ headerBytes: 100, payloadBytes: 10 }, () => t.fail());
  t.throws(() => reader.push(bytesOf([[{}, 'x'.repeat(11)]]).subarray(0, 8)), { message: /cap/ });
});

test('messages of a worker are taken only when every field is of its kind', (t) => {
  t.truthy(workerMessage({ t: 'answer', id: 1, cpu: 0.5 }));
  const wrong: unknown[] = [
    null,
    'answer',
    {},
    { t: 'toString' },
    { t: '__proto__' },
    { t: 'answer', id: -1, cpu: 1 },
    { t: 'answer', id: 1.5, cpu: 1 },
    { t: 'answer', id: 1, cpu: 'x' },
    { t: 'answer', id: 1, cpu: Number.NaN },
    { t: 'failed', id: 1, cpu: 1, code: 'internal' },
    { t: 'invoke', id: 1, call: 1, capability: 'x'.repeat(501) },
    { t: 'log', id: 1 },
    { t: 'call', id: 1 },
  ];
  for (const message of wrong) t.is(workerMessage(message), undefined, JSON.stringify(message));
});

const caps = { messageBytes: 1000, jsonDepth: 4, jsonKeys: 10 };
const faults: [string, string | undefined][] = [
  ['{"a":[1,{"b":null}]}', undefined],
  ['"__proto__"', undefined],
  ['{"__proto__":1}', 'invalid-result'],
  ['[{"constructor":{}}]', 'invalid-result'],
  ['{"a":{"prototype":1}}', 'invalid-result'],
  ['{"\\u005f_proto__":1}', 'invalid-result'],
  ['[[[[[[]]]]]]', 'too-large'],
  ['[1,2,3,4,5,6,7,8,9,10,11]', 'too-large'],
  ['{', 'invalid-result'],
  [`"${'x'.repeat(1000)}"`, 'too-large'],
];
for (const [text, fault] of faults) {
  test(`${text.slice(0, 40)} ${fault === undefined ? 'may cross the border' : `is stopped at the border as ${fault}`}`, (t) => {
    t.is<string | undefined, string | undefined>(payloadFault(text, caps), fault);
  });
}
