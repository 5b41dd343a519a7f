import { dataElements, type Manifest } from '@digione/sdk/manifest';

/** What the catalogue can be narrowed by, as `kind:value` words taken from the manifest alone. */
export function facetsOf({ audience, scopes, vendor, price, accessibility, ai, licence }: Manifest): string[] {
  const facets = [
    ...audience.roles.map((role) => `role:${role}`),
    ...audience.schoolForms.map((form) => `school-form:${form}`),
    ...scopes.map(({ legalBasis }) => `legal-basis:${legalBasis}`),
    ...scopes.flatMap(({ elements }) => elements.map((element) => `data:${categoryOf(element)}`)),
    ...(scopes.length === 0 ? ['data:none'] : []),
    `country:${vendor.country}`,
    `price:${price.perLearnerYear === 0 ? 'free' : 'paid'}`,
    `accessibility:${accessibility.level}`,
    `ai:${ai.used ? 'yes' : 'no'}`,
    `licence:${licence}`,
  ];
  return [...new Set(facets)].sort();
}

/** Group of personal data; what a plugin stores itself is content. */
export function categoryOf(element: string): string {
  return Object.hasOwn(dataElements, element) ? dataElements[element as keyof typeof dataElements].category : 'content';
}
