-- A survey can come by import; it is seen while that import is in use.
alter table survey add column import_id integer references import (id);
create index ix_survey_import_id on survey (import_id);
alter table survey_question add column import_id integer references import (id);
create index ix_survey_question_import_id on survey_question (import_id);
-- What a finding rests on is kept with all other citations.
drop table finding_citation;
