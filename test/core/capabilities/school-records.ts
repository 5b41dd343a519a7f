import type { Manifest } from '@digione/sdk/manifest';
import { type Id, newId } from '../../../core/kernel/index.ts';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { actor } from '../marketplace/school-world.ts';
import type { PluginWorld } from '../plugins/plugin-world.ts';

type Scope = Manifest['scopes'][number];

export const [studentsScope] = sampleManifest().scopes as [Scope];

/** A scope with the purpose and texts of the sample's first one. */
export function scopeOf(capability: Scope['capability'], elements: string[], more: Partial<Scope> = {}): Scope {
  return { ...studentsScope, capability, elements, ...more };
}

/** A plugin for everybody at school with these scopes. */
export function pluginFor(name: string, scopes: Scope[], more: Partial<Manifest> = {}): Manifest {
  const audience = { ...sampleManifest().audience, roles: ['teacher', 'principal', 'guardian', 'student'] as const };
  return sampleManifest({
    id: `demo-vendor/${name}`,
    scopes,
    collections: [],
    audience: { ...audience, roles: [...audience.roles] },
    ...more,
  });
}

/** The town's lesson, rows and persons, written as the roster would. */
export function schoolRecords({ database, town }: PluginWorld) {
  const { municipality, school } = town;
  const query = <R extends object = object>(text: string, values: unknown[] = []) =>
    database.inTenant(municipality, (tx) => tx.query<R>({ text, values }));
  return {
    query,
    async lesson(of: Id = town.class, day = '2026-11-24'): Promise<Id> {
      const id = newId();
      await query(
        `insert into calendar_event (municipality_id, id, class_id, school_id, title, place, start_at, end_at)
         values ($1, $2, $3, $4, 'Mathematics', 'A1', $5::timestamptz, $5::timestamptz + interval '45 minutes')`,
        [municipality, id, of, school, `${day}T08:00:00+02:00`],
      );
      return id;
    },
    mapReason: (reason: string, to: string) =>
      query('insert into absence_reason (municipality_id, reason, class) values ($1, $2, $3)', [
        municipality,
        reason,
        to,
      ]),
    async guardian(
      child: Id,
      more: { phone?: string; email?: string; notify?: boolean; canSee?: boolean } = {},
    ): Promise<Id> {
      const id = newId();
      await query(
        `insert into person (municipality_id, id, given_name, family_name, phone, email) values ($1, $2, 'Gia', 'Test', $3, $4)`,
        [municipality, id, more.phone, more.email],
      );
      await query(
        `insert into guardianship (municipality_id, id, guardian_id, child_id, legal, can_see, can_decide, notify, source, valid_from)
         values ($1, $2, $3, $4, true, $5, true, $6, 'register', '2020-01-01')`,
        [municipality, newId(), id, child, more.canSee ?? true, more.notify ?? true],
      );
      return id;
    },
    protect: (person: Id, kind: string, against: Id | null = null) =>
      query(
        `insert into protection (municipality_id, id, person_id, kind, against_person_id, source, valid_from)
         values ($1, $2, $3, $4, $5, 'test', '2020-01-01')`,
        [municipality, newId(), person, kind, against],
      ),
    as: (who: Id, role: 'guardian' | 'student' | 'teacher' | 'principal') =>
      actor({ municipality, code: '049', who, role, school }),
    /** The subjects, elements and purpose of the newest events of an action. */
    audited: (action: string) =>
      query<{ subjects: Id[]; decision: string; elements: string[] }>(
        'select subjects, decision, elements from audit_event where action = $1 order by at desc',
        [action],
      ),
  };
}
