import { appendEvent, bitsOf } from '../audit/index.ts';
import { type Day, familyTie } from '../consent/index.ts';
import type { Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, refuse } from '../kernel/index.ts';
import { withheldElements } from './decide.ts';

/** Who asks about a person as the person concerned, or for them: as much of an actor as outlives a session. */
export type SubjectAsker = Pick<Actor, 'person' | 'role'> & { municipality: Pick<Actor['municipality'], 'id'> };

export interface SubjectLook {
  /** The person, or `me`. */
  person: string;
  /** What the log calls it. */
  action: string;
  elements: readonly string[];
}

/**
 * How the asker stands to the person now (GDPR Art. 12, 15). Restriction and objection narrow what others may do with the
 * data, never what the person concerned may know.
 */
export interface SubjectLens {
  person: Id;
  as: 'self' | 'guardian' | 'officer';
  birthDate: Day | undefined;
  /** May exercise the rights of the person, not only see them. */
  canDecide: boolean;
  /** A non-disclosure order, and the asker is off its list. */
  withheld: boolean;
  /** Whether a plugin's record may still be read: what rests on a consent is not, once the consent is gone. */
  hasBasis(plugin: string, purpose: string, element: string): boolean;
}

/** Decides, and appends the event of the look, in the caller's transaction. Refuses with one and the same word whoever is no concern of the asker. */
export async function lookAtSubject(
  tx: Tx,
  asker: SubjectAsker,
  { person, action, elements }: SubjectLook,
  clock: Clock,
): Promise<SubjectLens> {
  const today = clock.today();
  const tie = await tieOf(tx, asker, { person, today });
  const shown = tie.withheld ? elements.filter((element) => !withheldElements.has(element)) : elements;
  const mask = bitsOf(shown).reduce((bits, bit) => bits | bit, 0);
  const event = {
    municipality: asker.municipality.id,
    action,
    purpose: 'own-data',
    actor: asker.person,
    actorRole: asker.role,
    elements: shown,
    subjects: [{ person: tie.person, mask }],
  };
  await appendEvent(tx, event, clock);
  const gone = await consentsGone(tx, asker.municipality.id, { person: tie.person, today });
  return { ...tie, hasBasis: (plugin, purpose, element) => !gone.has(`${plugin} ${purpose} ${element}`) };
}

async function tieOf(
  tx: Tx,
  asker: SubjectAsker,
  { person, today }: { person: string; today: Day },
): Promise<Omit<SubjectLens, 'hasBasis'>> {
  const wanted = person === 'me' ? asker.person : person;
  if (wanted === asker.person || asker.role === 'dataProtectionOfficer') {
    const [found] = await tx.query<{ birthDate: Day | null }>({
      name: 'subject-person',
      text: 'select birth_date as "birthDate" from person where municipality_id = $1 and id = $2',
      values: [asker.municipality.id, wanted],
    });
    if (!found) refuse('not-found', 'There is no such person here.');
    const as = wanted === asker.person ? ('self' as const) : ('officer' as const);
    return { person: wanted, as, birthDate: found.birthDate ?? undefined, canDecide: true, withheld: false };
  }
  if (asker.role !== 'guardian') refuse('not-found', 'There is no such person here.');
  const tie = await familyTie(tx, asker, { child: wanted, today });
  const { child, birthDate, canDecide, withheld } = tie;
  return { person: child, as: 'guardian', birthDate, canDecide, withheld };
}

/** Elements of plugins that rest on consent under the newest agreement, and whose consent does not hold today. */
async function consentsGone(
  tx: Tx,
  municipality: Id,
  { person, today }: { person: Id; today: Day },
): Promise<Set<string>> {
  const rows = await tx.query<{ plugin: string; purpose: string; element: string }>({
    name: 'subject-consents-gone',
    text: `with newest as (
        select distinct on (a.plugin) a.plugin, a.id, a.consent_major from agreement a
        where a.municipality_id = $1 order by a.plugin, a.consent_major desc, a.accepted_at desc)
      select a.plugin, n.purpose, n.element from newest a
      join agreement_element n on n.municipality_id = $1 and n.agreement_id = a.id and n.legal_basis = 'consent'
      where not exists (select from consent_state y where y.municipality_id = $1 and y.person_id = $2 and y.plugin = a.plugin
        and y.purpose = n.purpose and y.valid and (y.expires_on is null or y.expires_on > $3::date) and n.element = any(y.elements))`,
    values: [municipality, person, today],
  });
  return new Set(rows.map(({ plugin, purpose, element }) => `${plugin} ${purpose} ${element}`));
}
