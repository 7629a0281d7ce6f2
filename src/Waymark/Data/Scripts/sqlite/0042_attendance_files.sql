create table attendance_file_row (
    id integer not null primary key autoincrement,
    import_id integer not null references import (id) on delete cascade,
    line integer not null,
    cluster_id integer not null references cluster (id),
    held_on text not null,
    half_term integer not null,
    urn integer,
    name text not null,
    role text not null,
    apology integer not null
);
create index ix_attendance_file_row_import_id on attendance_file_row (import_id);
create index ix_attendance_file_row_cluster_id on attendance_file_row (cluster_id);
alter table meeting add column import_id integer references import (id);
alter table representative add column import_id integer references import (id);
alter table apology add column import_id integer references import (id);
create index ix_meeting_import_id on meeting (import_id);
create index ix_representative_import_id on representative (import_id);
create index ix_apology_import_id on apology (import_id);
