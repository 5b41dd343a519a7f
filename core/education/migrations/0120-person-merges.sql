-- Two rows turned out to be one learner, mostly because the national register merged two learner numbers. What belonged to
-- the merged row belongs to the kept one from then on; the old id keeps meaning the same learner, for plugins above all.
create table person_merge (
  municipality_id uuid not null,
  merged_id uuid not null,
  kept_id   uuid not null,
  reason    text not null check (char_length(reason) between 3 and 500),
  merged_by uuid not null,
  merged_at timestamptz not null,
  primary key (municipality_id, merged_id),
  foreign key (municipality_id, merged_id) references person (municipality_id, id),
  foreign key (municipality_id, kept_id) references person (municipality_id, id),
  foreign key (municipality_id, merged_by) references person (municipality_id, id),
  check (merged_id <> kept_id)
);
create index person_merge_into on person_merge (municipality_id, kept_id);
call protect('person_merge');
