-- +goose Up

-- What people say of a chapter and answer each other. A chapter is its
-- permanent number and may be deleted since; thread and parent are 0 for a
-- comment that begins a thread, so that adding one touches no other row of its
-- thread but the one it answers. Who said it goes when they leave.
CREATE TABLE comments (
    id         {{pk}},
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    chapter    BIGINT NOT NULL,
    thread     BIGINT NOT NULL,
    parent     BIGINT NOT NULL,
    account    BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    pseud      BIGINT REFERENCES pseuds (id) ON DELETE SET NULL,
    guest      TEXT NOT NULL,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL,
    sum        TEXT NOT NULL,
    mark       TEXT NOT NULL,
    answers    INTEGER NOT NULL DEFAULT 0,
    posted_at  BIGINT NOT NULL,
    edited_at  BIGINT,
    hidden_at  BIGINT,
    frozen_at  BIGINT,
    pinned_at  BIGINT,
    UNIQUE (account, chapter, parent, sum)
);
CREATE INDEX comments_threads_of_chapter ON comments (chapter, id) WHERE parent = 0;
CREATE INDEX comments_threads_of_work ON comments (work, id) WHERE parent = 0;
CREATE INDEX comments_by_thread ON comments (thread, id) WHERE thread > 0;
CREATE INDEX comments_by_parent ON comments (parent) WHERE parent > 0;
CREATE INDEX comments_shown ON comments (chapter) WHERE state = 'shown' AND hidden_at IS NULL;
CREATE INDEX comments_held ON comments (work, id) WHERE state IN ('waiting', 'suspect', 'for_staff');
CREATE INDEX comments_by_account ON comments (account, id);
CREATE INDEX comments_by_pseud ON comments (pseud);
CREATE INDEX comments_by_sum ON comments (sum, posted_at);
CREATE INDEX comments_pinned ON comments (work) WHERE pinned_at IS NOT NULL;

-- How many comments of a work everyone reads.
ALTER TABLE works ADD COLUMN comments_shown INTEGER NOT NULL DEFAULT 0;

-- A writer who takes no comments on anything of theirs until an instant.
CREATE TABLE comment_pauses (
    account    BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    until      BIGINT NOT NULL
);

-- How often a word stood in comments that people called spam, and in those
-- they approved. The empty word counts the comments themselves.
CREATE TABLE spam_words (
    word       TEXT PRIMARY KEY,
    spam       BIGINT NOT NULL,
    ok         BIGINT NOT NULL
);
