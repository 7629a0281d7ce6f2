create table held_back (
    measure integer not null,
    year integer not null,
    place integer not null,
    pupil_group integer not null,
    import_id integer not null,
    numerator real,
    denominator integer not null,
    primary key (measure, year, place, pupil_group, import_id)
) without rowid;
