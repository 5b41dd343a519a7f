-- Written in the same transaction as a municipality's demonstration rows: present means complete.
create table demonstration_seed (
  municipality_id uuid primary key references municipality (id),
  version         text not null check (char_length(version) <= 64)
);
call protect('demonstration_seed');
