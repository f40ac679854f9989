-- +goose Up

-- The log: one row for everything that happens. log_head gives out ids in
-- commit order (DESIGN.md §1.3); the site's own revision stands beside it.
CREATE TABLE log_head (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    id         BIGINT NOT NULL,
    site_rev   BIGINT NOT NULL
);
INSERT INTO log_head (one, id, site_rev) VALUES (1, 0, 1);

CREATE TABLE events (
    id         BIGINT PRIMARY KEY,
    at         BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    actor      BIGINT NOT NULL,
    work       BIGINT NOT NULL,
    chapter    BIGINT NOT NULL,
    subject    BIGINT NOT NULL,
    data       TEXT NOT NULL
);

CREATE TABLE cursors (
    name       TEXT PRIMARY KEY,
    event      BIGINT NOT NULL
);

CREATE TABLE leases (
    name       TEXT PRIMARY KEY,
    holder     TEXT NOT NULL,
    until      BIGINT NOT NULL
);

CREATE TABLE jobs (
    id         {{pk}},
    event      BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    run_at     BIGINT NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    progress   BIGINT NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT '',
    given_up   BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (event, kind)
);
CREATE INDEX jobs_due ON jobs (run_at) WHERE NOT given_up;

CREATE TABLE settings (
    name       TEXT PRIMARY KEY,
    value      TEXT NOT NULL
);

-- Accounts.
CREATE TABLE accounts (
    id            {{pk}},
    name          TEXT NOT NULL,
    folded        TEXT NOT NULL UNIQUE,
    email         TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    staff         BOOLEAN NOT NULL,
    preferences   TEXT NOT NULL,
    created_at    BIGINT NOT NULL
);

CREATE TABLE pseuds (
    id         {{pk}},
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    folded     TEXT NOT NULL,
    is_default BOOLEAN NOT NULL,
    UNIQUE (account, folded)
);
CREATE INDEX pseuds_by_name ON pseuds (folded);

