-- Support staff of the operator look into a municipality for a while: they say why, its administrator opens one school to
-- them, they only look, and it ends by itself or at a word of the municipality. The rows stay for whoever looks afterwards.
create table support_visit (
  municipality_id  uuid not null references municipality (id),
  id               uuid not null,
  -- A person of the coordinating company's roster, hence the name comes along.
  asked_by         uuid not null,
  asked_account    uuid not null,
  asker_name       text not null check (char_length(asker_name) between 1 and 500),
  reason           text not null check (char_length(reason) between 10 and 1000),
  minutes          smallint not null check (minutes between 15 and 240),
  asked_at         timestamptz not null,
  -- Nobody answered by then: it lapses.
  lapses_at        timestamptz not null,
  answer           text check (answer in ('opened', 'refused')),
  answered_by      uuid,
  answered_account uuid check (answered_account <> asked_account),
  answered_at      timestamptz,
  school_id        uuid,
  ends_at          timestamptz check (ends_at <= answered_at + minutes * interval '1 minute'),
  closed_at        timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id),
  check ((answer is null) = (answered_by is null) and (answer is null) = (answered_account is null)
    and (answer is null) = (answered_at is null)),
  check ((answer = 'opened') = (ends_at is not null) and (ends_at is null) = (school_id is null))
);
create index support_visit_newest on support_visit (municipality_id, asked_at desc);
create index support_visit_of_asker on support_visit (municipality_id, asked_by, asked_at desc);
call protect('support_visit');
-- What was asked stays as it was asked.
revoke update, delete, truncate on support_visit from {{app}};
grant update (answer, answered_by, answered_account, answered_at, school_id, ends_at, closed_at) on support_visit to {{app}};

-- The visits of one person in all municipalities, walked like persons_identified: inside the rules of row-level security.
create function support_visits_of(wanted uuid)
returns table (municipality_id uuid, id uuid) language plpgsql volatile as $$
declare
  place uuid;
  before text := coalesce(current_setting('digione.municipality', true), '');
begin
  for place in select m.id from municipality m where m.kind = 'municipality' order by m.code loop
    perform set_config('digione.municipality', place::text, true);
    return query
      select v.municipality_id, v.id from support_visit v
      where v.municipality_id = place and v.asked_by = wanted order by v.asked_at desc limit 20;
  end loop;
  perform set_config('digione.municipality', before, true);
end $$;
