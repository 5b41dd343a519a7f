import type { CatalogueItem, MunicipalityPlugin, Texts } from '../../api/shapes.ts';

/** A plugin as an administrator meets it: offered, agreed on, or both. */
export interface Offer {
  plugin: string;
  version: string;
  name: Texts;
  description?: Texts;
  agreed?: MunicipalityPlugin;
}

/** Those that are agreed on come first; a plugin that is no longer offered still shows while it is agreed on. */
export function offersOf(
  offered: readonly CatalogueItem[],
  agreed: readonly MunicipalityPlugin[],
  words: string,
): Offer[] {
  const withAgreement = new Map(agreed.map((one) => [one.plugin, one]));
  const listed: Offer[] = offered.map(({ plugin, version, name, description }) => ({
    plugin,
    version,
    name,
    description,
    agreed: withAgreement.get(plugin),
  }));
  const known = new Set(offered.map(({ plugin }) => plugin));
  const unlisted =
    words === ''
      ? agreed
          .filter(({ plugin }) => !known.has(plugin))
          .map((one): Offer => ({ plugin: one.plugin, version: one.version, name: one.name, agreed: one }))
      : [];
  return [...listed, ...unlisted].sort((one, other) => Number(Boolean(other.agreed)) - Number(Boolean(one.agreed)));
}
