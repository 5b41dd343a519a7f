-- Members come by invitation: named by their user name at the vendors' identity provider, and bound to the account
-- that first signs in under it. Later the name may go to somebody else; the account does not.
alter table vendor_member
  add column username text check (char_length(username) between 1 and 255),
  add column removed_at timestamptz;
create unique index vendor_member_username on vendor_member (vendor_id, username) where removed_at is null;
create unique index vendor_member_once on vendor_member (vendor_id, account) where removed_at is null;
create index vendor_member_account on vendor_member (account) where removed_at is null;
create index vendor_member_invited on vendor_member (username) where account is null and removed_at is null;
