-- The foundation: workers, runs with their history, messages on their way to runs.
-- ${schema} is the configured schema. Names are compared byte by byte (COLLATE "C"): cheaper, and the same on every machine.

SET LOCAL lock_timeout = '2s';

-- Exactly one row: what concerns the whole database.
CREATE TABLE ${schema}.meta (
    one               boolean  NOT NULL DEFAULT true PRIMARY KEY CHECK (one),
    skew              interval NOT NULL DEFAULT '0',  -- added to now() wherever a row becomes due or gets a time; leases never use it
    system_identifier bigint,                         -- the cluster whose transaction ids msg.xid and sub.since are
    min_engine        integer  NOT NULL               -- engines that know only older schemas refuse to start
);
INSERT INTO ${schema}.meta (min_engine) VALUES (1);

-- Workers. A new id at every start of a process.
CREATE TABLE ${schema}.node (
    id          uuid        NOT NULL PRIMARY KEY,
    label       text        NOT NULL,
    version     integer     NOT NULL,                 -- the newest schema that its engine knows
    lease_until timestamptz NOT NULL,
    timeline    bigint      NOT NULL,                 -- of the server where it joined: its lease ends with it
    relays      boolean     NOT NULL DEFAULT false    -- whether it relays the outbox, and so has a share of its lanes
);

-- Numbers of runs. Taken before the insert, so that one statement can write several tables without a join.
CREATE SEQUENCE ${schema}.run_no;

-- How far the numbers of runs were looked through, for whoever looks for what is in no index.
CREATE TABLE ${schema}.mark (
    name text   NOT NULL COLLATE "C" PRIMARY KEY,
    no   bigint NOT NULL                              -- all below it
);
INSERT INTO ${schema}.mark VALUES ('listed', 0), ('purged', 0);

-- Runs. Every claim and every transition writes a new version of the row, and a short run has two in all: so its input and its end are
-- here, and not in rows of their own. What is long is kept beside the table by the server, and not written again.
--
-- Most runs are born in the hands of a worker and end there soon. Such a run is not listed: the end changes no column that an index has,
-- so the new version goes beside the old one (more than half of each page is kept free for it) and no index is touched. Who is still running when
-- somebody looks for owners is listed then, all others with their first claim.
CREATE TABLE ${schema}.run (
    no         bigint      NOT NULL PRIMARY KEY,
    fence      bigint      NOT NULL,                  -- raised by every claim and every reaping; the upper half is the timeline
    wake       bigint      NOT NULL,                  -- counts events from outside
    run_at     timestamptz,                           -- claimable from this time on; NULL while RUNNING, ended, or waiting for messages only
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    owner      uuid,                                  -- set exactly while RUNNING
    lost_at    integer,                               -- the position of its last record when it was last taken from a lost worker
    lost       smallint    NOT NULL DEFAULT 0,        -- how often in a row that happened at this position
    state      smallint    NOT NULL,                  -- 0 ready 1 running 2 waiting 3 stuck 4 completed 5 failed 6 cancelled
    id         text        NOT NULL COLLATE "C",
    name       text        NOT NULL COLLATE "C",
    route      text        NOT NULL COLLATE "C",      -- name/version
    cancel     text,                                  -- why its cancellation was asked for
    retry      text,                                  -- the key of the last retry
    waits      text[],                                -- channels that wake it while it waits
    start_hash text       NOT NULL,                   -- of what it was started with, to know the same start again
    input      bytea      NOT NULL,
    output     bytea,                                 -- result, failure, reason or diagnosis
    -- The record of the operation that the run ended with, of the time when it ended: it saves most runs their only row of step.
    last_pos   integer,
    last_kind  integer,
    last_name  text,
    last_body  bytea,
    listed     boolean     NOT NULL DEFAULT true,
    -- for indexes
    listed_owner uuid        GENERATED ALWAYS AS (CASE WHEN listed THEN owner END) STORED,
    listed_end   timestamptz GENERATED ALWAYS AS (CASE WHEN listed THEN ended_at END) STORED,
    astray       smallint    GENERATED ALWAYS AS (CASE WHEN state IN (3, 5, 6) THEN state END) STORED,
    CONSTRAINT run_id UNIQUE (id)
) WITH (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
        autovacuum_analyze_scale_factor = 0.05);

-- One index for ready, due and next due. None on a hot state: the planner would reach the fence check through it.
CREATE INDEX run_claim ON ${schema}.run (route, run_at) WHERE run_at IS NOT NULL;
CREATE INDEX run_owned ON ${schema}.run (listed_owner, no) WHERE listed_owner IS NOT NULL;
CREATE INDEX run_ended ON ${schema}.run (listed_end) WHERE listed_end IS NOT NULL;
-- Those that people look for: stuck, failed, cancelled; the newest first. A run that completes is none of these before and after, so its end
-- touches no index.
CREATE INDEX run_astray ON ${schema}.run (astray, (-no)) WHERE astray IS NOT NULL;

