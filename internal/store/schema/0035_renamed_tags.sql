-- +goose Up

-- A renamed tag leaves its works with the name they were tagged with
-- (docs/decisions/0311). Before, they stayed with the tag that got the newer name:
-- they go back to the words their writers typed.
UPDATE work_tags SET tag = (SELECT q.id FROM tags q WHERE q.kind = work_tags.kind AND q.folded = LOWER(work_tags.wording))
    WHERE tag IN (SELECT tag FROM tag_acts WHERE kind = 'rename' AND other <> 0 UNION SELECT other FROM tag_acts WHERE kind = 'rename' AND other <> 0)
    AND EXISTS (SELECT 1 FROM tags q WHERE q.kind = work_tags.kind AND q.folded = LOWER(work_tags.wording) AND q.id <> work_tags.tag);
-- What was renamed so stays so: nothing took the place of anything.
UPDATE tag_acts SET other = 0 WHERE kind = 'rename';
