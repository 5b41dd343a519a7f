-- Nobody looks for a row by these columns: to ANALYZE them after each load is work for nothing.
do $$
declare
  payload text;
begin
  foreach payload in array array[
    'org.name', 'org.school_type', 'org.status', 'class.title', 'class.language', 'class.status',
    'person.given_name', 'person.family_name', 'person.preferred_name', 'person.birth_date', 'person.language', 'person.email',
    'person.phone', 'person.address', 'person.photo',
    'guardianship.legal', 'guardianship.can_decide', 'guardianship.notify', 'enrollment.primary',
    'calendar_event.title', 'calendar_event.place']
  loop
    execute format('alter table %I alter column %I set statistics 0', split_part(payload, '.', 1), split_part(payload, '.', 2));
  end loop;
end $$;
