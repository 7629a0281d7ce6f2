create table figure (
    measure integer not null,
    year integer not null,
    place integer not null,
    pupil_group integer not null,
    import_id integer not null,
    line integer not null,
    precedence integer not null,
    value real,
    numerator real,
    denominator integer,
    lower real,
    upper real,
    symbol integer not null,
    primary key (measure, year, place, pupil_group, import_id)
) without rowid;
