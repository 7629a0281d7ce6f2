create table action_link (
    id integer not null primary key autoincrement,
    action text not null,
    subject integer not null,
    person_id integer,
    hash blob not null,
    made_at text not null,
    expires_at text not null,
    used_at text,
    withdrawn_at text
);
create unique index ix_action_link_hash on action_link (hash);
create index ix_action_link_action_subject on action_link (action, subject);
create table job (
    id integer not null primary key autoincrement,
    kind text not null,
    argument text not null,
    due_at text not null,
    tries integer not null,
    done_at text,
    fault text
);
create index ix_job_due_at on job (due_at);
