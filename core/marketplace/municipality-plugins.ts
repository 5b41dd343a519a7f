import type { Database } from '../db/index.ts';
import type { Id, Texts } from '../kernel/index.ts';
import { type Agreement, agreementsInForce } from './agreement-store.ts';
import { type Enablement, enablementsOf } from './enablement-store.ts';
import { newestFirst } from './newest-release.ts';
import { type HeldRelease, isOffered, releasesOf } from './held-release-store.ts';

/** One plugin that the municipality has agreed on, and where it is in use. */
export interface MunicipalityPlugin {
  plugin: string;
  name: Texts;
  /** The newest version that may be taken into use, else the agreed one. */
  version: string;
  agreement: Agreement;
  enablements: Enablement[];
  /** Offered but not in use in every school; `needsAgreement` when its data terms are wider than what was agreed. */
  newVersion?: { version: string; needsAgreement: boolean };
}

export async function municipalityPlugins(database: Database, municipality: Id): Promise<MunicipalityPlugin[]> {
  return database.inTenant(municipality, async (tx) => {
    const agreements = await agreementsInForce(tx, municipality);
    const enablements = await enablementsOf(tx, municipality);
    const plugins: MunicipalityPlugin[] = [];
    for (const plugin of new Set(agreements.map((agreement) => agreement.plugin))) {
      const agreed = agreements.filter((agreement) => agreement.plugin === plugin);
      const used = enablements.filter((enablement) => enablement.plugin === plugin);
      plugins.push(describe(agreed, used, newestFirst(await releasesOf(tx, plugin))));
    }
    return plugins;
  });
}

function describe(agreements: Agreement[], enablements: Enablement[], releases: HeldRelease[]): MunicipalityPlugin {
  const agreement = agreements.reduce((one, other) => (one.consentMajor >= other.consentMajor ? one : other));
  const newest = releases.find(isOffered);
  const release = newest ?? releases.find(({ version }) => version === agreement.version);
  const { plugin } = agreement;
  return {
    plugin,
    name: release?.manifest.name ?? { fi: plugin, sv: plugin, en: plugin },
    version: newest?.version ?? agreement.version,
    agreement,
    enablements,
    ...newVersion(agreements, enablements, newest),
  };
}

function newVersion(
  agreements: Agreement[],
  enablements: Enablement[],
  newest: HeldRelease | undefined,
): Pick<MunicipalityPlugin, 'newVersion'> {
  const behind = newest && enablements.some(({ version }) => version !== newest.version);
  if (!behind) return {};
  const needsAgreement = !agreements.some(({ consentMajor }) => consentMajor === newest.consentMajor);
  return { newVersion: { version: newest.version, needsAgreement } };
}
