create table disposal (
    id integer not null primary key autoincrement,
    kind text not null,
    rule text not null,
    rows integer not null,
    "at" text not null
);
