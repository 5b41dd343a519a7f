import type { Id } from '../kernel/index.ts';
import type { CastGuardian, CastLearner } from './cast.ts';
import { castGuardians } from './cast-guardians.ts';
import { artificialHetu, demoId } from './identifiers.ts';
import { pickFamilyName, pickGivenName, pickNameLanguage, type NameLanguage } from './names.ts';
import { syntheticPhone } from './synthetic-contacts.ts';
import { townNumber, type Family, type Town } from './town-frame.ts';

/** An earlier family now and then (siblings never share a grade: twins are in the cast), else a new one. */
export function chooseFamily(town: Town, grade: string): Family {
  const { random, families } = town;
  if (families.length > 0 && random.chance(0.25)) {
    const family = random.pick(families);
    if (family.grades.size < 3 && !family.grades.has(grade)) {
      family.grades.add(grade);
      return family;
    }
  }
  const family = newFamily(town);
  family.grades.add(grade);
  families.push(family);
  return family;
}

function newFamily(town: Town): Family {
  const { random, place } = town;
  const names = pickNameLanguage(random, 'fi', place.samiShare);
  const name = pickFamilyName(random, names);
  const first = addGeneratedGuardian(town, name, names);
  const guardians = [{ id: first, mayDecide: true }];
  if (random.chance(0.65)) {
    const surname = random.chance(0.7) ? name : pickFamilyName(random, names);
    const second = addGeneratedGuardian(town, surname, names);
    guardians.push({ id: second, mayDecide: random.chance(0.96) });
  }
  return { name, names, guardians, grades: new Set() };
}

function addGeneratedGuardian(town: Town, name: string, names: NameLanguage): Id {
  const { random } = town;
  const serial = town.serial('guardian');
  const id = town.id(`guardian/${serial}`);
  // One birth date for every hundred guardians, on a day of the month that is the town's own: no two share a code.
  const day = 10 + townNumber(town);
  const birthDate = `${1965 + (Math.floor(serial / 100) % 25)}-0${1 + Math.floor(serial / 2500)}-${day}`;
  const hetu = artificialHetu(birthDate, serial);
  addGuardian(town, { id, given: pickGivenName(random, names), family: name, hetu });
  return id;
}

interface GuardianRow {
  id: Id;
  given: string;
  family: string;
  hetu: string;
}

function addGuardian(town: Town, { id, given, family, hetu }: GuardianRow): void {
  const { rows, place, hashIdentifier } = town;
  rows.person.push({
    id,
    oid: null,
    given_name: given,
    family_name: family,
    preferred_name: null,
    birth_date: null,
    language: 'fi',
    email: `huoltaja${town.serial('guardian-mail')}.${place.code}@example.org`,
    phone: syntheticPhone(town),
    address: null,
  });
  rows.person_identifier.push({ scheme: 'hetu-hash', value: hashIdentifier(hetu), person_id: id });
  const role = {
    id: demoId(`role/${place.districtId}/${id}`),
    person_id: id,
    role: 'guardian',
    org_id: place.districtId,
  };
  rows.role.push({ ...role, valid_from: '2024-08-01', valid_to: null });
}

export function addCastGuardian(town: Town, guardian: CastGuardian): void {
  if (!guardian.municipalities.includes(town.place.code)) return;
  const { key, given, family } = guardian;
  addGuardian(town, { id: town.id(`person/${key}`), given, family, hetu: castHetu(guardian) });
}

/** Serials 50–99 of a birth date that no generated guardian has. */
export function castHetu({ key, birthDate }: CastGuardian): string {
  return artificialHetu(birthDate, 50 + (castGuardians.findIndex((guardian) => guardian.key === key) % 50));
}

export function linkFamily(town: Town, family: Family, child: Id): void {
  for (const { id, mayDecide } of family.guardians) {
    const rights = { legal: true, can_see: true, can_decide: mayDecide, notify: true };
    addGuardianship(town, { guardian: id, child, rights, source: mayDecide ? 'register' : 'court' });
  }
}

export function linkCastGuardians(town: Town, child: Id, { guardians }: CastLearner): void {
  for (const link of guardians) {
    const guardian = town.id(`person/${link.guardian}`);
    const allowed = link.rights === 'full';
    const rights = { legal: true, can_see: allowed, can_decide: allowed, notify: allowed };
    addGuardianship(town, { guardian, child, rights, source: allowed ? 'register' : 'court' });
    if (!allowed) addCustodyProtection(town, { child, against: guardian });
  }
}

interface Guardianship {
  guardian: Id;
  child: Id;
  rights: { legal: boolean; can_see: boolean; can_decide: boolean; notify: boolean };
  source: 'register' | 'court';
}

function addGuardianship({ rows }: Town, { guardian, child, rights, source }: Guardianship): void {
  const id = demoId(`guardianship/${guardian}/${child}`);
  rows.guardianship.push({
    id,
    guardian_id: guardian,
    child_id: child,
    ...rights,
    source,
    valid_from: '2024-08-01',
    valid_to: null,
  });
}

function addCustodyProtection({ rows }: Town, { child, against }: { child: Id; against: Id }): void {
  rows.protection.push({
    id: demoId(`protection/${child}/${against}`),
    person_id: child,
    kind: 'custody',
    against_person_id: against,
    source: 'court',
    valid_from: '2024-08-01',
  });
}
