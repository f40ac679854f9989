-- +goose Up

-- Whether a writer wants quotation marks, dashes and spaces left in books as
-- they were typed.
ALTER TABLE works ADD COLUMN as_typed BOOLEAN NOT NULL DEFAULT FALSE;
