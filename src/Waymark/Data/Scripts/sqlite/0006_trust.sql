alter table cluster_contact add column version integer not null default 0;
create table form_key (
    "key" text not null,
    person_id integer not null,
    body_hash text not null,
    body text not null,
    location text not null,
    "at" text not null,
    primary key ("key", person_id)
);
create index ix_form_key_at on form_key ("at");
create table audit_event (
    id integer not null primary key autoincrement,
    kind integer not null,
    "at" text not null,
    person_id integer,
    action text not null,
    subject text not null,
    previous_hash blob not null,
    hash blob not null
);
create index ix_audit_event_subject on audit_event (subject);
create index ix_audit_event_person_id on audit_event (person_id);
create table audit_value (
    id integer not null primary key autoincrement,
    event_id integer not null references audit_event (id),
    record text not null,
    field text not null,
    digest blob not null,
    salt blob,
    before text,
    after text
);
create index ix_audit_value_event_id on audit_value (event_id);
-- The trail is only ever added to; of a value the texts may be erased, and nothing else.
create trigger audit_event_stays before update on audit_event begin select raise(abort, 'The audit trail is never changed.'); end;
create trigger audit_event_is_kept before delete on audit_event begin select raise(abort, 'The audit trail is never deleted.'); end;
create trigger audit_value_is_kept before delete on audit_value begin select raise(abort, 'The audit trail is never deleted.'); end;
create trigger audit_value_stays before update on audit_value
when new.salt is not null or new.before is not null or new.after is not null
    or new.id <> old.id or new.event_id <> old.event_id or new.record <> old.record or new.field <> old.field or new.digest <> old.digest
begin select raise(abort, 'The texts of the audit trail can only be erased.'); end;
