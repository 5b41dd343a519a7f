-- What an agreement asks of those who are shown an element: only its coarse form, no sending it on, and for how long a plugin may
-- hold it. Jobs for which nobody waits need `background` beside.
alter table agreement_element add column coarse boolean not null default false;
alter table agreement_element add column no_export boolean not null default false;
alter table agreement_element add column lease text not null default 'while-user-online'
  check (lease in ('during-request', 'while-user-online'));
alter table agreement_element add check (lease = 'while-user-online' or not background);
