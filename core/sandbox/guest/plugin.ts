import { describe } from './logging.ts';
import { hasOwn, NativeError, NativeTypeError } from './primordials.ts';

type Handler = (...rest: unknown[]) => unknown;

/** Which table of the registered plugin answers which kind of job, and whether its handlers take an argument. */
const tables: Record<string, { table: string; takesArgument: boolean }> = {
  call: { table: 'calls', takesArgument: true },
  tile: { table: 'tiles', takesArgument: false },
  event: { table: 'events', takesArgument: true },
  schedule: { table: 'schedules', takesArgument: false },
};

/** Holds what the plugin registered, once. */
export class RegisteredPlugin {
  #plugin: Record<string, unknown> | undefined;
  #failure = 'The plugin did not call digione.register()';

  register(plugin: unknown): void {
    if (this.#plugin !== undefined) throw new NativeError('digione.register() may be called once');
    if (typeof plugin !== 'object' || plugin === null) throw new NativeTypeError('digione.register() needs an object');
    this.#plugin = plugin as Record<string, unknown>;
  }

  /** The text of an error that ended the load of the bundle. */
  failed(error: unknown): void {
    if (this.#plugin === undefined) this.#failure = describe(error);
  }

  /** Runs the handler; undefined means that the plugin has none by this name. */
  find(kind: string, name: string): { run: (argument: unknown, context: unknown) => unknown } | undefined {
    if (this.#plugin === undefined) throw new NativeError(this.#failure);
    const place = tables[kind];
    const table = place === undefined ? undefined : (this.#plugin[place.table] as object | undefined);
    if (place === undefined || table === undefined || table === null || !hasOwn(table, name)) return undefined;
    const handler = (table as Record<string, Handler>)[name];
    if (typeof handler !== 'function') return undefined;
    return { run: (argument, context) => (place.takesArgument ? handler(argument, context) : handler(context)) };
  }
}
