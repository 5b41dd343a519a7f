-- An account is what an identity provider vouches for: (issuer, sub), never an e-mail address.
create table account (
  id         uuid primary key,
  issuer     text not null check (char_length(issuer) between 1 and 500),
  sub        text not null check (char_length(sub) between 1 and 255),
  created_at timestamptz not null,
  unique (issuer, sub)
);

-- Which persons of the rosters the account is, as found at its latest sign-in.
create table account_person (
  account_id      uuid not null references account (id) on delete cascade,
  municipality_id uuid not null references municipality (id),
  person_id       uuid not null,
  primary key (account_id, municipality_id, person_id)
);
create index account_person_of_person on account_person (municipality_id, person_id);

-- The one question that crosses municipalities: where is the person with exactly this identifier known?
-- It walks municipality by municipality inside the rules of row-level security (about 20 µs each).
create function persons_identified(wanted_scheme text, wanted_value text)
returns table (municipality_id uuid, person_id uuid) language plpgsql volatile as $$
declare
  place uuid;
  before text := coalesce(current_setting('digione.municipality', true), '');
begin
  for place in select m.id from municipality m order by m.code loop
    perform set_config('digione.municipality', place::text, true);
    return query
      select i.municipality_id, i.person_id from person_identifier i
      where i.municipality_id = place and i.scheme = wanted_scheme and i.value = wanted_value;
  end loop;
  perform set_config('digione.municipality', before, true);
end $$;
