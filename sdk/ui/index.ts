/** The page of a plugin: its bridge to the backend and to the portal. What the two say to each other is in PROTOCOL.md. */
export { codeOf, PluginError } from '../errors/index.ts';
export type { EventName, EventValue, Theme } from '../events/index.ts';
export { type Bridge, type BridgePort, type Calls, createBridge } from './bridge.ts';
export { connect } from './connect.ts';
export { type PageWindow, shakeHands, type WindowMessage } from './handshake.ts';
