import type { AgreementElement, Language, Manifest } from '../../api/shapes.ts';

/** What the vendor proposes, one line for each purpose and element: the form's first values. */
export function proposedElements({ scopes }: Manifest, language: Language): AgreementElement[] {
  return scopes.flatMap(({ purpose, elements, legalBasis, necessity, retentionDays }) =>
    elements.map((element) => ({ purpose, element, legalBasis, necessity: necessity[language], retentionDays })),
  );
}
