-- The true counts, sealed with the key that is not in the database: only to refuse a later count whose difference would tell of few.
alter table published_aggregate add column key_id text;
alter table published_aggregate add column sealed bytea;
alter table published_aggregate add column total text;
