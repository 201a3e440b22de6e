-- +goose Up
-- Every key starts with county. Ids are 16 bytes, hashes 32, times milliseconds since 1970 UTC.
CREATE TABLE districts (
  county TEXT NOT NULL PRIMARY KEY, id BLOB NOT NULL, name TEXT NOT NULL, area TEXT NOT NULL,
  incarnation INTEGER NOT NULL, signing BLOB NOT NULL, authority BLOB NOT NULL, recipient TEXT NOT NULL, founded INTEGER NOT NULL
) WITHOUT ROWID;
-- The one counter of the county's log: raised in the transaction that writes the rows.
CREATE TABLE county_head (county TEXT NOT NULL PRIMARY KEY, head INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE workers (
  county TEXT NOT NULL, id BLOB NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, scopes TEXT NOT NULL,
  PRIMARY KEY (county, id)
) WITHOUT ROWID;
CREATE TABLE worker_scopes (
  county TEXT NOT NULL, worker BLOB NOT NULL, since INTEGER NOT NULL, scopes TEXT NOT NULL,
  PRIMARY KEY (county, worker, since)
) WITHOUT ROWID;
CREATE TABLE devices (
  county TEXT NOT NULL, id BLOB NOT NULL, public_key BLOB NOT NULL, worker BLOB NOT NULL, own BLOB NOT NULL, desk INTEGER NOT NULL,
  epoch INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, forked INTEGER NOT NULL, frozen INTEGER NOT NULL, revoked INTEGER NOT NULL,
  last_log INTEGER NOT NULL, answer INTEGER NOT NULL, token BLOB NOT NULL, lease INTEGER NOT NULL, enrolled INTEGER NOT NULL, heard INTEGER NOT NULL,
  PRIMARY KEY (county, id)
) WITHOUT ROWID;
CREATE TABLE tokens (
  county TEXT NOT NULL, device BLOB NOT NULL, hash BLOB NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (county, device, hash)
) WITHOUT ROWID;
CREATE TABLE codes (
  county TEXT NOT NULL, id BLOB NOT NULL, proof BLOB NOT NULL, worker BLOB NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, scopes TEXT NOT NULL,
  until INTEGER NOT NULL, tries INTEGER NOT NULL, used_by BLOB NOT NULL,
  PRIMARY KEY (county, id)
) WITHOUT ROWID;

-- The log: one row for every operation taken, with its link of the laptop's chain and its receipt.
-- event: op, again (known already, under a new link), release (let in by a person).
-- linked: 1 when the row is a link of the device's chain. body: the seq whose payload it is.
CREATE TABLE log (
  county TEXT NOT NULL, seq INTEGER NOT NULL, event TEXT NOT NULL, op BLOB NOT NULL, commitment BLOB NOT NULL, body INTEGER NOT NULL,
  device BLOB NOT NULL, epoch INTEGER NOT NULL, dev_seq INTEGER NOT NULL, linked INTEGER NOT NULL,
  record BLOB NOT NULL, kind TEXT NOT NULL, worker BLOB NOT NULL, at INTEGER NOT NULL,
  verdict TEXT NOT NULL, reason TEXT NOT NULL, conflicts TEXT NOT NULL,
  PRIMARY KEY (county, seq)
) WITHOUT ROWID;
-- An operation is taken once and let in once, whoever sends it at the same moment.
CREATE UNIQUE INDEX log_once ON log (county, op, event, (CASE WHEN event = 'again' THEN seq ELSE 0 END));
CREATE UNIQUE INDEX log_link ON log (county, device, epoch, dev_seq) WHERE linked = 1;
CREATE INDEX log_device ON log (county, device, seq);
CREATE INDEX log_record ON log (county, record, seq);
CREATE INDEX log_held ON log (county, seq) WHERE verdict = 'quarantined';
-- The exact bytes, apart, so that they can be erased while the log stays whole.
CREATE TABLE payloads (county TEXT NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (county, seq));
-- What laptops signed: the head of every batch with its signature, in the transaction that took its operations.
-- last: hash of its last link. linked: 1 when they became links of the device's chain; otherwise (lost, stolen or
-- copied laptops) commitments holds theirs, 32 bytes each, so that the signature can still be followed.
CREATE TABLE batches (
  county TEXT NOT NULL, device BLOB NOT NULL, epoch INTEGER NOT NULL, seq_from INTEGER NOT NULL, last BLOB NOT NULL, seq_to INTEGER NOT NULL,
  linked INTEGER NOT NULL, commitments BLOB NOT NULL, signed BLOB NOT NULL,
  PRIMARY KEY (county, device, epoch, seq_from, last)
) WITHOUT ROWID;

-- The projection. area is the first area in scope; scope mirrors the open rows of record_scope.
CREATE TABLE records (
  county TEXT NOT NULL, id BLOB NOT NULL, kind TEXT NOT NULL, owner BLOB NOT NULL, area TEXT NOT NULL, seq INTEGER NOT NULL,
  conflicts INTEGER NOT NULL, erased INTEGER NOT NULL, scope TEXT NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (county, id)
);
CREATE INDEX records_owner ON records (county, owner);
CREATE INDEX records_area ON records (county, kind, area, id);
CREATE INDEX records_seq ON records (county, kind, seq);
-- Who could see a record when: [since, until) in log numbers; touched is the last number that matters to its line.
CREATE TABLE record_scope (
  county TEXT NOT NULL, record BLOB NOT NULL, duty TEXT NOT NULL, area TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL, touched INTEGER NOT NULL,
  PRIMARY KEY (county, record, duty, area, since)
) WITHOUT ROWID;
CREATE INDEX record_scope_village ON record_scope (county, duty, area, touched);
CREATE INDEX record_scope_line ON record_scope (county, duty, touched);
CREATE TABLE members (
  county TEXT NOT NULL, household BLOB NOT NULL, person BLOB NOT NULL,
  PRIMARY KEY (county, household, person)
) WITHOUT ROWID;

CREATE TABLE packs (
  county TEXT NOT NULL, hash BLOB NOT NULL, name TEXT NOT NULL, effective TEXT NOT NULL, published INTEGER NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (county, hash)
);

-- What SQLite cannot guess: one county fills a table, so only the columns after it choose.
-- Without this it walks the whole log to find one operation.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('log', 'log', '4000000 4000000 1'),
  ('log', 'log_once', '4000000 4000000 1 1 1'),
  ('log', 'log_link', '4000000 4000000 4000 4000 1'),
  ('log', 'log_device', '4000000 4000000 4000 1'),
  ('log', 'log_record', '4000000 4000000 4 1'),
  ('log', 'log_held', '4000 4000 1'),
  ('payloads', 'sqlite_autoindex_payloads_1', '4000000 4000000 1'),
  ('records', 'sqlite_autoindex_records_1', '1000000 1000000 1'),
  ('records', 'records_owner', '1000000 1000000 20'),
  ('records', 'records_area', '1000000 1000000 200000 1000 1'),
  ('records', 'records_seq', '1000000 1000000 200000 1'),
  ('record_scope', 'record_scope', '1200000 1200000 2 2 1 1'),
  ('record_scope', 'record_scope_village', '1200000 1200000 400000 1000 2'),
  ('record_scope', 'record_scope_line', '1200000 1200000 400000 2'),
  ('members', 'members', '50000 50000 3 1'),
  ('tokens', 'tokens', '500000 500000 500 1');
ANALYZE sqlite_schema;
