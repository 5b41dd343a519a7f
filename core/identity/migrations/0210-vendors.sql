-- People who work for vendors: known at the coordinating company by their user name at the vendors' provider. The role
-- opens the vendors' desk and no data of anybody; which vendor it is for, the registry knows.
alter table role drop constraint role_role_check;
alter table role add constraint role_role_check check (role in (
  'teacher', 'student', 'guardian', 'principal', 'siteAdministrator', 'reviewer', 'dataProtectionOfficer', 'vendor', 'support',
  'aide', 'counselor', 'districtAdministrator', 'parent', 'proctor', 'relative', 'systemAdministrator'));
alter table person_identifier drop constraint person_identifier_scheme_check;
alter table person_identifier add constraint person_identifier_scheme_check
  check (scheme in ('learner-number', 'mpass-uid', 'hetu-hash', 'username', 'vendor-username'));
