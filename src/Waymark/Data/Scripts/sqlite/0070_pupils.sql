create table sharing_agreement (
    id integer not null primary key autoincrement,
    school integer not null,
    kinds text not null,
    first_year integer not null,
    last_year integer not null,
    "from" text not null,
    until text not null,
    signed_by text not null,
    signed_as text not null,
    reference text not null,
    withdrawn_on text,
    taken_away integer,
    version integer not null
);
create index ix_sharing_agreement_school on sharing_agreement (school);
-- Who a child is, under a key that lies outside the database; nothing but the pseudonym leads here.
create table pupil (
    id integer not null primary key autoincrement,
    pseudonym blob not null,
    sealed_for integer not null,
    content blob not null,
    ends_at text not null
);
create unique index ix_pupil_pseudonym on pupil (pseudonym);
create table pupil_result (
    import_id integer not null references import (id),
    line integer not null,
    pseudonym blob not null,
    year integer not null,
    school integer not null,
    is_girl integer not null,
    is_disadvantaged integer,
    sen text,
    has_other_language integer,
    measure integer not null,
    outcome real not null,
    ends_at text not null,
    primary key (import_id, line)
);
create index ix_pupil_result_school on pupil_result (school);
create index ix_pupil_result_pseudonym on pupil_result (pseudonym);
