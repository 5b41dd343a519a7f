// Entry of a worker process. Its only way out is the socket on descriptor 3.
import { Socket } from 'node:net';
import { FrameReader } from '../protocol/frame.ts';
import type { ToWorker } from '../protocol/messages.ts';
import { outboxTo } from './outbox.ts';
import { Worker } from './worker.ts';

const caps = { headerBytes: 100_000, payloadBytes: 64_000_000 };

// process.exit() waits for isolates that never stop; only a signal ends this process for sure.
const end = () => process.kill(process.pid, 'SIGKILL');

const channel = new Socket({ fd: 3 });
const outbox = outboxTo(channel);
let worker: Worker | undefined;

const reader = new FrameReader(caps, (header, payload) => {
  const message = header as ToWorker;
  if (message.t !== 'hello') return worker?.receive(message, payload);
  worker = new Worker(message.limits, outbox);
  worker.start().catch((error: unknown) => {
    console.error('sandbox worker did not start', error);
    end();
  });
});

channel.on('data', (chunk) => reader.push(chunk));
channel.on('close', end);
channel.on('error', end);
