import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, newId, refuse } from '../kernel/index.ts';
import { recordAct } from './acts.ts';
import { type Agreement, insertAgreement } from './agreement-store.ts';
import { type HeldRelease, isOffered, releaseOf } from './held-release-store.ts';
import { agreeElements, type ElementChoice, termsDocument, termsHash } from './terms.ts';

export interface AgreementRequest {
  plugin: string;
  version: string;
  elements: ElementChoice[];
}

export interface Agreements {
  /** Binds the actor's municipality: each data element that the manifest asks for needs a legal basis. */
  accept(actor: Actor, request: AgreementRequest): Promise<Omit<Agreement, 'status'>>;
}

export interface AgreementDeps {
  database: Database;
  clock: Clock;
  /** Refuses while the signed metadata is too old to decide on anything new. */
  checkFresh(): Promise<void>;
  yearsValid: number;
}

export function createAgreements({ database, clock, checkFresh, yearsValid }: AgreementDeps): Agreements {
  return {
    async accept(actor, { plugin, version, elements }) {
      await checkFresh();
      const release = await database.global((tx) => offeredRelease(tx, plugin, version));
      const document = termsDocument(release, agreeElements(release.manifest, elements));
      const agreement = {
        id: newId(),
        plugin,
        version,
        consentMajor: release.consentMajor,
        termsHash: termsHash(document),
        document,
        acceptedAt: clock.now(),
        expiresOn: yearsLater(clock.today(), yearsValid),
      };
      await database.inTenant(actor.municipality.id, async (tx) => {
        await insert(tx, actor.municipality.id, { ...agreement, acceptedBy: actor.person });
        await recordAct(tx, clock, { actor, act: 'agreement.accept', plugin, version });
      });
      return agreement;
    },
  };
}

async function offeredRelease(tx: Tx, plugin: string, version: string): Promise<HeldRelease> {
  const release = await releaseOf(tx, plugin, version);
  if (!release) refuse('plugin-unknown', `The catalogue has no ${plugin} ${version}.`);
  if (!isOffered(release)) refuse('version-not-enabling', `${plugin} ${version} can not be taken into use any more.`);
  return release;
}

async function insert(tx: Tx, municipality: Id, agreement: Parameters<typeof insertAgreement>[2]): Promise<void> {
  if (await insertAgreement(tx, municipality, agreement)) return;
  refuse(
    'agreement-exists',
    `Your municipality already has an agreement in force about ${agreement.plugin} with these data terms.`,
  );
}

/** 29 February becomes 28 February in the years that have none. */
function yearsLater(date: string, years: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return new Date(Date.UTC(year + years, month - 1, Math.min(day, last))).toISOString().slice(0, 10);
}
