/** The manifest of a plugin: `digione.json`. */
export {
  type DataCategory,
  type DataElement,
  dataElements,
  type EducationElement,
  type ElementId,
} from './data-elements.ts';
export { type CoreEvent, type CoreEventName, coreEvents } from './core-events.ts';
export { type CronTimes, parseCron } from './cron.ts';
export { defineManifest } from './define-manifest.ts';
export { type JsonDocument, JsonRefused, parseJson, type Place, placeOf } from './json-document.ts';
export { unsafePattern } from './safe-pattern.ts';
export { type Manifest, ManifestSchema } from './schema.ts';
export { type ScopeName, scopeNames } from './scope-names.ts';
export { readableText, type Texts, TextsSchema, textsUpTo } from './texts.ts';
export {
  collectionPattern,
  type Language,
  type LegalBasis,
  languages,
  legalBases,
  methodPattern,
  pluginIdPattern,
  type Role,
  roles,
  type SchoolForm,
  schoolForms,
  slugPattern,
  versionPattern,
} from './words.ts';
export { manifestLimits, type ManifestProblem, type ValidatedManifest, validateManifest } from './validate-manifest.ts';
