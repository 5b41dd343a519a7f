import type { PluginEvent } from '../capabilities/index.ts';
import type { ViewTree } from '../views/index.ts';
import { type Context, createContext } from './context.ts';
import { type Guest, guest, type RegisteredPlugin } from './guest.ts';

/** Takes what the page or a view's action sent. Nobody but the host checked it: treat it as a stranger's. */
// Written as a method so that an author may annotate the argument with its own type.
export type CallHandler = { handler(argument: unknown, context: Context): unknown }['handler'];
/** Answers what a tile shows. */
export type TileHandler = (context: Context) => ViewTree | Promise<ViewTree>;
/** Takes an event to which the manifest subscribes. At least once, in order per key: handling it twice must do no harm. */
export type EventHandler = { handler(event: PluginEvent, context: Context): unknown }['handler'];
/** Runs at a time of the manifest's schedule. */
export type ScheduleHandler = (context: Context) => unknown;

/** What a plugin's backend consists of. Names match the manifest's surfaces, events and schedules. */
export interface Plugin {
  readonly calls?: Readonly<Record<string, CallHandler>>;
  readonly tiles?: Readonly<Record<string, TileHandler>>;
  readonly events?: Readonly<Record<string, EventHandler>>;
  readonly schedules?: Readonly<Record<string, ScheduleHandler>>;
}

/**
 * Hands the backend to the host. Call it once, at the end of `backend.ts`. Outside of a sandbox (in a test) it only
 * returns the plugin.
 *
 * @example
 * export default definePlugin({
 *   calls: { greet: (argument: { name: string }, { i18n }) => `${i18n.pick({ fi: 'Hei', sv: 'Hej', en: 'Hello' })} ${argument.name}` },
 * });
 */
export function definePlugin<P extends Plugin>(plugin: P): P {
  const host = guest();
  host?.register(bind(plugin, host));
  return plugin;
}

/** Gives each handler its context, made anew for each call. */
export function bind(plugin: Plugin, host: Guest): RegisteredPlugin {
  const withArgument = (handler: CallHandler) => (argument: unknown) => handler(argument, createContext(host));
  const withoutArgument = (handler: (context: Context) => unknown) => () => handler(createContext(host));
  return Object.freeze({
    calls: mapped(plugin.calls, withArgument),
    tiles: mapped(plugin.tiles, withoutArgument),
    events: mapped(plugin.events, (handler) => withArgument(handler as CallHandler)),
    schedules: mapped(plugin.schedules, withoutArgument),
  });
}

function mapped<Handler>(
  handlers: Readonly<Record<string, Handler>> | undefined,
  wrap: (handler: Handler) => (argument: unknown) => unknown,
) {
  return Object.freeze(
    Object.fromEntries(Object.entries(handlers ?? {}).map(([name, handler]) => [name, wrap(handler)])),
  );
}
