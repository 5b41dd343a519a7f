-- The core's word that a learner came to a class or left one, kept by the statement that did it, whichever room or import that was.
-- Nobody acted in person: at delivery it is decided for the plugin's background work.
alter table plugin_event drop constraint plugin_event_check;
alter table plugin_event add constraint plugin_event_about check (subject_id is null or plugin is null or (person_id is not null and person_role is not null));

create function tell_of_enrolments() returns trigger language plpgsql as $$
declare
  woken bigint;
begin
  if not exists (select from enablement e join bundle b on b.digest = e.digest
      where e.status <> 'disabled' and b.manifest -> 'events' -> 'subscribes' ? 'enrolment.changed') then
    return null;
  end if;
  with told as (
    select e.municipality_id, e.school_id, e.plugin from enablement e join bundle b on b.digest = e.digest
    where e.status <> 'disabled' and b.manifest -> 'events' -> 'subscribes' ? 'enrolment.changed'
      and b.manifest -> 'scopes' @> '[{"capability": "events"}]'),
  learners as materialized (
    select distinct on (f.municipality_id, f.school_id, f.person_id) f.municipality_id, gen_random_uuid() as id, f.school_id, f.person_id
    from fresh f where f.role = 'student' and exists (select from told t where t.municipality_id = f.municipality_id and t.school_id = f.school_id)),
  events as (
    insert into plugin_event (municipality_id, id, school_id, name, subject_id, body, language, published_at)
    select municipality_id, id, school_id, 'enrolment.changed', person_id, '{}', 'fi', now() from learners returning 1),
  deliveries as (
    insert into event_delivery (municipality_id, event_id, plugin, school_id, order_key, next_at)
    select l.municipality_id, l.id, t.plugin, l.school_id, ' learner ' || l.person_id, now()
    from learners l join told t on t.municipality_id = l.municipality_id and t.school_id = l.school_id returning municipality_id)
  select count(pg_notify('digione_jobs', json_build_object('municipality', municipality_id)::text))
    into woken from (select distinct municipality_id from deliveries) d;
  return null;
end $$;

create trigger enrolment_told after insert on enrollment referencing new table as fresh for each statement execute function tell_of_enrolments();
create trigger enrolment_change_told after update on enrollment referencing new table as fresh for each statement execute function tell_of_enrolments();
