import type { Texts } from '../kernel/index.ts';
import { type AuditEvent, appendEvent, elementBits, familyVisit } from '../audit/index.ts';
import { elementText, type FamilyTie, familyTie, familyTies, hasReached } from '../consent/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Clock, Id } from '../kernel/index.ts';

export interface Child {
  id: Id;
  name: string;
  /** Null while a non-disclosure order withholds it. */
  school: { id: Id; name: string } | null;
  class: { id: Id; title: string } | null;
  rights: { see: true; decide: boolean };
}

export interface ChildPlugin {
  plugin: string;
  version: string;
  name: Texts;
  description: Texts | null;
  status: 'enabled' | 'stopped';
  purposes: { purpose: string; text: Texts; legalBasis: string; elements: { element: string; text: Texts }[] }[];
}

/** What guardians and learners see of themselves: read through the same ties, and logged like any other read. */
export interface FamilyPages {
  children(actor: Actor): Promise<Child[]>;
  plugins(actor: Actor, child: string): Promise<ChildPlugin[]>;
}

const consentAge = 13;
const shownElements = ['students.givenName', 'students.familyName', 'classes.title'] as const;
const nameBits = elementBits['students.givenName'] | elementBits['students.familyName'];

export function createFamilyPages({ database, clock }: { database: Database; clock: Clock }): FamilyPages {
  return {
    children: (actor) =>
      database.inTenant(
        actor.municipality.id,
        async (tx) => {
          const today = clock.today();
          const ties = await familyTies(tx, actor, today);
          const places = await placesOf(tx, actor.municipality.id, { children: ties.map(({ child }) => child), today });
          await appendEvent(tx, visitOf(actor, ties), clock);
          return ties.flatMap((tie) => {
            const place = places.find(({ id }) => id === tie.child);
            return place ? [childOf(tie, place, today)] : [];
          });
        },
        { isolation: 'repeatable read' },
      ),

    plugins: (actor, child) =>
      database.inTenant(
        actor.municipality.id,
        async (tx) => {
          const today = clock.today();
          const tie = await familyTie(tx, actor, { child, today });
          await appendEvent(tx, familyVisit(actor, tie.child), clock);
          return pluginsOf(tx, actor.municipality.id, { child: tie.child, today });
        },
        { isolation: 'repeatable read' },
      ),
  };
}

function visitOf(actor: Actor, ties: FamilyTie[]): AuditEvent {
  return {
    municipality: actor.municipality.id,
    action: 'family.read',
    purpose: 'own-pages',
    actor: actor.person,
    actorRole: actor.role,
    elements: shownElements,
    subjects: ties.map(({ child, withheld }) => ({
      person: child,
      mask: withheld ? nameBits : nameBits | elementBits['classes.title'],
    })),
  };
}

interface Place {
  id: Id;
  name: string;
  school_id: Id | null;
  school_name: string | null;
  class_id: Id | null;
  class_title: string | null;
}

function childOf(tie: FamilyTie, place: Place, today: string): Child {
  const { school_id, school_name, class_id, class_title } = place;
  return {
    id: place.id,
    name: place.name,
    school: !tie.withheld && school_id && school_name ? { id: school_id, name: school_name } : null,
    class: !tie.withheld && class_id && class_title ? { id: class_id, title: class_title } : null,
    rights: { see: true, decide: tie.canDecide && tie.self === hasReached(consentAge, tie.birthDate, today) },
  };
}

async function placesOf(tx: Tx, municipality: Id, of: { children: Id[]; today: string }): Promise<Place[]> {
  return tx.query<Place>({
    name: 'access-family-places',
    text: `select p.id, coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as name, h.*
      from person p
      left join lateral (
        select s.school_id, o.name as school_name, c.id as class_id, c.title as class_title from enrollment s
        join org o on o.municipality_id = $1 and o.id = s.school_id
        join class c on c.municipality_id = $1 and c.id = s.class_id
        where s.municipality_id = $1 and s.person_id = p.id and s.role = 'student' and s.valid_from <= $3::date
          and (s.valid_to is null or s.valid_to > $3::date)
        order by c.class_type = 'homeroom' desc, s."primary" desc, s.id limit 1) h on true
      where p.municipality_id = $1 and p.id = any($2::uuid[])`,
    values: [municipality, of.children, of.today],
  });
}

interface PluginRow {
  plugin: string;
  version: string;
  status: ChildPlugin['status'];
  name: Texts | null;
  description: Texts | null;
  texts: { id: string; text: Texts }[];
  terms: { purpose: string; basis: string; elements: string[] }[];
}

async function pluginsOf(tx: Tx, municipality: Id, of: { child: Id; today: string }): Promise<ChildPlugin[]> {
  const rows = await tx.query<PluginRow>({
    name: 'access-family-plugins',
    text: `select distinct on (e.plugin) e.plugin, e.version, e.status, b.manifest -> 'name' as name, b.manifest -> 'description' as description,
        coalesce(a.document -> 'purposes', '[]') as texts, (
          select coalesce(jsonb_agg(t order by t.purpose, t.basis), '[]') from (
            select n.purpose, n.legal_basis as basis, jsonb_agg(n.element order by n.element) as elements from agreement_element n
            where n.municipality_id = $1 and n.agreement_id = a.id group by n.purpose, n.legal_basis) t) as terms
      from enrollment s
      join enablement e on e.municipality_id = $1 and e.school_id = s.school_id and e.status <> 'disabled'
      join agreement a on a.municipality_id = $1 and a.id = e.agreement_id and a.status <> 'terminated'
      left join bundle b on b.plugin = e.plugin and b.version = e.version
      where s.municipality_id = $1 and s.person_id = $2 and s.role = 'student' and s.valid_from <= $3::date
        and (s.valid_to is null or s.valid_to > $3::date)
      order by e.plugin, e.status`,
    values: [municipality, of.child, of.today],
  });
  return rows.map(pluginOf);
}

function pluginOf({ plugin, version, status, name, description, texts, terms }: PluginRow): ChildPlugin {
  const sameEverywhere = (word: string): Texts => ({ fi: word, sv: word, en: word });
  return {
    plugin,
    version,
    status,
    name: name ?? sameEverywhere(plugin),
    description,
    purposes: terms.map(({ purpose, basis, elements }) => ({
      purpose,
      text: texts.find(({ id }) => id === purpose)?.text ?? sameEverywhere(purpose),
      legalBasis: basis,
      elements: elements.map((element) => ({ element, text: elementText(element) })),
    })),
  };
}
