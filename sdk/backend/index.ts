/** The backend of a plugin: what runs in the sandbox. */
export { codeOf, type PluginErrorCode } from '../errors/index.ts';
export type { PluginEvent } from '../capabilities/index.ts';
export type { Action, View, ViewTree } from '../views/index.ts';
export type { Collection, CollectionRecord, ListOptions } from './collection.ts';
export { type Context, createContext } from './context.ts';
export {
  bind,
  type CallHandler,
  definePlugin,
  type EventHandler,
  type Plugin,
  type ScheduleHandler,
  type TileHandler,
} from './define-plugin.ts';
export { type Guest, guest, type HandlerKind, type RegisteredPlugin } from './guest.ts';
export type { Transaction } from './transaction.ts';
