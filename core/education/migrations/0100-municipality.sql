-- The one education table that belongs to no municipality: the list of municipalities itself.
create table municipality (
  id       uuid primary key,
  code     text not null unique check (code ~ '^[0-9]{3}$'),
  kind     text not null default 'municipality' check (kind in ('municipality', 'coordinator')),
  oid      text not null unique check (oid ~ '^[0-9]+(\.[0-9]+)+$' and char_length(oid) <= 64),
  name_fi  text not null check (char_length(name_fi) between 1 and 200),
  name_sv  text not null check (char_length(name_sv) between 1 and 200),
  name_en  text not null check (char_length(name_en) between 1 and 200),
  language text not null default 'fi' check (language in ('fi', 'sv', 'en'))
);
