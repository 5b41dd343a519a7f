-- A destroyed key leaves its place: what is logged about the person later gets no key that could be kept.
alter table audit_subject_key alter column salt drop not null;
alter table audit_subject_key add column destroyed_at timestamptz;
alter table audit_subject_key add constraint audit_subject_key_held_or_destroyed check ((salt is null) = (destroyed_at is not null));
