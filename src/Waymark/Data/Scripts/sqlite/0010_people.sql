create table person (
    id integer not null primary key autoincrement,
    name text not null,
    email text not null,
    email_key text not null,
    password_hash text,
    code_secret text,
    last_code_step integer not null,
    has_second_factor integer not null,
    invited_at text not null,
    joined_at text,
    closed_at text,
    last_seen text,
    kept_on text,
    version integer not null
);
create unique index ix_person_email_key on person (email_key);
create table role_held (
    id integer not null primary key autoincrement,
    person_id integer not null references person (id),
    role integer not null,
    place integer not null,
    "from" text not null,
    until text,
    given_by integer,
    version integer not null
);
create index ix_role_held_person_id on role_held (person_id);
create index ix_role_held_place on role_held (place);
create table organisation (
    id integer not null primary key autoincrement,
    name text not null
);
create table secret_link (
    id integer not null primary key autoincrement,
    purpose integer not null,
    person_id integer not null references person (id),
    hash blob not null,
    made_at text not null,
    expires_at text not null,
    made_by integer,
    used_at text,
    withdrawn_at text
);
create unique index ix_secret_link_hash on secret_link (hash);
create index ix_secret_link_person_id on secret_link (person_id);
create table session (
    id integer not null primary key autoincrement,
    person_id integer not null references person (id),
    token_hash blob not null,
    began_at text not null,
    second_factor integer not null,
    device text not null
);
create unique index ix_session_token_hash on session (token_hash);
create index ix_session_person_id on session (person_id);
create table passkey (
    id integer not null primary key autoincrement,
    person_id integer not null references person (id),
    credential_id blob not null,
    public_key blob not null,
    name text not null,
    added_at text not null,
    sign_count integer not null,
    transports text not null,
    is_backup_eligible integer not null,
    is_backed_up integer not null
);
create unique index ix_passkey_credential_id on passkey (credential_id);
create index ix_passkey_person_id on passkey (person_id);
create table recovery_code (
    id integer not null primary key autoincrement,
    person_id integer not null references person (id),
    hash blob not null
);
create index ix_recovery_code_person_id on recovery_code (person_id);
create table external_login (
    id integer not null primary key autoincrement,
    person_id integer not null references person (id),
    issuer text not null,
    subject text not null,
    added_at text not null
);
create unique index ix_external_login_issuer_subject on external_login (issuer, subject);
create index ix_external_login_person_id on external_login (person_id);
create table guess (
    id integer not null primary key autoincrement,
    about blob not null,
    "at" text not null
);
create index ix_guess_about on guess (about);
create index ix_guess_at on guess ("at");
create table protection_key (
    id integer not null primary key autoincrement,
    xml text not null
);
