create table outbox_mail (
    id integer not null primary key autoincrement,
    recipient text not null,
    subject text not null,
    body text not null,
    written_at text not null,
    next_try_at text,
    tries integer not null,
    sent_at text,
    fault text
);
create index ix_outbox_mail_next_try_at on outbox_mail (next_try_at);
