/** Tests for plugins: a school in memory and a host that keeps the same rules as the real one. */
export type { DoorDeps } from './door-deps.ts';
export type { Shelf } from './storage-doors.ts';
export {
  type ConsentQuestion,
  createTestHost,
  type LogLine,
  type PublishedEvent,
  type SentMessage,
  type TestHost,
} from './test-host.ts';
export { type PluginUnderTest, testPlugin } from './test-plugin.ts';
export { makeTestSchool, type TestClass, type TestSchool, type TestStudent } from './test-school.ts';
