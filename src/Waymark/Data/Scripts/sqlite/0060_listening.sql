create table statement (
    id integer not null primary key autoincrement,
    code text not null,
    kind integer not null,
    options text not null,
    most integer,
    wording_json text not null,
    retired_on text,
    version integer not null
);
create unique index ix_statement_code on statement (code);
create table survey (
    id integer not null primary key autoincrement,
    code text not null,
    title text not null,
    audience integer not null,
    anonymity integer not null check (anonymity in (1, 2, 3)),
    state integer not null,
    is_interview integer not null,
    languages text not null,
    words_json text not null,
    opened_on text,
    closes_on text,
    closed_on text,
    population integer,
    population_source text not null,
    key_twice integer not null,
    is_public integer not null,
    what_came text not null,
    version integer not null,
    unique (id, anonymity)
);
create unique index ix_survey_code on survey (code);
create table survey_question (
    id integer not null primary key autoincrement,
    survey_id integer not null references survey (id),
    position integer not null,
    code text not null,
    kind integer not null,
    statement_id integer references statement (id),
    matrix_id integer references survey_question (id),
    is_required integer not null,
    most integer,
    options text not null,
    shown_if_code text,
    shown_if_values text not null,
    wording_json text not null,
    version integer not null,
    unique (id, survey_id)
);
create unique index ix_survey_question_survey_id_code on survey_question (survey_id, code);
create index ix_survey_question_statement_id on survey_question (statement_id);
create index ix_survey_question_matrix_id on survey_question (matrix_id);

-- Who was asked, and whether they have answered. No time, and nothing that an answer names.
create table invitation (
    id integer not null primary key autoincrement,
    survey_id integer not null references survey (id),
    email text not null,
    name text not null,
    place integer not null,
    token_hash blob not null check (length(token_hash) = 32),
    is_answered integer not null check (is_answered in (0, 1)),
    sent_on text,
    reminded_on text,
    is_unsubscribed integer not null
);
create unique index ix_invitation_token_hash on invitation (token_hash);
create index ix_invitation_survey_id on invitation (survey_id);
-- Ballots that were used: a device's or a letter's number, hashed. Kept while the survey is open.
create table ballot (
    hash blob not null primary key check (length(hash) = 32),
    survey_id integer not null references survey (id)
) without rowid;
create index ix_ballot_survey_id on ballot (survey_id);
-- What was sent anonymously, sealed with a key that is not in the database, all of one survey of one length.
create table sealed_sheet (
    "key" blob not null primary key check (length("key") = 16),
    survey_id integer not null,
    anonymity integer not null check (anonymity = 1),
    content blob not null check (length(content) > 28),
    foreign key (survey_id, anonymity) references survey (id, anonymity)
) without rowid;
create index ix_sealed_sheet_survey_id_anonymity on sealed_sheet (survey_id, anonymity);
-- What was answered. The keys are random: no order, no number. An anonymous sheet has a place, and nothing of a person or a time; an anonymous answer has no sheet.
create table sheet (
    "key" blob not null primary key check (length("key") = 16),
    survey_id integer not null,
    anonymity integer not null,
    place integer not null,
    name text,
    day text,
    invitation_id integer references invitation (id),
    recorded_by integer,
    foreign key (survey_id, anonymity) references survey (id, anonymity),
    check (anonymity <> 1 or (name is null and day is null and invitation_id is null and recorded_by is null)),
    check (anonymity <> 2 or name is null)
) without rowid;
create index ix_sheet_survey_id_anonymity on sheet (survey_id, anonymity);
create unique index ix_sheet_invitation_id on sheet (invitation_id);
create table answer (
    "key" blob not null primary key check (length("key") = 16),
    survey_id integer not null,
    anonymity integer not null,
    question_id integer not null,
    place integer not null,
    sheet_key blob references sheet ("key"),
    value text not null,
    verbatim text,
    may_quote integer not null,
    foreign key (survey_id, anonymity) references survey (id, anonymity),
    foreign key (question_id, survey_id) references survey_question (id, survey_id),
    check ((anonymity = 1) = (sheet_key is null)),
    check (anonymity <> 1 or verbatim is null)
) without rowid;
create index ix_answer_survey_id_anonymity on answer (survey_id, anonymity);
create index ix_answer_question_id_survey_id on answer (question_id, survey_id);
create index ix_answer_sheet_key on answer (sheet_key);
-- A person has read a text and looked for names; what others see is what they left.
create table text_reading (
    answer_key blob not null primary key references answer ("key"),
    shown text not null,
    is_withheld integer not null,
    is_quote integer not null
) without rowid;
create table theme (
    id integer not null primary key autoincrement,
    statement_id integer not null references statement (id),
    label text not null,
    position integer not null
);
create unique index ix_theme_statement_id_label on theme (statement_id, label);
create table answer_theme (
    answer_key blob not null references answer ("key"),
    theme_id integer not null references theme (id),
    primary key (answer_key, theme_id)
) without rowid;
create index ix_answer_theme_theme_id on answer_theme (theme_id);
-- Paper sheets keyed once, sealed, waiting for the second keying.
create table keyed_sheet (
    id integer not null primary key autoincrement,
    survey_id integer not null references survey (id),
    number integer not null,
    content blob not null
);
create unique index ix_keyed_sheet_survey_id_number on keyed_sheet (survey_id, number);
create table finding (
    id integer not null primary key autoincrement,
    sentence text not null,
    made_on text not null,
    withdrawn_on text,
    version integer not null
);
create table finding_citation (
    id integer not null primary key autoincrement,
    finding_id integer not null references finding (id),
    survey_id integer not null references survey (id),
    question_id integer not null references survey_question (id),
    answer text not null,
    place integer not null,
    words text not null
);
create index ix_finding_citation_finding_id on finding_citation (finding_id);
create index ix_finding_citation_survey_id on finding_citation (survey_id);
create index ix_finding_citation_question_id on finding_citation (question_id);
create table finding_answer (
    id integer not null primary key autoincrement,
    finding_id integer not null references finding (id),
    cluster_id integer not null,
    resonance integer not null,
    said_on text not null,
    note text not null,
    version integer not null
);
create unique index ix_finding_answer_finding_id_cluster_id on finding_answer (finding_id, cluster_id);
