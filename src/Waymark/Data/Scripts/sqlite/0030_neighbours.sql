create table statistical_neighbour (
    import_id integer not null references import (id) on delete cascade,
    authority integer not null,
    since text not null,
    rank integer not null,
    neighbour integer not null,
    line integer not null,
    primary key (import_id, authority, since, rank)
);
create index ix_statistical_neighbour_authority on statistical_neighbour (authority);
