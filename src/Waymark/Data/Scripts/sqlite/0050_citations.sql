create table citation (
    id integer not null primary key autoincrement,
    kind text not null,
    "key" text not null,
    title text not null,
    wording text not null,
    value real,
    base integer,
    lower real,
    upper real,
    symbol text not null,
    "on" text,
    members text not null,
    place integer not null,
    is_public integer not null,
    cited_on text not null,
    cited_by integer
);
create index ix_citation_kind_key on citation (kind, "key");
create table citation_use (
    citation_id integer not null references citation (id),
    kind text not null,
    "key" text not null,
    primary key (citation_id, kind, "key")
);
create index ix_citation_use_kind_key on citation_use (kind, "key");
-- What was cited stays as it was.
create trigger citation_is_frozen before update on citation begin select raise(abort, 'A citation is never changed.'); end;
create trigger citation_is_kept before delete on citation begin select raise(abort, 'A citation is never deleted.'); end;
