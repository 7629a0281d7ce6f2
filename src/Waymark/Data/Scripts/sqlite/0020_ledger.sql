create table ledger_record (
    id integer not null primary key autoincrement,
    child integer not null,
    parent integer not null,
    through integer not null,
    import_id integer references import (id),
    sequence integer not null,
    recorded_at text not null,
    note text not null,
    undone_at text
);
create index ix_ledger_record_parent_child on ledger_record (parent, child);
create index ix_ledger_record_import_id on ledger_record (import_id);
create table ledger_row (
    id integer not null primary key autoincrement,
    record_id integer not null references ledger_record (id) on delete cascade,
    "from" text not null,
    until text,
    kind integer not null
);
create index ix_ledger_row_record_id on ledger_row (record_id);

-- Schools in clusters.
insert into ledger_record (child, parent, through, import_id, sequence, recorded_at, note, undone_at)
select 10000000 + urn, 20000000 + cluster_id, 0, import_id, sequence, recorded_at, note, undone_at from membership_record;
insert into ledger_row (record_id, "from", until, kind)
select r.id, w."from", w.until, w.kind + 1
from membership_row w
join membership_record m on m.id = w.record_id
join ledger_record r on r.child = 10000000 + m.urn and r.parent = 20000000 + m.cluster_id and r.sequence = m.sequence and coalesce(r.import_id, 0) = coalesce(m.import_id, 0);

-- Clusters that meet jointly.
insert into ledger_record (child, parent, through, import_id, sequence, recorded_at, note, undone_at)
select child, parent, 0, null, (select coalesce(max(sequence), 0) + 1 from membership_record), datetime('now'), 'Meets jointly', null
from (select distinct child, parent from containment where child between 20000000 and 29999999) joint;
insert into ledger_row (record_id, "from", until, kind)
select r.id, c.first_day, c.last_day, 1 from containment c join ledger_record r on r.child = c.child and r.parent = c.parent where c.child between 20000000 and 29999999;

-- Schools that feed others.
insert into ledger_record (child, parent, through, import_id, sequence, recorded_at, note, undone_at)
select 10000000 + feeder, 30000000 + pyramid_id, 10000000 + receiver, import_id, case when max(state) = 0 then 0 when import_id is null then 2 else 1 end, datetime('now'), 'Feeds', null
from feed group by feeder, pyramid_id, receiver, import_id;
insert into ledger_row (record_id, "from", until, kind)
select r.id, f.first_day, f.last_day, 1
from feed f join ledger_record r on r.child = 10000000 + f.feeder and r.parent = 30000000 + f.pyramid_id and r.through = 10000000 + f.receiver and coalesce(r.import_id, 0) = coalesce(f.import_id, 0);

drop table membership_row;
drop table membership_record;
drop table feed;
