-- +goose Up

-- When whoever holds a device last proved who they are: what is dangerous asks
-- again after a while.
ALTER TABLE sessions ADD COLUMN confirmed_at BIGINT NOT NULL DEFAULT 0;

-- An address that was proved belongs to one account; any number may claim one
-- that was not.
ALTER TABLE accounts ADD COLUMN email_folded TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN email_proved_at BIGINT;
UPDATE accounts SET email_folded = lower(email);
CREATE UNIQUE INDEX accounts_by_email ON accounts (email_folded) WHERE email_proved_at IS NOT NULL;

-- Links sent by mail. The secret in a link is derived, never stored. A proof of
-- nobody is kept when an unknown name was typed, so that both take one time.
CREATE TABLE proofs (
    id         {{pk}},
    account    BIGINT REFERENCES accounts (id) ON DELETE CASCADE,
    purpose    TEXT NOT NULL,
    address    TEXT NOT NULL,
    folded     TEXT NOT NULL,
    nonce      TEXT NOT NULL,
    agent      TEXT NOT NULL,
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);
CREATE INDEX proofs_by_account ON proofs (account, purpose);
CREATE INDEX proofs_by_address ON proofs (folded, made_at);
CREATE INDEX proofs_by_end ON proofs (expires_at);

-- Whose a name is, by each of its looks: its spelling with case folded, and its
-- skeleton, in which letters that look alike are one. A former name is kept for
-- its account until an instant.
CREATE TABLE names (
    look       TEXT PRIMARY KEY,
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    spelt      BOOLEAN NOT NULL,
    kept_until BIGINT
);
CREATE INDEX names_by_account ON names (account);
CREATE INDEX names_by_end ON names (kept_until) WHERE kept_until IS NOT NULL;
INSERT INTO names (look, account, spelt) SELECT folded, id, TRUE FROM accounts;
-- What archive.Skeleton makes of the ASCII names accounts have had until now.
INSERT INTO names (look, account, spelt)
    SELECT lower(replace(replace(replace(replace(replace(replace(replace(name, 'rn', 'm'), 'vv', 'w'), '0', 'o'), '1', 'l'), 'I', 'l'), '|', 'l'), '_', '-')), id, FALSE
    FROM accounts WHERE TRUE ORDER BY id ON CONFLICT (look) DO NOTHING;

-- Browsers an account has signed in with, by a hash of the mark they keep.
CREATE TABLE known_devices (
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    mark       TEXT NOT NULL,
    seen_at    BIGINT NOT NULL,
    PRIMARY KEY (account, mark)
);
CREATE INDEX known_devices_by_sight ON known_devices (seen_at);
