export { appendToLog, entriesFrom, leafHashesFrom, type LogEntry, type LogKind } from './log-store.ts';
export { createLogTree, type LogTree } from './log-tree.ts';
export { logRoutes } from './routes.ts';
