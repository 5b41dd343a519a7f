/** The manifest of a plugin: `digione.json`. */
export { type Manifest, ManifestSchema } from './schema.ts';
export { type Texts, TextsSchema } from './texts.ts';
export {
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
  versionPattern,
} from './words.ts';
