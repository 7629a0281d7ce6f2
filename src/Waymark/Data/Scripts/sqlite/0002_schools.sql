create table containment (
    id integer not null primary key autoincrement,
    child integer not null,
    parent integer not null,
    kind integer not null,
    first_day text not null,
    last_day text,
    import_id integer
);
create index ix_containment_parent_kind on containment (parent, kind);
create index ix_containment_child on containment (child);
create table school (
    urn integer not null primary key,
    as_of text not null,
    name text not null,
    laestab integer,
    authority integer,
    type text,
    type_group text,
    phase integer not null,
    status integer not null,
    opened_on text,
    closed_on text,
    lowest_age integer,
    highest_age integer,
    gender text,
    religious_character text,
    trust text,
    street text,
    town text,
    postcode text,
    easting integer,
    northing integer,
    capacity integer,
    pupils integer,
    website text,
    search_text text not null,
    in_register integer not null
);
create index ix_school_authority on school (authority);
create table school_record (
    urn integer not null,
    import_id integer not null references import (id) on delete cascade,
    line integer not null,
    as_of text not null,
    name text not null,
    laestab integer,
    authority integer,
    type text,
    type_group text,
    phase integer not null,
    status integer not null,
    opened_on text,
    closed_on text,
    lowest_age integer,
    highest_age integer,
    gender text,
    religious_character text,
    trust text,
    street text,
    town text,
    postcode text,
    easting integer,
    northing integer,
    capacity integer,
    pupils integer,
    website text,
    search_text text not null,
    primary key (urn, as_of, import_id)
);
create index ix_school_record_import_id on school_record (import_id);
create table school_link (
    import_id integer not null references import (id) on delete cascade,
    line integer not null,
    predecessor integer not null,
    successor integer not null,
    kind integer not null,
    linked_on text,
    named integer not null,
    name text not null,
    primary key (import_id, line)
);
create index ix_school_link_predecessor on school_link (predecessor);
create index ix_school_link_successor on school_link (successor);
create table school_line (
    urn integer not null primary key,
    line integer not null,
    position integer not null
);
create index ix_school_line_line on school_line (line);
create table pyramid (
    id integer not null primary key autoincrement,
    name text not null
);
create unique index ix_pyramid_name on pyramid (name);
create table feed (
    id integer not null primary key autoincrement,
    pyramid_id integer not null references pyramid (id) on delete cascade,
    feeder integer not null,
    receiver integer not null,
    first_day text not null,
    last_day text,
    state integer not null,
    import_id integer
);
create index ix_feed_pyramid_id on feed (pyramid_id);
create index ix_feed_feeder on feed (feeder);
create index ix_feed_receiver on feed (receiver);
