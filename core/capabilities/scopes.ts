import type { ScopeName } from '@digione/sdk/manifest';
import { refuse } from '../kernel/index.ts';
import type { PluginGrant } from '../marketplace/index.ts';

/** A plugin may use a door only if its signed manifest declares the scope. */
export function checkDeclared({ plugin, manifest }: PluginGrant, scope: ScopeName, door: string): void {
  if (manifest.scopes.some(({ capability }) => capability === scope)) return;
  refuse(
    'scope-missing',
    `Plugin "${plugin}" asked for ${door}, which its manifest does not declare. Add the scope "${scope}" to digione.json or remove the call.`,
  );
}

/** The purpose that a request serves: the one it names, or the only one that the scope has. */
export function purposeOf({ plugin, manifest }: PluginGrant, scope: ScopeName, asked: string | undefined): string {
  const purposes = new Set(
    manifest.scopes.filter(({ capability }) => capability === scope).map(({ purpose }) => purpose),
  );
  const [only] = purposes;
  if (asked === undefined && purposes.size === 1 && only !== undefined) return only;
  if (asked === undefined)
    refuse('invalid-argument', `Plugin "${plugin}" has ${scope} for several purposes: name one of them.`);
  if (purposes.has(asked)) return asked;
  return refuse(
    'scope-missing',
    `Plugin "${plugin}" asked for ${scope} for "${asked}", which its manifest does not declare. Add the scope to digione.json or remove the call.`,
  );
}

/** What the manifest declares and the agreement grants, both. */
export function grantedElements(
  { plugin, manifest, elements }: PluginGrant,
  scope: ScopeName,
  purpose: string,
): string[] {
  const declared = manifest.scopes
    .filter((one) => one.capability === scope && one.purpose === purpose)
    .flatMap((one) => one.elements);
  const agreed = new Set(elements.filter((one) => one.purpose === purpose).map(({ element }) => element));
  const granted = [...new Set(declared)].filter((element) => agreed.has(element));
  if (granted.length > 0) return granted;
  return refuse(
    'scope-missing',
    `The municipality's agreement gives "${plugin}" nothing of ${scope} for "${purpose}".`,
  );
}

/** `storage.<collection>` must be declared and agreed for the collection's purpose. */
export function checkElement({ plugin, manifest, elements }: PluginGrant, purpose: string, element: string): void {
  const declared = manifest.scopes.some((scope) => scope.purpose === purpose && scope.elements.includes(element));
  const agreed = elements.some((one) => one.purpose === purpose && one.element === element);
  if (declared && agreed) return;
  const missing = declared ? "the municipality's agreement does not grant" : 'its manifest does not declare';
  refuse('scope-missing', `Plugin "${plugin}" asked for ${element} for "${purpose}", which ${missing}.`);
}

/** Every element that the agreement gives for a purpose, whichever scope names it: doors without elements of their own ask by these. */
export function grantedElementsOf({ elements }: PluginGrant, purpose: string | null): string[] {
  return elements.filter((one) => one.purpose === purpose).map(({ element }) => element);
}