-- History, but for the last record of runs that carry it themselves. No foreign key: the run row is locked by whoever writes, and goes last
-- when it is purged.
CREATE TABLE ${schema}.step (
    run   bigint      NOT NULL,
    fence bigint      NOT NULL,
    at    timestamptz NOT NULL,
    pos   integer     NOT NULL,
    kind  integer     NOT NULL,                       -- negative while open: may be replaced
    name  text        NOT NULL,
    body  bytea,
    PRIMARY KEY (run, pos)
);

-- Messages. A publisher inserts; dispatch, alone on the lane, gives the place in the order.
CREATE TABLE ${schema}.msg (
    id      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid     xid8        NOT NULL DEFAULT pg_current_xact_id(),  -- whether a subscription already saw it
    at      timestamptz NOT NULL,
    seq     bigint,                                   -- NULL until dispatched
    lane    smallint    NOT NULL,
    queued  boolean     NOT NULL DEFAULT false,       -- competing, and nobody has it yet
    kind    text        NOT NULL,                     -- d direct, b broadcast, c competing, a ask for a competing one, x cancellation
    channel text        NOT NULL COLLATE "C",
    uid     text        COLLATE "C",
    target  text        COLLATE "C",
    sender  text        COLLATE "C",
    headers text,                                     -- one flat JSON object; of a cancellation, the reason
    body    bytea,
    CONSTRAINT msg_uid UNIQUE (uid)
) WITH (autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX msg_new ON ${schema}.msg (lane, id) WHERE seq IS NULL;
CREATE INDEX msg_queued ON ${schema}.msg (channel, id) WHERE queued;
CREATE INDEX msg_done ON ${schema}.msg (at) WHERE seq IS NOT NULL AND NOT queued;
CREATE SEQUENCE ${schema}.msg_seq;

-- Mailboxes: what was dispatched to a run and is still to be consumed.
CREATE TABLE ${schema}.delivery (
    run bigint NOT NULL,
    seq bigint NOT NULL,
    msg bigint NOT NULL,
    PRIMARY KEY (run, seq)
) WITH (autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX delivery_msg ON ${schema}.delivery (msg);

-- Topics: the mode is fixed by the first who declares it.
CREATE TABLE ${schema}.chan (
    name text NOT NULL COLLATE "C" PRIMARY KEY,
    mode text NOT NULL                                -- b broadcast, c competing
);

CREATE TABLE ${schema}.sub (
    channel text        NOT NULL COLLATE "C",         -- with ~ in front while its run is FAILED: there for a retry, heard by nobody
    run     bigint      NOT NULL,
    mode    text        NOT NULL,
    since   pg_snapshot NOT NULL DEFAULT pg_current_snapshot(),
    PRIMARY KEY (channel, run)
);

CREATE INDEX sub_run ON ${schema}.sub (run);

-- Whoever dispatches locks a lane: 0 to 63 for direct and broadcast messages, 64 to 127 for competing ones.
CREATE TABLE ${schema}.lane (
    no smallint NOT NULL PRIMARY KEY
);
INSERT INTO ${schema}.lane SELECT generate_series(0, 127);

-- The outbox: events of the application, inserted by its transactions. An event without a key has its own id as key.
CREATE TABLE ${schema}.outbox (
    id       bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL,
    next_at  timestamptz NOT NULL,                    -- not to be published before
    done_at  timestamptz,                             -- of one that was put back, when that was: its age counts from it
    attempts integer     NOT NULL DEFAULT 0,
    lane     smallint    NOT NULL,
    state    smallint    NOT NULL DEFAULT 0,          -- 0 pending 1 sent 2 rejected 3 expired
    key      text        NOT NULL COLLATE "C",
    event_id text        NOT NULL,
    type     text        NOT NULL,
    headers  text,                                    -- one flat JSON object
    body     bytea       NOT NULL,
    reason   text                                     -- why the last attempt failed
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- From the head of one key to that of the next, whatever waits behind it.
CREATE INDEX outbox_head ON ${schema}.outbox (lane, key, id) WHERE state = 0;
CREATE INDEX outbox_done ON ${schema}.outbox (done_at) WHERE state <> 0;
CREATE INDEX outbox_set_aside ON ${schema}.outbox (state, id) WHERE state > 1;

-- Who relays which part of the outbox. A holder without a living lease holds nothing.
CREATE TABLE ${schema}.outbox_lane (
    no    smallint NOT NULL PRIMARY KEY,
    owner uuid,
    fence bigint   NOT NULL DEFAULT 0                 -- raised by every taking
);
INSERT INTO ${schema}.outbox_lane (no) SELECT generate_series(0, 63);
