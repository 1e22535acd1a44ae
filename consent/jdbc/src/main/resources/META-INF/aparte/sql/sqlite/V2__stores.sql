-- What is kept beside the ledger. "controller" is the controller's id. Times are microseconds since 1970; *_key columns
-- hold keyed hashes of addresses. Erasing a person clears or deletes whatever names them here.

-- The send log: one row for each message id that was ever claimed, so that none is sent twice. Of an erased person the
-- columns to_* are null and provider_id, which on some platforms holds a number, is empty.
CREATE TABLE IF NOT EXISTS aparte_send (
    controller VARCHAR(64) NOT NULL,
    message VARCHAR(64) NOT NULL,
    channel VARCHAR(64) NOT NULL,
    sender VARCHAR(128) NOT NULL,
    to_kind VARCHAR(32),
    to_value VARCHAR(512),
    to_scope VARCHAR(512),
    to_key BLOB,
    claimed_at BIGINT NOT NULL,
    evidence TEXT NOT NULL,
    state VARCHAR(16) NOT NULL,
    provider_id TEXT,
    outcome TEXT,
    PRIMARY KEY (controller, message)
);

CREATE INDEX IF NOT EXISTS aparte_send_by_person ON aparte_send (controller, to_key, state);

CREATE INDEX IF NOT EXISTS aparte_send_by_state ON aparte_send (controller, state);

-- When each side last wrote.
CREATE TABLE IF NOT EXISTS aparte_conversation (
    controller VARCHAR(64) NOT NULL,
    person_key BLOB NOT NULL,
    channel VARCHAR(64) NOT NULL,
    sender VARCHAR(128) NOT NULL,
    heard_at BIGINT,
    wrote_at BIGINT,
    PRIMARY KEY (controller, person_key, channel, sender)
) WITHOUT ROWID;

-- Places taken under a frequency cap: one row for each counter, changed only from the places that were read.
CREATE TABLE IF NOT EXISTS aparte_cap (
    controller VARCHAR(64) NOT NULL,
    person_key BLOB NOT NULL,
    cap TEXT NOT NULL,
    ends_at BIGINT NOT NULL,
    places TEXT NOT NULL,
    PRIMARY KEY (controller, person_key, cap)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS aparte_cap_by_end ON aparte_cap (controller, ends_at);

-- Promotion that a platform withheld: what a cool-down counts.
CREATE TABLE IF NOT EXISTS aparte_withheld (
    controller VARCHAR(64) NOT NULL,
    person_key BLOB NOT NULL,
    channel VARCHAR(64) NOT NULL,
    sender VARCHAR(128) NOT NULL,
    message VARCHAR(64) NOT NULL,
    withheld_at BIGINT NOT NULL,
    PRIMARY KEY (controller, person_key, channel, sender, message)
) WITHOUT ROWID;

-- Which inbound events are being handled, or were: done_at is null until then.
CREATE TABLE IF NOT EXISTS aparte_event (
    controller VARCHAR(64) NOT NULL,
    event_key BLOB NOT NULL,
    lease_ends_at BIGINT NOT NULL,
    done_at BIGINT,
    PRIMARY KEY (controller, event_key)
) WITHOUT ROWID;

-- Judgements, without their people.
CREATE TABLE IF NOT EXISTS aparte_decision (
    controller VARCHAR(64) NOT NULL,
    id VARCHAR(200) NOT NULL,
    made_at BIGINT NOT NULL,
    message VARCHAR(64) NOT NULL,
    purpose VARCHAR(32) NOT NULL,
    author VARCHAR(32) NOT NULL,
    channel VARCHAR(64),
    sender VARCHAR(128),
    lane TEXT,
    heard_at BIGINT,
    wrote_at BIGINT,
    head BIGINT NOT NULL,
    entries TEXT NOT NULL,
    refusals TEXT NOT NULL,
    policies TEXT NOT NULL,
    cause TEXT,
    PRIMARY KEY (controller, id)
);

CREATE INDEX IF NOT EXISTS aparte_decision_by_time ON aparte_decision (controller, made_at);

CREATE INDEX IF NOT EXISTS aparte_decision_by_message ON aparte_decision (controller, message);

-- The people of a judgement: a row for each address or reference of each person. Where it would go is a row as well, of
-- the one person, or of nobody (person -1) where it is a group. A reference has no kind. Erasing a person deletes the rows.
CREATE TABLE IF NOT EXISTS aparte_decision_name (
    controller VARCHAR(64) NOT NULL,
    decision VARCHAR(200) NOT NULL,
    person INTEGER NOT NULL,
    place INTEGER NOT NULL,
    role VARCHAR(16) NOT NULL,
    name_kind VARCHAR(32) NOT NULL,
    name_value VARCHAR(512) NOT NULL,
    name_scope VARCHAR(512) NOT NULL,
    name_key BLOB NOT NULL,
    PRIMARY KEY (controller, decision, person, place)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS aparte_decision_name_by_key ON aparte_decision_name (controller, name_key);

UPDATE aparte_schema SET version = 2 WHERE version = 1;
