alter table outbox_mail add column calendar text;
alter table outbox_mail add column reply_to text;
