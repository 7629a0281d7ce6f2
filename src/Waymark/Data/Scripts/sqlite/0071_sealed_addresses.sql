-- Secrets that the store must show or use again lie under a key outside the database; those in addresses are looked up by their hash.
-- What lies here readable is sealed by the program right after this script (OldSecrets).
alter table person rename column code_secret to sealed_code_secret;
create table sealed_calendar_feed (
    id integer not null primary key autoincrement,
    person_id integer not null,
    cluster_id integer references cluster (id),
    own integer not null,
    secret_hash blob not null,
    sealed_secret text not null
);
insert into sealed_calendar_feed select id, person_id, cluster_id, own, sha256(secret), secret from calendar_feed;
drop table calendar_feed;
alter table sealed_calendar_feed rename to calendar_feed;
create unique index ix_calendar_feed_secret_hash on calendar_feed (secret_hash);
create index ix_calendar_feed_person_id on calendar_feed (person_id);
create index ix_calendar_feed_cluster_id on calendar_feed (cluster_id);
create table sealed_invitee (
    id integer not null primary key autoincrement,
    meeting_id integer not null references meeting (id),
    email text not null,
    name text not null,
    token_hash blob,
    sealed_token text,
    reply integer not null,
    sent_sequence integer not null,
    replied_at text
);
insert into sealed_invitee select id, meeting_id, email, name, sha256(token), token, reply, sent_sequence, replied_at from invitee;
drop table invitee;
alter table sealed_invitee rename to invitee;
create unique index ix_invitee_meeting_id_email on invitee (meeting_id, email);
create unique index ix_invitee_token_hash on invitee (token_hash);
