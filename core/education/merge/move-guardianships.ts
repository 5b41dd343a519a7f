import type { Tx } from '../../db/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { MergedPair } from './merge-order.ts';

/**
 * The municipality's own links (court, manual) move as they are; where both rows had one, it allows only what both allowed.
 * A link that only the merged row's register had would show a guardian the kept row's past: it waits for confirmation.
 */
export async function moveGuardianships(tx: Tx, pair: MergedPair, clock: Clock): Promise<void> {
  const both = [pair.municipality, pair.kept, pair.merged];
  await narrowCommonLinks(tx, both);
  await askAboutNewLinks(tx, both, clock);
  await endRegisterLinks(tx, [pair.municipality, pair.merged, clock.today()]);
  await tx.query({
    text: `update guardianship g set child_id = $2 where g.municipality_id = $1 and g.child_id = $3
      and not exists (select from guardianship k where k.municipality_id = $1 and k.child_id = $2
        and k.guardian_id = g.guardian_id and k.source = g.source and k.valid_from = g.valid_from)`,
    values: both,
  });
  await tx.query({
    text: 'delete from guardianship where municipality_id = $1 and child_id = $2',
    values: [pair.municipality, pair.merged],
  });
  await movePending(tx, both);
}

async function narrowCommonLinks(tx: Tx, values: string[]): Promise<void> {
  await tx.query({
    text: `update guardianship k set legal = k.legal and g.legal, can_see = k.can_see and g.can_see,
        can_decide = k.can_decide and g.can_decide
      from guardianship g where k.municipality_id = $1 and k.child_id = $2 and g.municipality_id = $1 and g.child_id = $3
        and g.guardian_id = k.guardian_id and g.source = k.source and g.valid_from = k.valid_from`,
    values,
  });
}

async function askAboutNewLinks(tx: Tx, values: string[], clock: Clock): Promise<void> {
  await tx.query({
    text: `insert into pending_access (municipality_id, id, kind, person_id, child_id, valid_from, created_at)
      select $1, gen_random_uuid(), 'guardianship', g.guardian_id, $2, $4::date, $5 from guardianship g
      where g.municipality_id = $1 and g.child_id = $3 and g.source = 'register' and g.can_see
        and (g.valid_to is null or g.valid_to > $4::date)
        and not exists (select from guardianship k where k.municipality_id = $1 and k.child_id = $2
          and k.guardian_id = g.guardian_id and (k.valid_to is null or k.valid_to > $4::date))
      group by g.guardian_id on conflict do nothing`,
    values: [...values, clock.today(), clock.now()],
  });
}

/** Register links end today and stay as history; those that began today were never history. */
async function endRegisterLinks(tx: Tx, values: string[]): Promise<void> {
  const open = `g.municipality_id = $1 and g.child_id = $2 and g.source = 'register' and (g.valid_to is null or g.valid_to > $3::date)`;
  await tx.query({ text: `delete from guardianship g where ${open} and g.valid_from >= $3::date`, values });
  await tx.query({ text: `update guardianship g set valid_to = $3::date where ${open}`, values });
}

/** What already waits, or was declined, for the kept row is not asked twice. */
async function movePending(tx: Tx, values: string[]): Promise<void> {
  await tx.query({
    text: `delete from pending_access a using pending_access k where a.municipality_id = $1 and a.child_id = $3
      and a.state <> 'confirmed' and k.municipality_id = $1 and k.child_id = $2 and k.person_id = a.person_id and k.state <> 'confirmed'`,
    values,
  });
  await tx.query({
    text: 'update pending_access set child_id = $2 where municipality_id = $1 and child_id = $3',
    values,
  });
}
