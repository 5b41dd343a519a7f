-- So that people recognise their own sign-ins. Families of browsers and systems only: nothing that tells two like devices apart.
alter table session
  add column browser text not null default 'other'
    check (browser in ('chrome', 'edge', 'firefox', 'safari', 'other')),
  add column system text not null default 'other'
    check (system in ('android', 'chromeos', 'ios', 'linux', 'macos', 'windows', 'other')),
  add column means text not null default 'provider' check (means in ('provider', 'passkey'));
