-- The log by months, so that what has been kept long enough leaves as a whole month (retention) while the hashes of the
-- tree stay. What is filed under a person becomes one row per run of the sequencer instead of one per event, and the ends
-- of the chains follow from it: nothing of the log is ever updated.
alter table audit_event rename to audit_event_before;
alter table audit_event_before rename constraint audit_event_pkey to audit_event_before_pkey;
alter table audit_batch rename to audit_batch_before;
alter table audit_batch_before rename constraint audit_batch_pkey to audit_batch_before_pkey;
alter table audit_subject rename to audit_subject_before;
alter table audit_subject_before rename constraint audit_subject_pkey to audit_subject_before_pkey;
drop index audit_event_of_plugin;
drop index audit_batch_reach;

create sequence audit_position;

-- One row per read or act, written in the transaction that reads or acts: no row, no data.
-- Bits of `masks` are those of core/audit/element-bits.ts; subjects[i] was shown exactly the elements of masks[i].
create table audit_event (
  municipality_id uuid not null,
  position    bigint not null default nextval('audit_position'),
  at          timestamptz not null,
  action      text not null,
  decision    text not null check (decision in ('allow', 'deny')),
  reason      text,
  school_id   uuid,
  plugin      text,
  version     text,
  purpose     text,
  actor_id    uuid,
  actor_role  text not null,
  elements    text[] not null,
  subjects    uuid[] not null,
  masks       int[] not null,
  -- Revision of what the decision rested on (enablement or consent).
  revision    bigint,
  primary key (municipality_id, position, at),
  check (cardinality(subjects) = cardinality(masks))
) partition by range (at);
alter sequence audit_position owned by audit_event.position;
create index audit_event_of_plugin on audit_event (municipality_id, plugin, at) where plugin is not null;
call protect('audit_event');
revoke update, delete, truncate on audit_event from {{app}};

-- Which events a run of the sequencer put into the tree, in order, and the sub-leaves of their subjects, one behind the
-- other: event i (from 0) is leaf number first_leaf + i, its sub-leaves are those from starts[i + 1] up to starts[i + 2].
create table audit_batch (
  municipality_id uuid not null,
  first_leaf   bigint not null,
  -- Of the newest event in it.
  at           timestamptz not null,
  positions    bigint[] not null check (cardinality(positions) > 0),
  min_position bigint not null,
  max_position bigint not null,
  starts       int[] not null,
  sub_leaves   bytea not null,
  primary key (municipality_id, first_leaf, at)
) partition by range (at);
alter table audit_batch alter column sub_leaves set storage external;
create index audit_batch_reach on audit_batch (municipality_id, max_position);
call protect('audit_batch');
revoke update, delete, truncate on audit_batch from {{app}};

-- What a run filed under a person: the events' positions, and for each three numbers in `places`: which event of the batch
-- it is, which sub-leaf of the batch is the person's, and whose chains it goes on (1 guardian, 2 learner, 4 officer).
-- Each audience has its own numbering without gaps, so that "these are all of them" can be shown: `…_n` and `links` tell
-- where the chains stood before.
create table audit_subject (
  municipality_id uuid not null,
  person_id  uuid not null,
  first_leaf bigint not null,
  at         timestamptz not null,
  positions  bigint[] not null,
  places     int[] not null,
  guardian_n bigint not null,
  learner_n  bigint not null,
  officer_n  bigint not null,
  -- Of guardian, learner and officer; one when they are the same.
  links      bytea not null check (octet_length(links) in (32, 96)),
  primary key (municipality_id, person_id, first_leaf, at),
  check (cardinality(places) = 3 * cardinality(positions))
) partition by range (at);
call protect('audit_subject');
revoke update, delete, truncate on audit_subject from {{app}};

-- What no month has been made for.
create table audit_event_rest partition of audit_event default;
create table audit_batch_rest partition of audit_batch default;
create table audit_subject_rest partition of audit_subject default;
revoke all on audit_event_rest, audit_batch_rest, audit_subject_rest from {{app}};
call protect('audit_event_rest');
call protect('audit_batch_rest');
call protect('audit_subject_rest');

