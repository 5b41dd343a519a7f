create table vendor (
  id uuid primary key,
  namespace text not null unique check (namespace ~ '^[a-z][a-z0-9-]{1,38}$'),
  name text not null,
  business_id text not null,
  country text not null,
  state text not null default 'active' check (state in ('active', 'suspended')),
  created_at timestamptz not null
);

create table vendor_member (
  vendor_id uuid not null references vendor,
  id uuid not null,
  name text not null,
  role text not null check (role in ('owner', 'developer', 'approver')),
  -- the same person's account in the platform, so that nobody approves what they published
  account text,
  primary key (vendor_id, id)
);

create table vendor_key (
  key_id text primary key,
  vendor_id uuid not null references vendor,
  -- base64 of the SubjectPublicKeyInfo
  public_key text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index vendor_key_vendor on vendor_key (vendor_id);

create table publish_token (
  id uuid primary key,
  hash text not null unique,
  vendor_id uuid not null,
  member_id uuid not null,
  scopes text[] not null,
  plugin text,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null,
  foreign key (vendor_id, member_id) references vendor_member (vendor_id, id)
);
create index publish_token_vendor on publish_token (vendor_id);

-- a service token is good for one request
create table used_service_token (
  jti text primary key,
  expires_at timestamptz not null
);
create index used_service_token_expiry on used_service_token (expires_at);
