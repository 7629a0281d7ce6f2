create table joint_document (
    id integer not null primary key autoincrement,
    slug text not null,
    title text not null,
    kind integer not null,
    version integer not null
);
create unique index ix_joint_document_slug on joint_document (slug);
create table document_version (
    id integer not null primary key autoincrement,
    document_id integer not null references joint_document (id),
    number integer not null,
    introduction text not null,
    state integer not null,
    opens_on text,
    closes_on text,
    approved_on text,
    approved_by text not null,
    launched_on text,
    version integer not null
);
create unique index ix_document_version_document_id_number on document_version (document_id, number);
create table document_part (
    id integer not null primary key autoincrement,
    version_id integer not null references document_version (id),
    code text not null,
    kind integer not null,
    title text not null,
    "text" text not null,
    position integer not null
);
create unique index ix_document_part_version_id_code on document_part (version_id, code);
create table consultation_question (
    id integer not null primary key autoincrement,
    version_id integer not null references document_version (id),
    part_code text not null,
    "text" text not null,
    position integer not null
);
create index ix_consultation_question_version_id on consultation_question (version_id);
create table consultation_answer (
    id integer not null primary key autoincrement,
    question_id integer not null references consultation_question (id),
    place integer not null,
    "by" text not null,
    "text" text not null,
    "on" text not null,
    person_id integer
);
create index ix_consultation_answer_question_id on consultation_answer (question_id);
create table consultation_outcome (
    id integer not null primary key autoincrement,
    version_id integer not null references document_version (id),
    said text not null,
    did text not null
);
create index ix_consultation_outcome_version_id on consultation_outcome (version_id);
create table pledge (
    id integer not null primary key autoincrement,
    version_id integer not null references document_version (id),
    "key" text not null,
    urn integer,
    name text not null,
    signed_by text not null,
    capacity text not null,
    "on" text not null,
    person_id integer
);
create unique index ix_pledge_version_id_key on pledge (version_id, "key");
