import type { Database, Tx } from '../../../core/db/index.ts';
import type { Actor, RoleName } from '../../../core/identity/index.ts';
import { type Id, newId } from '../../../core/kernel/index.ts';

/** One municipality of a test: two schools, a class with a teacher and two learners, an administrator. */
export interface SchoolWorld {
  municipality: Id;
  school: Id;
  otherSchool: Id;
  class: Id;
  otherClass: Id;
  teacher: Actor;
  administrator: Actor;
  principal: Actor;
  /** In the teacher's class. */
  learners: Id[];
  /** In a class that the teacher does not teach. */
  stranger: Id;
}

const since = '2026-08-01';

export async function schoolWorld(database: Database, code = '049'): Promise<SchoolWorld> {
  const municipality = await addMunicipality(database, code);
  return database.inTenant(municipality, (tx) => fill(tx, municipality, code));
}

async function addMunicipality(database: Database, code: string): Promise<Id> {
  const id = newId();
  const text = `insert into municipality (id, code, kind, oid, name_fi, name_sv, name_en) values ($1, $2, $3, $4, 'K', 'K', 'K')`;
  const values = [id, code, code === '000' ? 'coordinator' : 'municipality', `1.2.246.${Number(code) + 1}`];
  await database.global((tx) => tx.query({ text, values }));
  return id;
}

async function fill(tx: Tx, municipality: Id, code: string): Promise<SchoolWorld> {
  const insert = async (table: string, row: Record<string, unknown>): Promise<Id> => {
    const full: Record<string, unknown> = { municipality_id: municipality, id: newId(), ...row };
    const names = Object.keys(full);
    const text = `insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`;
    await tx.query({ text, values: Object.values(full) });
    return full['id'] as Id;
  };
  const person = (given_name: string) =>
    insert('person', { given_name, family_name: 'Test', birth_date: '2014-03-01' });
  const school = await insert('org', { type: 'school', name: `School ${code}` });
  const otherSchool = await insert('org', { type: 'school', name: `Other school ${code}` });
  const addClass = (title: string) => insert('class', { title, class_type: 'homeroom', grade: '5', school_id: school });
  const [ownClass, otherClass] = [await addClass('5A'), await addClass('5B')];
  const enrol = (class_id: Id, person_id: Id, role: string) =>
    insert('enrollment', { class_id, person_id, role, school_id: school, valid_from: since });
  const hold = (person_id: Id, role: string) => insert('role', { person_id, role, org_id: school, valid_from: since });

  const teacher = await person('Tiina');
  const [administrator, principal] = [await person('Anna'), await person('Pekka')];
  const learners = [await person('Aino'), await person('Onni')];
  const stranger = await person('Veera');
  await hold(teacher, 'teacher');
  await hold(principal, 'principal');
  await hold(administrator, 'siteAdministrator');
  await enrol(ownClass, teacher, 'teacher');
  for (const learner of learners) await enrol(ownClass, learner, 'student');
  await enrol(otherClass, stranger, 'student');

  const as = (who: Id, role: RoleName, inSchool: boolean): Actor =>
    actor({ municipality, code, who, role, ...(inSchool ? { school } : {}) });
  return {
    municipality,
    school,
    otherSchool,
    class: ownClass,
    otherClass,
    learners,
    stranger,
    teacher: as(teacher, 'teacher', true),
    principal: as(principal, 'principal', true),
    administrator: as(administrator, code === '000' ? 'reviewer' : 'siteAdministrator', false),
  };
}

interface ActorParts {
  municipality: Id;
  code: string;
  who: Id;
  role: RoleName;
  school?: Id;
}

export function actor({ municipality, code, who, role, school }: ActorParts): Actor {
  return {
    account: newId(),
    session: newId(),
    csrf: 'csrf',
    authTime: new Date(),
    language: 'en',
    municipality: {
      id: municipality,
      code,
      name: { fi: 'K', sv: 'K', en: 'K' },
      kind: code === '000' ? 'coordinator' : 'municipality',
    },
    person: who,
    name: 'Test Person',
    role,
    roleId: newId(),
    ...(school ? { school: { id: school, name: 'School' } } : {}),
  };
}
