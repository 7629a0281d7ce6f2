create table progress_ask (
    action_id integer not null references planned_action (id),
    half_term integer not null,
    number integer not null,
    "on" date not null,
    primary key (action_id, half_term, number)
);
