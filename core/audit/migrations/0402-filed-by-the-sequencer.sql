-- Only the sequencer writes these, holding the head of the municipality's tree, which has the reference. One check for
-- each learner of each class list was half of its work.
alter table audit_subject drop constraint audit_subject_municipality_id_fkey;
alter table audit_chain drop constraint audit_chain_municipality_id_fkey;
alter table audit_subject_key drop constraint audit_subject_key_municipality_id_fkey;
