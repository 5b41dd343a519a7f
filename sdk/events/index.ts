/** Messages and events that cross the border between a plugin and its host. */
export {
  AnswerMessage,
  bridgeLimits,
  bridgeVersion,
  CallMessage,
  ConnectMessage,
  EventMessage,
  type EventName,
  type EventValue,
  PageMessage,
  ReadyMessage,
  stopReasons,
} from './bridge-messages.ts';
export { type Theme, ThemeSchema, type ThemeToken, themeTokens } from './theme.ts';
