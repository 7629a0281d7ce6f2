-- A letter that a mail program can unsubscribe from by itself.
alter table outbox_mail add column unsubscribe text;
