-- +goose Up
-- Every key starts with county. Ids are 16 bytes, hashes 32, times milliseconds since 1970 UTC.
CREATE TABLE districts (
  county TEXT COLLATE "C" NOT NULL PRIMARY KEY, id BYTEA NOT NULL, name TEXT COLLATE "C" NOT NULL, area TEXT COLLATE "C" NOT NULL,
  incarnation BIGINT NOT NULL, signing BYTEA NOT NULL, authority BYTEA NOT NULL, recipient TEXT COLLATE "C" NOT NULL, founded BIGINT NOT NULL
);
-- The one counter of the county's log: raised in the transaction that writes the rows.
CREATE TABLE county_head (county TEXT COLLATE "C" NOT NULL PRIMARY KEY, head BIGINT NOT NULL) WITH (fillfactor = 50);

CREATE TABLE workers (
  county TEXT COLLATE "C" NOT NULL, id BYTEA NOT NULL, name TEXT COLLATE "C" NOT NULL, role TEXT COLLATE "C" NOT NULL, scopes TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE TABLE worker_scopes (
  county TEXT COLLATE "C" NOT NULL, worker BYTEA NOT NULL, since BIGINT NOT NULL, scopes TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (county, worker, since)
);
CREATE TABLE devices (
  county TEXT COLLATE "C" NOT NULL, id BYTEA NOT NULL, public_key BYTEA NOT NULL, worker BYTEA NOT NULL, own BYTEA NOT NULL, desk BIGINT NOT NULL,
  epoch BIGINT NOT NULL, seq BIGINT NOT NULL, hash BYTEA NOT NULL, forked BIGINT NOT NULL, frozen BIGINT NOT NULL, revoked BIGINT NOT NULL,
  last_log BIGINT NOT NULL, answer BIGINT NOT NULL, token BYTEA NOT NULL, lease BIGINT NOT NULL, enrolled BIGINT NOT NULL, heard BIGINT NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE TABLE tokens (
  county TEXT COLLATE "C" NOT NULL, device BYTEA NOT NULL, hash BYTEA NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (county, device, hash)
);
CREATE TABLE codes (
  county TEXT COLLATE "C" NOT NULL, id BYTEA NOT NULL, proof BYTEA NOT NULL, worker BYTEA NOT NULL, name TEXT COLLATE "C" NOT NULL, role TEXT COLLATE "C" NOT NULL, scopes TEXT COLLATE "C" NOT NULL,
  until BIGINT NOT NULL, tries BIGINT NOT NULL, used_by BYTEA NOT NULL,
  PRIMARY KEY (county, id)
);

-- The log: one row for every operation taken, with its link of the laptop's chain and its receipt.
-- event: op, again (known already, under a new link), release (let in by a person).
-- linked: 1 when the row is a link of the device's chain. body: the seq whose payload it is.
CREATE TABLE log (
  county TEXT COLLATE "C" NOT NULL, seq BIGINT NOT NULL, event TEXT COLLATE "C" NOT NULL, op BYTEA NOT NULL, commitment BYTEA NOT NULL, body BIGINT NOT NULL,
  device BYTEA NOT NULL, epoch BIGINT NOT NULL, dev_seq BIGINT NOT NULL, linked BIGINT NOT NULL,
  record BYTEA NOT NULL, kind TEXT COLLATE "C" NOT NULL, worker BYTEA NOT NULL, at BIGINT NOT NULL,
  verdict TEXT COLLATE "C" NOT NULL, reason TEXT COLLATE "C" NOT NULL, conflicts TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (county, seq)
);
-- An operation is taken once and let in once, whoever sends it at the same moment.
CREATE UNIQUE INDEX log_once ON log (county, op, event, (CASE WHEN event = 'again' THEN seq ELSE 0 END));
CREATE UNIQUE INDEX log_link ON log (county, device, epoch, dev_seq) WHERE linked = 1;
CREATE INDEX log_device ON log (county, device, seq);
CREATE INDEX log_record ON log (county, record, seq);
CREATE INDEX log_held ON log (county, seq) WHERE verdict = 'quarantined';
-- The exact bytes, apart, so that they can be erased while the log stays whole.
CREATE TABLE payloads (county TEXT COLLATE "C" NOT NULL, seq BIGINT NOT NULL, bytes BYTEA NOT NULL, PRIMARY KEY (county, seq));
-- What laptops signed: the head of every batch with its signature, in the transaction that took its operations.
-- last: hash of its last link. linked: 1 when they became links of the device's chain; otherwise (lost, stolen or
-- copied laptops) commitments holds theirs, 32 bytes each, so that the signature can still be followed.
CREATE TABLE batches (
  county TEXT COLLATE "C" NOT NULL, device BYTEA NOT NULL, epoch BIGINT NOT NULL, seq_from BIGINT NOT NULL, last BYTEA NOT NULL, seq_to BIGINT NOT NULL,
  linked BIGINT NOT NULL, commitments BYTEA NOT NULL, signed BYTEA NOT NULL,
  PRIMARY KEY (county, device, epoch, seq_from, last)
);

-- The projection. area is the first area in scope; scope mirrors the open rows of record_scope.
CREATE TABLE records (
  county TEXT COLLATE "C" NOT NULL, id BYTEA NOT NULL, kind TEXT COLLATE "C" NOT NULL, owner BYTEA NOT NULL, area TEXT COLLATE "C" NOT NULL, seq BIGINT NOT NULL,
  conflicts BIGINT NOT NULL, erased BIGINT NOT NULL, scope TEXT COLLATE "C" NOT NULL, body BYTEA NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE INDEX records_owner ON records (county, owner);
CREATE INDEX records_area ON records (county, kind, area, id);
CREATE INDEX records_seq ON records (county, kind, seq);
-- Who could see a record when: [since, until) in log numbers; touched is the last number that matters to its line.
CREATE TABLE record_scope (
  county TEXT COLLATE "C" NOT NULL, record BYTEA NOT NULL, duty TEXT COLLATE "C" NOT NULL, area TEXT COLLATE "C" NOT NULL, since BIGINT NOT NULL, until BIGINT NOT NULL, touched BIGINT NOT NULL,
  PRIMARY KEY (county, record, duty, area, since)
);
CREATE INDEX record_scope_village ON record_scope (county, duty, area, touched);
CREATE INDEX record_scope_line ON record_scope (county, duty, touched);
CREATE TABLE members (
  county TEXT COLLATE "C" NOT NULL, household BYTEA NOT NULL, person BYTEA NOT NULL,
  PRIMARY KEY (county, household, person)
);

CREATE TABLE packs (
  county TEXT COLLATE "C" NOT NULL, hash BYTEA NOT NULL, name TEXT COLLATE "C" NOT NULL, effective TEXT COLLATE "C" NOT NULL, published BIGINT NOT NULL, size BIGINT NOT NULL, body BYTEA NOT NULL,
  PRIMARY KEY (county, hash)
);
