-- Every name begins with romancy_: the file may be the application's own. Times are microseconds since 1970. No foreign keys: a run and
-- what belongs to it are written and deleted together, in one transaction.

-- One row. schema_version: the newest migration here. min_engine: the oldest schema version that an engine must know to work with this
-- file. skew: what tests moved the clock of due rows forward by.
CREATE TABLE romancy_meta (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    schema_version INTEGER NOT NULL,
    min_engine     INTEGER NOT NULL,
    skew           INTEGER NOT NULL
) STRICT;

INSERT INTO romancy_meta (id, schema_version, min_engine, skew) VALUES (1, 1, 1, 0);

-- Leases of workers, on the unmoved clock. relays: whether it relays the outbox, and so has a share of its lanes.
CREATE TABLE romancy_node (
    id          TEXT PRIMARY KEY,
    label       TEXT NOT NULL,
    lease_until INTEGER NOT NULL,
    relays      INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- One row for each run; AUTOINCREMENT, so that the number of a deleted run never comes back. Narrow: it is rewritten at every step that
-- ends a claim. state: see InstanceStatus. retry: the key of the last retry. run_at: since when, or from when on, the run can be claimed;
-- null while it cannot be.
CREATE TABLE romancy_run (
    no         INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    workflow   TEXT NOT NULL,
    route      TEXT NOT NULL,
    start_hash TEXT NOT NULL,
    state      INTEGER NOT NULL,
    run_at     INTEGER,
    fence      INTEGER NOT NULL,
    wake       INTEGER NOT NULL,
    cancel     TEXT,
    retry      TEXT,
    owner      TEXT,
    waits      TEXT,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    lost       INTEGER NOT NULL DEFAULT 0, -- how often in a row it was taken from a worker whose lease ended
    lost_at    INTEGER                     -- the position of its last record then
) STRICT;

-- Ready, due and next due are one thing.
CREATE INDEX romancy_run_claim ON romancy_run (route, run_at) WHERE run_at IS NOT NULL;
CREATE INDEX romancy_run_owned ON romancy_run (owner) WHERE owner IS NOT NULL;
-- What lists look through: one workflow, the few that live among the many that ended, those that are stuck, failed or were cancelled, and
-- those that retention takes.
CREATE INDEX romancy_run_workflow ON romancy_run (workflow, no);
CREATE INDEX romancy_run_live ON romancy_run (no) WHERE ended_at IS NULL;
CREATE INDEX romancy_run_astray ON romancy_run (no) WHERE state IN (3, 5, 6);
CREATE INDEX romancy_run_ended ON romancy_run (ended_at) WHERE ended_at IS NOT NULL;

-- What a run was started with, and what is kept of its end or of why it is stuck.
CREATE TABLE romancy_run_body (
    run    INTEGER PRIMARY KEY,
    input  BLOB NOT NULL,
    output BLOB
) STRICT;

-- The history. A negative kind is open: the next record of its position replaces it. Rows lie in the order in which they were written, and
-- only the small index is in the order of the runs: a batch of many runs then writes few pages.
CREATE TABLE romancy_step (
    run  INTEGER NOT NULL,
    pos  INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    body BLOB,
    at   INTEGER NOT NULL,
    PRIMARY KEY (run, pos)
) STRICT;

-- Messages, and requests to cancel that were made inside a transaction (kind 1: the body is the reason). With one writer the ids are in
-- the order of the commits, and AUTOINCREMENT never gives one twice. mode: null for a mailbox, b broadcast, c competing.
-- state: 0 to be dispatched, 1 competing and kept until somebody waits for it, 2 dispatched.
CREATE TABLE romancy_msg (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT UNIQUE,
    kind    INTEGER NOT NULL,
    channel TEXT,
    mode    TEXT,
    target  TEXT,
    sender  TEXT,
    headers TEXT,
    body    BLOB NOT NULL,
    at      INTEGER NOT NULL,
    state   INTEGER NOT NULL
) STRICT;

CREATE INDEX romancy_msg_new ON romancy_msg (id) WHERE state = 0;
CREATE INDEX romancy_msg_queued ON romancy_msg (channel, id) WHERE state = 1;
CREATE INDEX romancy_msg_old ON romancy_msg (at) WHERE state = 2;

-- The mailboxes: what was dispatched to a run and not consumed.
CREATE TABLE romancy_delivery (
    run INTEGER NOT NULL,
    msg INTEGER NOT NULL,
    PRIMARY KEY (run, msg)
) STRICT, WITHOUT ROWID;

CREATE INDEX romancy_delivery_msg ON romancy_delivery (msg);

-- Who hears a topic, and from which message on: since is the last one that was there before. channel: with ~ in front while the run is
-- FAILED; there for a retry, heard by nobody.
CREATE TABLE romancy_sub (
    channel TEXT NOT NULL,
    run     INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    PRIMARY KEY (channel, run)
) STRICT, WITHOUT ROWID;

CREATE INDEX romancy_sub_run ON romancy_sub (run);

-- The mode of every topic that was ever used.
CREATE TABLE romancy_topic (
    channel TEXT PRIMARY KEY,
    mode    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The outbox: events of the application, inserted by its transactions. An event without a key has its own id as key. next_at: not to be
-- published before. done_at: when it got its outcome; of one that was put back, when that was, and its age counts from it. state: 0 pending,
-- 1 sent, 2 rejected, 3 expired.
CREATE TABLE romancy_outbox (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    next_at  INTEGER NOT NULL,
    done_at  INTEGER,
    attempts INTEGER NOT NULL,
    lane     INTEGER NOT NULL,
    state    INTEGER NOT NULL,
    key      TEXT NOT NULL,
    event_id TEXT NOT NULL,
    type     TEXT NOT NULL,
    headers  TEXT,
    body     BLOB NOT NULL,
    reason   TEXT
) STRICT;

-- From the head of one key to that of the next, whatever waits behind it.
CREATE INDEX romancy_outbox_head ON romancy_outbox (lane, key, id) WHERE state = 0;
CREATE INDEX romancy_outbox_done ON romancy_outbox (done_at) WHERE state <> 0;
CREATE INDEX romancy_outbox_set_aside ON romancy_outbox (state, id) WHERE state > 1;

-- Who relays which part of the outbox. A holder without a living lease holds nothing. fence: raised by every taking.
CREATE TABLE romancy_outbox_lane (
    no    INTEGER PRIMARY KEY,
    owner TEXT,
    fence INTEGER NOT NULL
) STRICT;

WITH RECURSIVE n (no) AS (SELECT 0 UNION ALL SELECT no + 1 FROM n WHERE no < 63)
INSERT INTO romancy_outbox_lane (no, fence) SELECT no, 0 FROM n;
