-- What is about to be late, or is: once for each matter and kind, until the officer has seen it.
create table officer_reminder (
  municipality_id uuid not null references municipality (id),
  id       uuid not null,
  kind     text not null check (kind in ('request-due', 'request-late', 'incident-due', 'incident-late')),
  about_id uuid not null,
  due_at   timestamptz not null,
  at       timestamptz not null,
  seen_at  timestamptz,
  primary key (municipality_id, id),
  unique (municipality_id, kind, about_id, due_at)
);
call protect('officer_reminder');
revoke delete, truncate on officer_reminder from {{app}};
