import { listPush } from './primordials.ts';

/** Four primitives for each message; or one answer alone, in a list of one or without any. */
export type SliceMessages = string | (string | number)[];

type Kind = 'answer' | 'failed' | 'invoke' | 'log' | 'wake';

/**
 * What one slice leaves for the worker: a flat list of primitives, four for each message. The worker's entrance returns the list,
 * and V8 copies it out after the slice's microtasks have run; so no native function and no handle has to live in this realm.
 */
export class Door {
  #messages: (string | number)[] = [];
  #wakeAt = -1;
  #closed = false;
  /** The answer, when it is the slice's only message. */
  answered: string | undefined;

  /** Begins a slice: its messages go into a new list. */
  open(): (string | number)[] {
    this.#messages = [];
    this.#wakeAt = -1;
    this.#closed = false;
    this.answered = undefined;
    return this.#messages;
  }

  /** The last message of a call: nothing that its code does later is heard. */
  answer(call: number, text: string): void {
    if (this.#messages.length > 0) {
      this.put('answer', call, text);
      return;
    }
    this.#closed = true;
    this.answered = text;
    listPush(this.#messages, text);
  }

  put(kind: Kind, number: number, text = '', more = ''): void {
    if (this.#closed) return;
    listPush(this.#messages, kind);
    listPush(this.#messages, number);
    listPush(this.#messages, text);
    listPush(this.#messages, more);
  }

  /** Milliseconds until a timer is due, or -1. Said again it replaces what was said: a storm of timers stays one message. */
  wake(wait: number): void {
    if (this.#closed) return;
    if (this.#wakeAt >= 0) {
      this.#messages[this.#wakeAt] = wait;
      return;
    }
    this.#wakeAt = this.#messages.length + 1;
    this.put('wake', wait);
  }
}

/** What a guest may use, counted inside its own realm so that a flood costs only the guest. */
export interface GuestLimits {
  messageBytes: number;
  callsInFlight: number;
  callsTotal: number;
  callBytesTotal: number;
  timers: number;
  logLines: number;
  logBytes: number;
}
