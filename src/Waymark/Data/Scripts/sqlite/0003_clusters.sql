create table cluster (
    id integer not null primary key autoincrement,
    slug text not null,
    name text not null,
    kind integer not null,
    position integer not null,
    import_id integer references import (id),
    version integer not null
);
create index ix_cluster_slug on cluster (slug);
create index ix_cluster_import_id on cluster (import_id);
create table cluster_contact (
    id integer not null primary key autoincrement,
    cluster_id integer not null references cluster (id),
    capacity integer not null,
    name text not null,
    role text not null,
    email text not null,
    telephone text not null,
    "from" text not null,
    until text
);
create index ix_cluster_contact_cluster_id on cluster_contact (cluster_id);
create table membership_record (
    id integer not null primary key autoincrement,
    cluster_id integer not null references cluster (id) on delete cascade,
    urn integer not null,
    import_id integer references import (id),
    sequence integer not null,
    recorded_at text not null,
    note text not null,
    undone_at text
);
create index ix_membership_record_cluster_id_urn on membership_record (cluster_id, urn);
create index ix_membership_record_import_id on membership_record (import_id);
create table membership_row (
    id integer not null primary key autoincrement,
    record_id integer not null references membership_record (id) on delete cascade,
    "from" text not null,
    until text,
    kind integer not null
);
create index ix_membership_row_record_id on membership_row (record_id);
create table boundary_set (
    id integer not null primary key autoincrement,
    file_name text not null,
    attribution text not null,
    added_at text not null,
    removed_at text
);
create table boundary (
    id integer not null primary key autoincrement,
    set_id integer not null references boundary_set (id) on delete cascade,
    name text not null,
    path text not null
);
create index ix_boundary_set_id on boundary (set_id);
