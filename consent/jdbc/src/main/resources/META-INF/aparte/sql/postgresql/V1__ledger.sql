-- The ledger of consent. One row of aparte_head for each controller; "controller" elsewhere is its number.

CREATE TABLE IF NOT EXISTS aparte_schema (
    version INTEGER NOT NULL
);

-- The end of the chain, locked by whoever appends; and how many names and which peppers there are.
CREATE TABLE IF NOT EXISTS aparte_head (
    controller INTEGER NOT NULL PRIMARY KEY,
    id VARCHAR(64) NOT NULL UNIQUE,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    known_at BIGINT NOT NULL,
    names BIGINT NOT NULL,
    pepper_epoch INTEGER NOT NULL
);

-- The chain: one line for each entry, never changed, nothing personal. Times are microseconds since 1970.
CREATE TABLE IF NOT EXISTS aparte_line (
    controller INTEGER NOT NULL,
    seq BIGINT NOT NULL,
    entry_id VARCHAR(200) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    known_at BIGINT NOT NULL,
    payload_commit BYTEA NOT NULL,
    prev_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    hash_alg VARCHAR(16) NOT NULL,
    PRIMARY KEY (controller, seq),
    UNIQUE (controller, entry_id)
);

-- What an entry says, and the salt of its commitment. Erasing a person deletes these rows.
CREATE TABLE IF NOT EXISTS aparte_payload (
    controller INTEGER NOT NULL,
    seq BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    payload BYTEA NOT NULL,
    PRIMARY KEY (controller, seq)
);

-- An address or a reference, by keyed hash, once for each pepper that it is kept under. Linked names share a person.
CREATE TABLE IF NOT EXISTS aparte_key (
    controller INTEGER NOT NULL,
    hash BYTEA NOT NULL,
    key_id VARCHAR(64) NOT NULL,
    name BIGINT NOT NULL,
    person BIGINT NOT NULL,
    PRIMARY KEY (controller, hash)
);

CREATE INDEX IF NOT EXISTS aparte_key_by_name ON aparte_key (controller, name);

CREATE INDEX IF NOT EXISTS aparte_key_by_person ON aparte_key (controller, person);

CREATE INDEX IF NOT EXISTS aparte_key_by_pepper ON aparte_key (controller, key_id);

-- Which lines are about whom.
CREATE TABLE IF NOT EXISTS aparte_about (
    controller INTEGER NOT NULL,
    person BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    name BIGINT NOT NULL,
    PRIMARY KEY (controller, person, seq, name)
);

CREATE INDEX IF NOT EXISTS aparte_about_by_seq ON aparte_about (controller, seq);

CREATE INDEX IF NOT EXISTS aparte_about_by_name ON aparte_about (controller, name);

-- Which peppers rows were made with: a check value, never the pepper.
CREATE TABLE IF NOT EXISTS aparte_pepper (
    controller INTEGER NOT NULL,
    key_id VARCHAR(64) NOT NULL,
    check_value BYTEA NOT NULL,
    PRIMARY KEY (controller, key_id)
);

-- What the storage said about itself when entries were kept: controller, retention, recipients and the like.
CREATE TABLE IF NOT EXISTS aparte_terms (
    controller INTEGER NOT NULL,
    hash BYTEA NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (controller, hash)
);

INSERT INTO aparte_schema (version) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM aparte_schema);
