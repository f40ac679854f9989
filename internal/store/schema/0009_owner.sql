-- +goose Up

-- Who may join while the archive is by invitation. The token in a link is
-- derived, never stored. Made by nobody: the queue had it made. An address is
-- there only while a mail is to reach it.
CREATE TABLE invitations (
    id         {{pk}},
    nonce      TEXT NOT NULL UNIQUE,
    made_by    BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    queued     BOOLEAN NOT NULL DEFAULT FALSE,
    note       TEXT NOT NULL DEFAULT '',
    address    TEXT NOT NULL DEFAULT '',
    folded     TEXT NOT NULL DEFAULT '',
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    used_at    BIGINT,
    used_by    BIGINT REFERENCES accounts (id) ON DELETE SET NULL
);
CREATE INDEX invitations_by_maker ON invitations (made_by, id DESC);
CREATE INDEX invitations_by_user ON invitations (used_by);
CREATE INDEX invitations_by_address ON invitations (folded) WHERE folded <> '';

-- Addresses that wait for an invitation, in the order they were asked for. A
-- place without an address was asked for twice: it stands in the count until
-- its turn, so that nobody learns who waits already.
CREATE TABLE queue (
    id         {{pk}},
    address    TEXT NOT NULL,
    folded     TEXT NOT NULL,
    ticket     TEXT NOT NULL UNIQUE,
    asked_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX queue_by_address ON queue (folded) WHERE folded <> '';
