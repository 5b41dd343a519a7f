-- What a person asks of the municipality under GDPR Art. 16–18 and 21. The wish stays as it was written; only its fate is added.
create table rights_request (
  municipality_id uuid not null,
  id          uuid not null,
  person_id   uuid not null,
  kind        text not null check (kind in ('erasure', 'rectification', 'restriction', 'objection')),
  asked_by    uuid not null,
  asked_role  text not null check (char_length(asked_role) <= 40),
  -- On whose word the officer wrote it down; null when the person asked in the portal.
  on_behalf   text check (char_length(on_behalf) between 3 and 500),
  asked_at    timestamptz not null,
  wish        text not null check (char_length(wish) between 3 and 2000),
  -- Of a rectification: which field, and what is right.
  element     text check (char_length(element) <= 60),
  value       text check (char_length(value) <= 500),
  -- One month (Art. 12(3)); two more where the officer says why.
  due_on      date not null,
  extension   text check (char_length(extension) between 3 and 1000),
  state       text not null default 'open' check (state in ('open', 'decided', 'withdrawn')),
  outcome     text check (outcome in ('accepted', 'partly', 'declined')),
  reasons     text check (char_length(reasons) between 3 and 4000),
  decided_by  uuid,
  decided_at  timestamptz,
  -- When a restriction or an objection that took effect ended.
  lifted_at   timestamptz,
  reminded_on date,
  primary key (municipality_id, id),
  foreign key (municipality_id, person_id) references person (municipality_id, id),
  check ((state = 'decided') = (outcome is not null and reasons is not null and decided_by is not null and decided_at is not null)),
  check (kind = 'rectification' or element is null),
  check ((element is null) = (value is null))
);
create index rights_request_due on rights_request (municipality_id, due_on) where state = 'open';
create index rights_request_of_person on rights_request (municipality_id, person_id, asked_at desc);
call protect('rights_request');
revoke update, delete, truncate on rights_request from {{app}};
grant update (due_on, extension, state, outcome, reasons, decided_by, decided_at, lifted_at, reminded_on) on rights_request to {{app}};

-- What a decision about erasure says of each source; done at once, or by the deadline job when retention ends.
create table rights_erasure (
  municipality_id uuid not null,
  request_id  uuid not null,
  person_id   uuid not null,
  source      text not null check (char_length(source) <= 40),
  -- Of sources that plugins fill; empty for the core's own.
  plugin      text not null default '' check (char_length(plugin) <= 80),
  purpose     text not null default '' check (char_length(purpose) <= 60),
  choice      text not null check (choice in ('erase', 'retain', 'decline')),
  rule        text not null check (char_length(rule) <= 60),
  reason      text check (char_length(reason) between 3 and 1000),
  -- When it is to be erased; null: never under this decision.
  due_on      date,
  done_at     timestamptz,
  rows        int check (rows >= 0),
  -- Over the keys of the rows that were destroyed, never their content.
  digest      text check (digest ~ '^[0-9a-f]{64}$'),
  primary key (municipality_id, request_id, source, plugin, purpose),
  foreign key (municipality_id, request_id) references rights_request (municipality_id, id),
  -- What is retained may be so for good.
  check (choice <> 'erase' or due_on is not null),
  check (choice <> 'decline' or due_on is null),
  check ((done_at is null) = (rows is null) and (done_at is null) = (digest is null))
);
create index rights_erasure_due on rights_erasure (municipality_id, due_on) where done_at is null and due_on is not null;
call protect('rights_erasure');
revoke delete, truncate on rights_erasure from {{app}};

-- Signed proof of what was destroyed; one after the decision and one after each later deadline.
create table rights_receipt (
  municipality_id uuid not null,
  id         uuid not null,
  request_id uuid not null,
  at         timestamptz not null,
  receipt    text not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, request_id) references rights_request (municipality_id, id)
);
create index rights_receipt_of_request on rights_receipt (municipality_id, request_id, at);
call protect('rights_receipt');
revoke update, delete, truncate on rights_receipt from {{app}};

-- To whom a rectification, an erasure or a restriction is passed on (Art. 19), as the log says who has read the data.
create table rights_recipient (
  municipality_id uuid not null,
  request_id   uuid not null,
  kind         text not null check (kind in ('plugin', 'processor')),
  name         text not null check (char_length(name) between 1 and 300),
  elements     text[] not null,
  last_read_at timestamptz not null,
  state        text not null default 'to-tell' check (state in ('to-tell', 'told', 'acknowledged')),
  told_at      timestamptz,
  acknowledged_at timestamptz,
  note         text check (char_length(note) <= 500),
  primary key (municipality_id, request_id, kind, name),
  foreign key (municipality_id, request_id) references rights_request (municipality_id, id),
  check ((state = 'to-tell') = (told_at is null)),
  check ((state = 'acknowledged') = (acknowledged_at is not null))
);
call protect('rights_recipient');
revoke delete, truncate on rights_recipient from {{app}};
