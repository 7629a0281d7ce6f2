create table meeting (
    id integer not null primary key autoincrement,
    kind integer not null,
    title text not null,
    "group" text not null,
    day text not null,
    starts text not null,
    ends text not null,
    venue text not null,
    joining_link text not null,
    state integer not null,
    "round" integer not null,
    cancelled_because text not null,
    minutes integer not null,
    agreed_at_id integer references meeting (id),
    uid text not null,
    sequence integer not null,
    door_key text,
    version integer not null
);
create index ix_meeting_day on meeting (day);
create unique index ix_meeting_uid on meeting (uid);
create index ix_meeting_door_key on meeting (door_key);
create index ix_meeting_agreed_at_id on meeting (agreed_at_id);
create table meeting_cluster (
    meeting_id integer not null references meeting (id) on delete cascade,
    cluster_id integer not null references cluster (id),
    primary key (meeting_id, cluster_id)
);
create index ix_meeting_cluster_cluster_id on meeting_cluster (cluster_id);
create table representative (
    id integer not null primary key autoincrement,
    meeting_id integer not null references meeting (id) on delete cascade,
    urn integer,
    organisation text not null,
    name text not null,
    role text not null,
    stands_in_for text not null,
    late integer not null,
    online integer not null,
    "at" text not null,
    "by" integer not null
);
create unique index ix_representative_meeting_id_urn_organisation_name on representative (meeting_id, urn, organisation, name);
create index ix_representative_urn on representative (urn);
create table apology (
    id integer not null primary key autoincrement,
    meeting_id integer not null references meeting (id) on delete cascade,
    urn integer not null,
    "by" text not null,
    note text not null
);
create unique index ix_apology_meeting_id_urn on apology (meeting_id, urn);
create table agenda_item (
    id integer not null primary key autoincrement,
    meeting_id integer not null references meeting (id) on delete cascade,
    "position" integer not null,
    title text not null,
    owner text not null,
    purpose integer not null,
    minutes integer not null,
    question text not null,
    finding text not null,
    resonates integer not null,
    confidential integer not null,
    discussion text not null,
    decision text not null,
    version integer not null
);
create index ix_agenda_item_meeting_id on agenda_item (meeting_id);
create table meeting_action (
    id integer not null primary key autoincrement,
    item_id integer not null references agenda_item (id) on delete cascade,
    what text not null,
    owner text not null,
    due text not null,
    outcome text not null,
    done_on text
);
create index ix_meeting_action_item_id on meeting_action (item_id);
create table letter (
    id integer not null primary key autoincrement,
    meeting_id integer not null references meeting (id),
    urn integer not null,
    "round" integer not null,
    issued_on text not null,
    reason integer not null,
    note text not null,
    answered_on text,
    version integer not null
);
create unique index ix_letter_urn_round on letter (urn, "round");
create index ix_letter_meeting_id on letter (meeting_id);
create table half_term_dates (
    id integer not null primary key autoincrement,
    half_term integer not null,
    "from" text not null,
    until text not null,
    version integer not null
);
create unique index ix_half_term_dates_half_term on half_term_dates (half_term);
create table closed_days (
    id integer not null primary key autoincrement,
    who text not null,
    "from" text not null,
    until text not null,
    why text not null,
    uid text not null
);
create table agenda_template (
    id integer not null primary key autoincrement,
    kind integer not null,
    number integer not null,
    drafted_on text not null,
    approved_on text,
    approved_at_id integer references meeting (id),
    version integer not null
);
create unique index ix_agenda_template_kind_number on agenda_template (kind, number);
create index ix_agenda_template_approved_at_id on agenda_template (approved_at_id);
create table template_item (
    id integer not null primary key autoincrement,
    template_id integer not null references agenda_template (id) on delete cascade,
    "position" integer not null,
    title text not null,
    owner text not null,
    purpose integer not null,
    minutes integer not null,
    question text not null
);
create index ix_template_item_template_id on template_item (template_id);
create table terms_of_reference (
    id integer not null primary key autoincrement,
    cluster_id integer not null references cluster (id),
    number integer not null,
    "text" text not null,
    drafted_on text not null,
    agreed_on text,
    agreed_at_id integer references meeting (id),
    version integer not null
);
create unique index ix_terms_of_reference_cluster_id_number on terms_of_reference (cluster_id, number);
create index ix_terms_of_reference_agreed_at_id on terms_of_reference (agreed_at_id);
create table calendar_feed (
    id integer not null primary key autoincrement,
    person_id integer not null,
    cluster_id integer references cluster (id),
    own integer not null,
    secret text not null
);
create unique index ix_calendar_feed_secret on calendar_feed (secret);
create index ix_calendar_feed_person_id on calendar_feed (person_id);
create index ix_calendar_feed_cluster_id on calendar_feed (cluster_id);
create table invitee (
    id integer not null primary key autoincrement,
    meeting_id integer not null references meeting (id),
    email text not null,
    name text not null,
    token text not null,
    reply integer not null,
    sent_sequence integer not null,
    replied_at text
);
create unique index ix_invitee_meeting_id_email on invitee (meeting_id, email);
create unique index ix_invitee_token on invitee (token);
create table paper (
    id integer not null primary key autoincrement,
    meeting_id integer not null references meeting (id),
    item_id integer references agenda_item (id) on delete set null,
    "position" integer not null,
    title text not null,
    file_name text not null,
    sha256 text not null,
    content blob not null,
    confidential integer not null,
    "at" text not null
);
create index ix_paper_meeting_id on paper (meeting_id);
create index ix_paper_item_id on paper (item_id);
