import type { Database, Tx } from '../db/index.ts';
import { newId, type Id } from '../kernel/index.ts';
import type { Identifier } from './identifiers.ts';

/** A person of one municipality's roster. */
export interface RosterPerson {
  municipality: Id;
  person: Id;
}

export interface VouchedAccount {
  issuer: string;
  sub: string;
  at: Date;
  /** Code of the only municipality that this sign-in says anything about; left out when it speaks for all. */
  within?: string | undefined;
}

export interface AccountStore {
  /** Who the rosters say this is: the strongest identifier decides in each municipality. */
  find(identifiers: readonly Identifier[]): Promise<RosterPerson[]>;
  /** Makes or finds the account and replaces what it is linked to; sessions of a lost link end. */
  link(account: VouchedAccount, persons: readonly RosterPerson[]): Promise<Id>;
  persons(account: Id): Promise<RosterPerson[]>;
  isSame(account: Id, vouched: { issuer: string; sub: string }): Promise<boolean>;
}

/** Statements instead of models: the search crosses municipalities by a function of the database. */
export function accountStore(database: Database): AccountStore {
  return {
    find: (identifiers) =>
      database.global(async (tx) => {
        const found = new Map<Id, Id>();
        for (const identifier of identifiers)
          for (const { municipality, person } of await personsWith(tx, identifier))
            if (!found.has(municipality)) found.set(municipality, person);
        return [...found].map(([municipality, person]) => ({ municipality, person }));
      }),
    link: (account, persons) =>
      database.global(async (tx) => {
        const id = await accountOf(tx, account);
        await unlinkOthers(tx, id, { persons, within: account.within });
        await linkAll(tx, id, persons);
        return id;
      }),
    persons: (account) =>
      database.global((tx) =>
        tx.query<RosterPerson>({
          name: 'persons-of-account',
          text: `select municipality_id as municipality, person_id as person from account_person where account_id = $1`,
          values: [account],
        }),
      ),
    isSame: (account, { issuer, sub }) =>
      database.global(async (tx) => {
        const text = 'select 1 from account where id = $1 and issuer = $2 and sub = $3';
        return (await tx.query({ text, values: [account, issuer, sub] })).length === 1;
      }),
  };
}

async function personsWith(tx: Tx, { scheme, value, within }: Identifier): Promise<RosterPerson[]> {
  return tx.query<RosterPerson>({
    text: `select p.municipality_id as municipality, p.person_id as person
           from persons_identified($1, $2) p join municipality m on m.id = p.municipality_id
           where ($3::text[] is null or m.oid = any($3)) and ($4::text is null or m.code = $4)
           order by m.code`,
    values: [
      scheme,
      value,
      within && 'oids' in within ? within.oids : null,
      within && 'code' in within ? within.code : null,
    ],
  });
}

async function accountOf(tx: Tx, { issuer, sub, at }: VouchedAccount): Promise<Id> {
  const [row] = await tx.query<{ id: Id }>({
    text: `insert into account (id, issuer, sub, created_at) values ($1, $2, $3, $4)
           on conflict (issuer, sub) do update set sub = excluded.sub returning id`,
    values: [newId(), issuer, sub, at],
  });
  return row!.id;
}

interface Links {
  persons: readonly RosterPerson[];
  within: string | undefined;
}

async function unlinkOthers(tx: Tx, account: Id, { persons, within }: Links): Promise<void> {
  await tx.query({
    text: `delete from account_person
           where account_id = $1 and (municipality_id, person_id) not in (select * from unnest($2::uuid[], $3::uuid[]))
             and ($4::text is null or municipality_id = (select id from municipality where code = $4))`,
    values: [account, ...columnsOf(persons), within ?? null],
  });
}

async function linkAll(tx: Tx, account: Id, persons: readonly RosterPerson[]): Promise<void> {
  await tx.query({
    text: `insert into account_person (account_id, municipality_id, person_id)
           select $1, * from unnest($2::uuid[], $3::uuid[]) on conflict do nothing`,
    values: [account, ...columnsOf(persons)],
  });
}

function columnsOf(persons: readonly RosterPerson[]): [Id[], Id[]] {
  return [persons.map(({ municipality }) => municipality), persons.map(({ person }) => person)];
}
