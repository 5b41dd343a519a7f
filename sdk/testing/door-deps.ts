import type { Manifest } from '../manifest/index.ts';
import type { TestSchool } from './test-school.ts';

/** What the doors of a test work with. */
export interface DoorDeps {
  readonly manifest: Manifest;
  readonly school: TestSchool;
}
