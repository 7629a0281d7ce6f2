create table priority (
    id integer not null primary key autoincrement,
    place integer not null,
    title text not null,
    detail text not null,
    horizon integer not null,
    proposed_on text not null,
    ended_on text,
    outcome text not null,
    joined_into integer references priority (id),
    import_id integer references import (id),
    version integer not null
);
create index ix_priority_joined_into on priority (joined_into);
create index ix_priority_import_id on priority (import_id);
create table adoption (
    priority_id integer not null references priority (id) on delete cascade,
    cluster_id integer not null references cluster (id),
    since text not null,
    primary key (priority_id, cluster_id)
);
create index ix_adoption_cluster_id on adoption (cluster_id);
create table kept_apart (
    first_id integer not null references priority (id),
    second_id integer not null references priority (id),
    "on" text not null,
    primary key (first_id, second_id)
);
create index ix_kept_apart_second_id on kept_apart (second_id);
create table driver (
    id integer not null primary key autoincrement,
    priority_id integer not null references priority (id),
    parent_id integer references driver (id),
    "text" text not null,
    position integer not null
);
create index ix_driver_priority_id on driver (priority_id);
create index ix_driver_parent_id on driver (parent_id);
create table success_measure (
    id integer not null primary key autoincrement,
    priority_id integer not null references priority (id),
    place integer not null,
    source integer not null,
    title text not null,
    indicator text not null,
    pupil_group text not null,
    unit text not null,
    higher_is_better integer not null,
    baseline_year integer,
    baseline_on text,
    baseline_citation_id integer references citation (id),
    target real,
    target_on text,
    recalculate_on text,
    recalculate_why text not null,
    version integer not null
);
create index ix_success_measure_priority_id on success_measure (priority_id);
create index ix_success_measure_baseline_citation_id on success_measure (baseline_citation_id);
create table measure_point (
    id integer not null primary key autoincrement,
    measure_id integer not null references success_measure (id),
    "on" text not null,
    "count" real not null,
    base integer
);
create unique index ix_measure_point_measure_id_on on measure_point (measure_id, "on");
create table planned_action (
    id integer not null primary key autoincrement,
    place integer not null,
    priority_id integer references priority (id),
    driver_id integer references driver (id) on delete set null,
    parent_id integer references planned_action (id),
    title text not null,
    owner text not null,
    owner_place integer not null,
    partners text not null,
    starts text not null,
    due text not null,
    resources text not null,
    money text,
    state integer not null,
    measure_id integer references success_measure (id),
    expected real,
    import_id integer references import (id),
    version integer not null
);
create index ix_planned_action_place on planned_action (place);
create index ix_planned_action_priority_id on planned_action (priority_id);
create index ix_planned_action_driver_id on planned_action (driver_id);
create index ix_planned_action_parent_id on planned_action (parent_id);
create index ix_planned_action_measure_id on planned_action (measure_id);
create index ix_planned_action_import_id on planned_action (import_id);
create table action_school (
    action_id integer not null references planned_action (id) on delete cascade,
    urn integer not null,
    primary key (action_id, urn)
);
create index ix_action_school_urn on action_school (urn);
create table progress_report (
    id integer not null primary key autoincrement,
    action_id integer not null references planned_action (id),
    half_term integer not null,
    going integer not null,
    done text not null,
    next text not null,
    "on" text not null,
    person_id integer
);
create index ix_progress_report_action_id on progress_report (action_id);
