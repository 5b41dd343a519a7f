/** The host's bounds of sdk/ui/PROTOCOL.md, version 1. */
export const bridgeLimits = Object.freeze({
  callsInFlight: 32,
  jsonCharacters: 1_000_000,
  depth: 32,
  /** Calls per second, averaged over ten seconds. */
  callsPerTenSeconds: 200,
  messagesPerSecond: 200,
  malformed: 20,
  height: 20_000,
  readyPerMinute: 10,
  /** Milliseconds that a page has to say that it is there, once its document has loaded. */
  patience: 10_000,
});
