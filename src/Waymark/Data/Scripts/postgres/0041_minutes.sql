alter table meeting add column publish_asked_by integer;
