-- +goose Up

-- 0035 gave the works of renamed tags back the words their writers typed, and
-- folded those by LOWER, which knows no letters but ASCII on SQLite, nor on
-- PostgreSQL where a database was made so: works that were tagged Élan stayed
-- with the newer name. Here a word that is the name of a tag is looked up as it
-- is, then with capitals of Latin, Greek and Cyrillic letters folded. What only
-- NFKC makes equal stays where it is, unless a tag is called just so.
UPDATE work_tags SET tag = (SELECT q.id FROM tags q WHERE q.kind = work_tags.kind AND q.name = work_tags.wording ORDER BY q.id LIMIT 1)
    WHERE tag IN (SELECT tag FROM tag_acts WHERE kind = 'rename'
        UNION SELECT s.id FROM tags s WHERE s.canonical IN (SELECT tag FROM tag_acts WHERE kind = 'rename')
        UNION SELECT other FROM tag_acts WHERE kind = 'split' AND tag IN (SELECT tag FROM tag_acts WHERE kind = 'rename'))
    AND OCTET_LENGTH(wording) <> LENGTH(wording)
    AND EXISTS (SELECT 1 FROM tags q WHERE q.kind = work_tags.kind AND q.name = work_tags.wording AND q.id <> work_tags.tag);

WITH RECURSIVE renamed (tag) AS (
    SELECT tag FROM tag_acts WHERE kind = 'rename'
    UNION SELECT s.id FROM tags s WHERE s.canonical IN (SELECT tag FROM tag_acts WHERE kind = 'rename')
    UNION SELECT other FROM tag_acts WHERE kind = 'split' AND tag IN (SELECT tag FROM tag_acts WHERE kind = 'rename')
), letters (capitals, smalls) AS (SELECT
    'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮĴĶĹĻĽŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯҐẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ',
    'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįĵķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷÿźżžάέήίόύώαβγδεζηθικλμνξοπρστυφχψωϊϋѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцчшщъыьэюяґạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ'
), folding (kind, wording, folded, at) AS (
    SELECT DISTINCT kind, wording, REPLACE(REPLACE(LOWER(wording), 'ß', 'ss'), 'ς', 'σ'), 1 FROM work_tags
        WHERE tag IN (SELECT tag FROM renamed) AND OCTET_LENGTH(wording) <> LENGTH(wording)
    UNION ALL SELECT f.kind, f.wording, REPLACE(f.folded, SUBSTR(l.capitals, f.at, 1), SUBSTR(l.smalls, f.at, 1)), f.at + 1
        FROM folding f CROSS JOIN letters l WHERE f.at <= LENGTH(l.capitals)
)
UPDATE work_tags SET tag = q.id FROM folding f JOIN tags q ON q.kind = f.kind AND q.folded = f.folded
    WHERE f.at = (SELECT LENGTH(capitals) + 1 FROM letters)
    AND work_tags.kind = f.kind AND work_tags.wording = f.wording AND work_tags.tag IN (SELECT tag FROM renamed) AND work_tags.tag <> q.id;