CREATE TABLE sessions (
    id         {{pk}},
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    secret     TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    agent      TEXT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE tokens (
    id         {{pk}},
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    secret     TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- What a client asked to do at most once: a form's id, an Idempotency-Key.
CREATE TABLE deeds (
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    deed       TEXT NOT NULL,
    answer     TEXT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (account, deed)
);

-- Works.
CREATE TABLE works (
    id           {{pk}},
    title        TEXT NOT NULL,
    sort_title   TEXT NOT NULL,
    language     TEXT NOT NULL,
    summary      TEXT NOT NULL,
    notes_before TEXT NOT NULL,
    notes_after  TEXT NOT NULL,
    restricted   BOOLEAN NOT NULL,
    comments     TEXT NOT NULL,
    moderated    BOOLEAN NOT NULL,
    planned      INTEGER NOT NULL,
    elsewhere    TEXT NOT NULL,
    posted       INTEGER NOT NULL DEFAULT 0,
    chapters     INTEGER NOT NULL DEFAULT 0,
    words        BIGINT NOT NULL DEFAULT 0,
    hits         BIGINT NOT NULL DEFAULT 0,
    created_at   BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    revised_at   BIGINT NOT NULL,
    posted_at    BIGINT,
    hidden_at    BIGINT,
    deleted_at   BIGINT,
    purge_at     BIGINT,
    revision     BIGINT NOT NULL DEFAULT 1,
    shown_rev    BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX works_recent ON works (revised_at DESC, id DESC) WHERE posted_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX works_to_purge ON works (purge_at) WHERE purge_at IS NOT NULL;

CREATE TABLE work_creators (
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    pseud      BIGINT NOT NULL REFERENCES pseuds (id),
    account    BIGINT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (work, position),
    UNIQUE (work, pseud)
);
CREATE INDEX work_creators_by_account ON work_creators (account, work);
CREATE INDEX work_creators_by_pseud ON work_creators (pseud);

-- A work's tags keep the writer's words; the tag row is (kind, folded name).
CREATE TABLE tags (
    id         {{pk}},
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL,
    folded     TEXT NOT NULL,
    search     TEXT NOT NULL,
    medium     TEXT NOT NULL DEFAULT '',
    UNIQUE (kind, folded)
);
CREATE INDEX tags_by_search ON tags (search);

CREATE TABLE work_tags (
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    tag        BIGINT NOT NULL REFERENCES tags (id),
    kind       TEXT NOT NULL,
    wording    TEXT NOT NULL,
    main       BOOLEAN NOT NULL,
    PRIMARY KEY (work, position)
);
CREATE INDEX work_tags_by_tag ON work_tags (tag, work);

CREATE TABLE chapters (
    id           {{pk}},
    work         BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    title        TEXT NOT NULL,
    words        BIGINT NOT NULL,
    posted_at    BIGINT,
    published_at BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    revision     BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX chapters_by_work ON chapters (work, position);

-- Text is not in the row that lists read. Texts are zstd.
CREATE TABLE chapter_texts (
    chapter    BIGINT PRIMARY KEY REFERENCES chapters (id) ON DELETE CASCADE,
    summary    TEXT NOT NULL,
    disclaimer TEXT NOT NULL,
    notes_before TEXT NOT NULL,
    notes_after  TEXT NOT NULL,
    dedication TEXT NOT NULL,
    body       {{blob}} NOT NULL,
    source     {{blob}} NOT NULL,
    format     TEXT NOT NULL,
    manuscript BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE revisions (
    id         {{pk}},
    chapter    BIGINT NOT NULL REFERENCES chapters (id) ON DELETE CASCADE,
    number     BIGINT NOT NULL,
    account    BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    title      TEXT NOT NULL,
    words      BIGINT NOT NULL,
    fields     {{blob}} NOT NULL,
    UNIQUE (chapter, number)
);

-- A deleted chapter's old address still tells of the work.
CREATE TABLE former_chapters (
    chapter    BIGINT PRIMARY KEY,
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    title      TEXT NOT NULL,
    fields     {{blob}} NOT NULL,
    posted     BOOLEAN NOT NULL,
    deleted_at BIGINT NOT NULL
);

CREATE TABLE gifts (
    id         {{pk}},
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    recipient  TEXT NOT NULL,
    folded     TEXT NOT NULL,
    account    BIGINT NOT NULL DEFAULT 0,
    UNIQUE (work, folded)
);
CREATE INDEX gifts_by_account ON gifts (account);

CREATE TABLE autosaves (
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    form       TEXT NOT NULL,
    base       BIGINT NOT NULL,
    fields     {{blob}} NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (account, form)
);

CREATE TABLE manuscripts (
    id         {{pk}},
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    bytes      BIGINT NOT NULL,
    key        TEXT NOT NULL,
    choices    TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX manuscripts_by_account ON manuscripts (account, created_at DESC);

CREATE TABLE pictures (
    id         {{pk}},
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    sha256     TEXT NOT NULL,
    key        TEXT NOT NULL,
    media_type TEXT NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    bytes      BIGINT NOT NULL,
    origin     TEXT NOT NULL DEFAULT '',
    UNIQUE (work, sha256, origin)
);

CREATE TABLE notices (
    id         {{pk}},
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    event      BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    work       BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    read_at    BIGINT,
    UNIQUE (event, account)
);
CREATE INDEX notices_by_account ON notices (account, id DESC);

-- Hits: one a work, visitor and day. A visitor is a hash under a key that is
-- thrown away when the day is over.
CREATE TABLE visits (
    day        BIGINT NOT NULL,
    work       BIGINT NOT NULL,
    visitor    TEXT NOT NULL,
    PRIMARY KEY (day, work, visitor)
);

CREATE TABLE day_keys (
    day        BIGINT PRIMARY KEY,
    secret     TEXT NOT NULL
);
