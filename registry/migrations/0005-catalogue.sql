-- The newest listed version of each plugin, ready to be searched.
create table listing (
  plugin text primary key references plugin,
  version text not null,
  summary jsonb not null,
  facets text[] not null,
  -- names and id, folded, for exact and typo-tolerant search
  title text not null,
  text_fi tsvector not null,
  text_sv tsvector not null,
  text_en tsvector not null,
  listed_at timestamptz not null
);
create index listing_facets on listing using gin (facets);
create index listing_text_fi on listing using gin (text_fi);
create index listing_text_sv on listing using gin (text_sv);
create index listing_text_en on listing using gin (text_en);
do $$
begin
  -- typo-tolerant search where the server has the extension; exact search everywhere
  if exists (select from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm' and n.nspname = 'public') then
    create index listing_title on listing using gin (title public.gin_trgm_ops);
  end if;
end $$;
