drop index ix_import_sha256;
create unique index ix_import_sha256 on import (sha256) where state = 1;
create table waiting_file (
    sha256 text not null primary key,
    file_name text not null,
    uploaded_at text not null
);
create table saved_layout (
    id integer not null primary key autoincrement,
    name text not null,
    layout text not null,
    saved_at text not null
);
create table named_school (
    import_id integer not null references import (id) on delete cascade,
    urn integer not null,
    name text,
    laestab integer,
    primary key (import_id, urn)
);
