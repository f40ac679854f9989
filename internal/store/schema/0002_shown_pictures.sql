-- +goose Up

-- Which pictures the text of a chapter shows: those of a draft are as closed as
-- the draft, though they lie under the address of its posted work.
CREATE TABLE chapter_pictures (
    chapter    BIGINT NOT NULL REFERENCES chapters (id) ON DELETE CASCADE,
    picture    BIGINT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    PRIMARY KEY (chapter, picture)
);
CREATE INDEX chapter_pictures_by_picture ON chapter_pictures (picture);

-- Works whose pictures are the same bytes share one file.
CREATE INDEX pictures_by_key ON pictures (key);
