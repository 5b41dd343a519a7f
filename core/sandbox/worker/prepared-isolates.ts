import type ivm from 'isolated-vm';
import { compileBootstrap, newIsolate, newRealm, type Realm, type RealmMaker } from './realm.ts';

export interface PreparedIsolate {
  isolate: ivm.Isolate;
  bootstrap: ivm.Script;
  realm: Realm | undefined;
}

/** Isolates of nobody with the bootstrap already run: a new plugin or municipality waits only for its own code. */
export class PreparedIsolates {
  readonly #maker: RealmMaker;
  readonly #onCatastrophe: () => void;
  readonly #ready: PreparedIsolate[] = [];
  #filling = false;

  constructor(maker: RealmMaker, onCatastrophe: () => void) {
    this.#maker = maker;
    this.#onCatastrophe = onCatastrophe;
  }

  async take(): Promise<PreparedIsolate> {
    const ready = this.#ready.pop();
    setTimeout(() => void this.fill(), 5).unref();
    return ready ?? this.#make();
  }

  async fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    try {
      while (this.#ready.length < this.#maker.limits.preparedIsolates) this.#ready.push(await this.#make());
    } finally {
      this.#filling = false;
    }
  }

  async #make(): Promise<PreparedIsolate> {
    const isolate = newIsolate(this.#maker.limits, this.#onCatastrophe);
    const bootstrap = await compileBootstrap(isolate, this.#maker);
    return {
      isolate,
      bootstrap,
      realm: await newRealm(isolate, bootstrap, { limits: this.#maker.limits, step: (work) => work() }),
    };
  }
}
