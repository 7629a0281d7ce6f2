create table setting (
    "key" text not null primary key,
    value text not null
);
create table import (
    id integer not null primary key autoincrement,
    file_name text not null,
    sha256 text not null,
    format text not null,
    title text not null,
    years text not null,
    state integer not null,
    imported_at text not null,
    rows_read integer not null,
    rows_kept integer not null,
    rows_listed integer not null,
    figures_new integer not null,
    figures_changed integer not null,
    figures_same integer not null,
    version integer not null
);
create index ix_import_sha256 on import (sha256);
create table import_note (
    id integer not null primary key autoincrement,
    import_id integer not null references import (id) on delete cascade,
    kind integer not null,
    line integer,
    "column" text,
    value text,
    sentence text not null
);
create index ix_import_note_import_id on import_note (import_id);
create table stored_file_part (
    sha256 text not null,
    part integer not null,
    content blob not null,
    primary key (sha256, part)
);
