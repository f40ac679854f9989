-- +goose Up

-- Kudos: one a work and reader. Giver tells readers of one work apart and no
-- more: "member 12", a hash of a guest's mark, or a hash of their network under
-- the key of the day. Network is kept for the day alone, to see a burst.
CREATE TABLE kudos (
    id         {{pk}},
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    giver      TEXT NOT NULL,
    account    BIGINT NOT NULL DEFAULT 0,
    named      BOOLEAN NOT NULL,
    at         BIGINT NOT NULL,
    parked_at  BIGINT,
    network    TEXT NOT NULL DEFAULT '',
    told       BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (work, giver)
);
CREATE INDEX kudos_named ON kudos (work, id DESC) WHERE named;
CREATE INDEX kudos_by_guests ON kudos (work, at) WHERE account = 0;
CREATE INDEX kudos_by_account ON kudos (account) WHERE account > 0;
CREATE INDEX kudos_parked ON kudos (work) WHERE parked_at IS NOT NULL;
CREATE INDEX kudos_untold ON kudos (work) WHERE NOT told AND parked_at IS NULL;
CREATE INDEX kudos_networks ON kudos (at) WHERE network <> '';

-- How many kudos a work has: those that are not parked.
ALTER TABLE works ADD COLUMN kudos BIGINT NOT NULL DEFAULT 0;

-- When the creators of a work were last told of kudos: once a day is enough.
CREATE TABLE kudos_told (
    work       BIGINT PRIMARY KEY REFERENCES works (id) ON DELETE CASCADE,
    at         BIGINT NOT NULL
);

-- A notice may be about a comment (subject), a chapter, or a number of things.
-- One that its member deleted stays for a while, so that no job tells it again.
ALTER TABLE notices ADD COLUMN subject BIGINT NOT NULL DEFAULT 0;
ALTER TABLE notices ADD COLUMN chapter BIGINT NOT NULL DEFAULT 0;
ALTER TABLE notices ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
ALTER TABLE notices ADD COLUMN deleted_at BIGINT;
CREATE INDEX notices_unread ON notices (account, id DESC) WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX notices_deleted ON notices (deleted_at) WHERE deleted_at IS NOT NULL;

-- How far the notices of an account went out in its daily mail: what is after
-- sent and not after until is a mail under way, so that the same mail sent
-- again is the same.
CREATE TABLE digests (
    account    BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    sent       BIGINT NOT NULL,
    until      BIGINT NOT NULL,
    at         BIGINT NOT NULL
);
