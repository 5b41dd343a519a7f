-- The whole life of a consent: asked, put off, given, refused, withdrawn, expired, ended with the plugin, found invalid, suspended.
alter table consent_event drop constraint consent_event_act_check;
alter table consent_event add constraint consent_event_act_check check (act in (
  'give', 'refuse', 'withdraw', 'request', 'defer', 'expire', 'terminate', 'invalidate', 'suspend', 'resume', 'erase'));
-- Why the platform or the authority did it; a person's own reasons are never asked for.
alter table consent_event add column reason text check (char_length(reason) <= 500);

-- What falls due is found without reading the rest.
create index consent_state_expiry on consent_state (municipality_id, expires_on) where valid;
create index consent_state_of_plugin on consent_state (municipality_id, plugin, purpose);

-- The yearly look at everything that was given, on one page.
create table consent_review (
  municipality_id uuid not null references municipality (id),
  person_id   uuid not null,
  reviewed_on date not null,
  primary key (municipality_id, person_id, reviewed_on),
  foreign key (municipality_id, person_id) references person (municipality_id, id)
);
call protect('consent_review');
revoke update, delete, truncate on consent_review from {{app}};
