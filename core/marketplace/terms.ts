import type { Manifest } from '@digione/sdk/manifest';
import { canonicalJson, refuse, sha256Hex } from '../kernel/index.ts';

export type LegalBasis = 'statutory' | 'public-task' | 'consent';

/** What the municipality decides for one data element and purpose. */
export interface ElementTerms {
  purpose: string;
  element: string;
  legalBasis: LegalBasis;
  necessity: string;
  retentionDays: number;
  background: boolean;
  /** What is left out is not asked: the whole value, sending on as far as egress says, for as long as the user is signed in. */
  coarse?: boolean;
  noExport?: boolean;
  lease?: 'during-request';
}

export type ElementChoice = Omit<ElementTerms, 'background' | 'necessity' | 'retentionDays'> &
  Partial<Pick<ElementTerms, 'background' | 'necessity' | 'retentionDays'>>;

/** The agreement as it is kept: generated from the signed manifest, so that what is shown is what is enforced. */
export interface AgreementDocument {
  plugin: string;
  version: string;
  digest: string;
  consentMajor: number;
  vendor: Manifest['vendor'];
  purposes: Manifest['purposes'];
  elements: ElementTerms[];
  egress: Manifest['egress'];
  subProcessors: Manifest['subProcessors'];
  ai: Manifest['ai'];
  price: Manifest['price'];
}

type Scope = Manifest['scopes'][number];

/** Each element that the manifest asks for gets the municipality's basis, exactly once, never more than was asked for. */
export function agreeElements(manifest: Manifest, choices: ElementChoice[]): ElementTerms[] {
  const open = new Map(choices.map((choice) => [key(choice), choice]));
  if (open.size !== choices.length) refuse('invalid', 'An element is named twice for the same purpose.');
  const agreed = askedElements(manifest).map(({ scope, element }) => {
    const choice = open.get(key({ purpose: scope.purpose, element }));
    if (!choice) refuse('basis-missing', `The agreement needs a legal basis for ${element} in "${scope.purpose}".`);
    open.delete(key(choice));
    return agreeElement(manifest, scope, choice);
  });
  const [unasked] = open.values();
  if (unasked) refuse('invalid', `The manifest does not ask for ${unasked.element} in "${unasked.purpose}".`);
  return agreed;
}

/** The elements of all scopes; one that two scopes share for the same purpose is agreed once. */
function askedElements(manifest: Manifest): { scope: Scope; element: string }[] {
  const asked = new Map<string, { scope: Scope; element: string }>();
  for (const scope of manifest.scopes) {
    for (const element of scope.elements) {
      const one = { purpose: scope.purpose, element };
      if (!asked.has(key(one))) asked.set(key(one), { scope, element });
    }
  }
  return [...asked.values()];
}

function agreeElement(manifest: Manifest, scope: Scope, choice: ElementChoice): ElementTerms {
  const retentionDays = choice.retentionDays ?? scope.retentionDays;
  if (retentionDays > scope.retentionDays)
    refuse('invalid', `${choice.element} may be kept for ${scope.retentionDays} days at most.`);
  const background = choice.background ?? false;
  if (background && !scope.background)
    refuse('invalid', `The manifest does not ask for ${choice.element} in the background.`);
  if (choice.legalBasis === 'consent') checkAlternative(manifest, scope.purpose);
  const necessity = choice.necessity ?? scope.necessity.fi;
  return {
    purpose: scope.purpose,
    element: choice.element,
    legalBasis: choice.legalBasis,
    necessity,
    retentionDays,
    background,
    ...dutiesOf(choice, background),
  };
}

function dutiesOf({ element, coarse, noExport, lease }: ElementChoice, background: boolean) {
  if (background && lease) refuse('invalid', `${element} can not be open to jobs and end with the request.`);
  return { ...(coarse && { coarse }), ...(noExport && { noExport }), ...(lease && { lease }) };
}

/** Refusing consent never blocks school work, so the vendor must have said what a learner without consent gets. */
function checkAlternative(manifest: Manifest, purpose: string): void {
  if (manifest.purposes.find(({ id }) => id === purpose)?.withoutConsent) return;
  refuse(
    'invalid',
    `"${purpose}" can not rest on consent: the manifest does not say what a learner without consent gets.`,
  );
}

export function termsDocument(
  { manifest, digest, consentMajor }: { manifest: Manifest; digest: string; consentMajor: number },
  elements: ElementTerms[],
): AgreementDocument {
  const { id: plugin, version, vendor, purposes, egress, subProcessors, ai, price } = manifest;
  return { plugin, version, digest, consentMajor, vendor, purposes, elements, egress, subProcessors, ai, price };
}

export function termsHash(document: AgreementDocument): string {
  return sha256Hex(canonicalJson(document));
}

function key({ purpose, element }: { purpose: string; element: string }): string {
  return `${purpose} ${element}`;
}
