-- Secrets that the store must show or use again lie under a key outside the database; those in addresses are looked up by their hash.
-- What lies here readable is sealed by the program right after this script (OldSecrets).
alter table person rename column code_secret to sealed_code_secret;
alter table calendar_feed rename column secret to sealed_secret;
alter table calendar_feed add column secret_hash bytea;
update calendar_feed set secret_hash = sha256(convert_to(sealed_secret, 'UTF8'));
alter table calendar_feed alter column secret_hash set not null;
drop index ix_calendar_feed_secret;
create unique index ix_calendar_feed_secret_hash on calendar_feed (secret_hash);
alter table invitee rename column token to sealed_token;
alter table invitee alter column sealed_token drop not null;
alter table invitee add column token_hash bytea;
update invitee set token_hash = sha256(convert_to(sealed_token, 'UTF8'));
drop index ix_invitee_token;
create unique index ix_invitee_token_hash on invitee (token_hash);