-- Existing rows move over. The owner sees them only while the isolation is not forced on it.
alter table audit_event_before no force row level security;
alter table audit_batch_before no force row level security;
alter table audit_subject_before no force row level security;
alter table audit_chain no force row level security;
alter table audit_event no force row level security;
alter table audit_batch no force row level security;
alter table audit_subject no force row level security;

insert into audit_event select * from audit_event_before;
select setval('audit_position', greatest((select coalesce(max(position), 0) from audit_event) + 1, 1), false);

create temporary table filed on commit drop as
  select s.*, b.first_leaf, (s.leaf - b.first_leaf)::int as event,
    (row_number() over (partition by s.municipality_id, b.first_leaf order by s.leaf, s.place) - 1)::int as spot
  from audit_subject_before s
  join audit_batch_before b on b.municipality_id = s.municipality_id
    and s.leaf >= b.first_leaf and s.leaf < b.first_leaf + cardinality(b.positions);
create index on filed (municipality_id, person_id, leaf);

insert into audit_batch (municipality_id, first_leaf, at, positions, min_position, max_position, starts, sub_leaves)
select b.municipality_id, b.first_leaf,
  coalesce((select max(e.at) from audit_event_before e where e.municipality_id = b.municipality_id and e.position = any(b.positions)), now()),
  b.positions, b.min_position, b.max_position,
  (select array_agg(n order by event) from (select i as event,
      (select count(*)::int from filed f where f.municipality_id = b.municipality_id and f.first_leaf = b.first_leaf and f.event < i) as n
    from generate_series(0, cardinality(b.positions)) i) starts),
  coalesce((select string_agg(f.sub_leaf, ''::bytea order by f.spot) from filed f
    where f.municipality_id = b.municipality_id and f.first_leaf = b.first_leaf), ''::bytea)
from audit_batch_before b;

-- A chain that the first event of a run does not go on stands where the person's next event of that chain finds it.
create function pg_temp.link_before(m uuid, p uuid, from_leaf bigint, whose text, cut int) returns bytea language sql as $$
  select coalesce(
    (select substring(f.previous from case when f.guardian_n is null then 1 else cut end for 32) from filed f
     where f.municipality_id = m and f.person_id = p and f.leaf >= from_leaf and (whose = 'officer' or f.guardian_n is not null)
     order by f.leaf limit 1),
    (select c.link from audit_chain c where c.municipality_id = m and c.person_id = p and c.audience = whose),
    decode(repeat('00', 32), 'hex')) $$;

insert into audit_subject (municipality_id, person_id, first_leaf, at, positions, places, guardian_n, learner_n, officer_n, links)
select g.municipality_id, g.person_id, g.first_leaf,
  (select b.at from audit_batch b where b.municipality_id = g.municipality_id and b.first_leaf = g.first_leaf),
  g.positions,
  (select array_agg(number order by f.leaf, part)
    from filed f, unnest(array[f.event, f.spot, case when f.guardian_n is null then 4 else 7 end]) with ordinality p (number, part)
    where f.municipality_id = g.municipality_id and f.person_id = g.person_id and f.first_leaf = g.first_leaf),
  (select count(f.guardian_n) from filed f where f.municipality_id = g.municipality_id and f.person_id = g.person_id and f.leaf < g.leaf),
  (select count(f.learner_n) from filed f where f.municipality_id = g.municipality_id and f.person_id = g.person_id and f.leaf < g.leaf),
  (select count(f.officer_n) from filed f where f.municipality_id = g.municipality_id and f.person_id = g.person_id and f.leaf < g.leaf),
  pg_temp.link_before(g.municipality_id, g.person_id, g.leaf, 'guardian', 1)
    || pg_temp.link_before(g.municipality_id, g.person_id, g.leaf, 'learner', 33)
    || pg_temp.link_before(g.municipality_id, g.person_id, g.leaf, 'officer', 65)
from (
  select municipality_id, person_id, first_leaf, min(leaf) as leaf, array_agg(position order by leaf) as positions
  from filed group by municipality_id, person_id, first_leaf) g;

alter table audit_event force row level security;
alter table audit_batch force row level security;
alter table audit_subject force row level security;
drop table audit_subject_before, audit_batch_before, audit_event_before, audit_chain;
create index audit_subject_key_destroyed on audit_subject_key (municipality_id) where salt is null;
