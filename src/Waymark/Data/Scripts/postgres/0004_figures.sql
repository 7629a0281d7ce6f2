create table figure (
    measure integer not null,
    year integer not null,
    place integer not null,
    pupil_group integer not null,
    import_id integer not null,
    line integer not null,
    precedence smallint not null,
    value double precision,
    numerator double precision,
    denominator bigint,
    lower double precision,
    upper double precision,
    symbol integer not null,
    primary key (measure, year, place, pupil_group, import_id)
);
