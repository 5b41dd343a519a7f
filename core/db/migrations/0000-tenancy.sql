-- Tenant isolation, once for every table that belongs to a municipality (PostgreSQL row-level security).
-- The sub-select makes the setting an InitPlan: read once per statement, not once per row.
create procedure protect(table_name text) language plpgsql as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format(
    'create policy tenant on %I using (municipality_id = (select nullif(current_setting(''digione.municipality'', true), '''')::uuid))
       with check (municipality_id = (select nullif(current_setting(''digione.municipality'', true), '''')::uuid))',
    table_name);
end $$;

-- Rows of a municipality that does not exist: the server looks for them at start and refuses to serve if it can.
create table tenancy_probe (municipality_id uuid not null primary key, planted_at timestamptz not null default now());
call protect('tenancy_probe');
select set_config('digione.municipality', '00000000-0000-4000-8000-000000000001', true);
insert into tenancy_probe (municipality_id) values ('00000000-0000-4000-8000-000000000001');
