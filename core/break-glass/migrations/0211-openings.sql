-- Break-glass: somebody related to a learner asks to see what a non-disclosure order withholds, a second person opens it
-- for an hour, and the data protection officer is told. The rows stay for whoever looks afterwards.
create table disclosure_opening (
  municipality_id uuid not null references municipality (id),
  id            uuid not null,
  person_id     uuid not null,
  school_id     uuid not null,
  asked_by      uuid not null,
  asked_account uuid not null,
  asked_role    text not null check (asked_role in ('teacher', 'principal')),
  -- May name where a child is or why: shown to those who decide, never to the family or a plugin.
  reason        text not null check (char_length(reason) between 10 and 1000),
  asked_at      timestamptz not null,
  -- Nobody answered by then: it lapses.
  lapses_at     timestamptz not null,
  answer        text check (answer in ('opened', 'refused')),
  answered_by   uuid check (answered_by <> asked_by),
  answered_role text check (answered_role in ('principal', 'siteAdministrator', 'dataProtectionOfficer')),
  answered_at   timestamptz,
  ends_at       timestamptz check (ends_at <= answered_at + interval '60 minutes'),
  closed_at     timestamptz,
  -- When the data protection officer took note.
  noted_at      timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, person_id) references person (municipality_id, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id),
  check ((answer is null) = (answered_by is null) and (answer is null) = (answered_at is null)),
  check ((answer = 'opened') = (ends_at is not null))
);
create index disclosure_opening_newest on disclosure_opening (municipality_id, asked_at desc);
create index disclosure_opening_of_asker on disclosure_opening (municipality_id, asked_by, person_id, ends_at) where answer = 'opened';
call protect('disclosure_opening');
-- What was asked stays as it was asked.
revoke update, delete, truncate on disclosure_opening from {{app}};
grant update (answer, answered_by, answered_role, answered_at, ends_at, closed_at, noted_at) on disclosure_opening to {{app}};
