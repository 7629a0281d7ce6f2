create table funding_bid (
    id integer not null primary key autoincrement,
    fund text not null,
    place integer not null,
    title text not null,
    lead text not null,
    lead_kind text not null,
    partners text not null,
    state integer not null,
    sent_on text,
    decided_on text,
    awarded text,
    outcome text not null,
    version integer not null
);
create table bid_school (
    bid_id integer not null references funding_bid (id),
    urn integer not null,
    stated text not null,
    primary key (bid_id, urn)
);
create table bid_cost (
    id integer not null primary key autoincrement,
    bid_id integer not null references funding_bid (id),
    what text not null,
    amount text not null
);
create index ix_bid_cost_bid_id on bid_cost (bid_id);
create table bid_letter (
    id integer not null primary key autoincrement,
    bid_id integer not null references funding_bid (id),
    "from" text not null,
    "on" text not null,
    says text not null
);
create index ix_bid_letter_bid_id on bid_letter (bid_id);
