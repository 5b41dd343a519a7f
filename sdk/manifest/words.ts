/** The small closed vocabularies that manifests, capabilities and events share. */

/** Languages in which every text of a plugin is given. */
export const languages = ['fi', 'sv', 'en'] as const;
/** One of the three languages. */
export type Language = (typeof languages)[number];

/** Roles in which a person can meet a plugin. The names follow OneRoster's where it has one. */
export const roles = ['teacher', 'student', 'guardian', 'principal', 'siteAdministrator'] as const;
/** One of the roles. */
export type Role = (typeof roles)[number];

/** Legal bases a plugin may propose and a municipality may choose per data element and purpose. */
export const legalBases = ['statutory', 'public-task', 'consent'] as const;
/** One of the legal bases. */
export type LegalBasis = (typeof legalBases)[number];

/** Forms of schooling, as an audience. */
export const schoolForms = ['early', 'preschool', 'basic', 'upper-secondary', 'vocational', 'adult'] as const;
/** One of the school forms. */
export type SchoolForm = (typeof schoolForms)[number];

/** `vendor/name`, both in small ASCII letters, digits and hyphens. */
export const pluginIdPattern = '^[a-z][a-z0-9-]{1,38}/[a-z][a-z0-9-]{1,38}$';

/** Strict SemVer 2.0 without build metadata (https://semver.org/#backusnaur-form-grammar-for-valid-semver-versions). */
export const versionPattern =
  '^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})(-(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?$';

/** Names of methods, as a page calls them. */
export const methodPattern = '^[a-zA-Z][a-zA-Z0-9]{0,63}$';

/** Names that authors choose for tiles, pages, purposes, schedules. */
export const slugPattern = '^[a-z][a-z0-9-]{0,38}$';

/** Names of storage collections. */
export const collectionPattern = '^[a-z][a-zA-Z0-9]{0,38}$';
