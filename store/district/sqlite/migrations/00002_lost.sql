-- +goose Up
-- A laptop that was reported lost: answered is the time of the last answer it was given, after which nothing came onto it.
CREATE TABLE losses (
  county TEXT NOT NULL, device BLOB NOT NULL, reported INTEGER NOT NULL, answered INTEGER NOT NULL,
  PRIMARY KEY (county, device)
) WITHOUT ROWID;
-- What a laptop had left to send when it was heard at that time: operations behind the last that arrived.
CREATE TABLE announced (
  county TEXT NOT NULL, device BLOB NOT NULL, operations INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (county, device)
) WITHOUT ROWID;
-- Whose data was on it, as far as the district can know: arrived and gone are times (gone 0: still there at the last
-- answer), classes has the bit 1 << casework.Sensitivity for each class of data. family is the household, or the person.
CREATE TABLE loss_people (
  county TEXT NOT NULL, device BLOB NOT NULL, person BLOB NOT NULL, family BLOB NOT NULL, arrived INTEGER NOT NULL, gone INTEGER NOT NULL, classes INTEGER NOT NULL,
  PRIMARY KEY (county, device, person)
) WITHOUT ROWID;
-- The notices that the law asks for. family is zero for the one to the authority. A family's is held until cleared.
CREATE TABLE notices (
  county TEXT NOT NULL, number INTEGER NOT NULL, device BLOB NOT NULL, family BLOB NOT NULL, made INTEGER NOT NULL,
  cleared INTEGER NOT NULL, cleared_by BLOB NOT NULL, reason TEXT NOT NULL, given INTEGER NOT NULL, given_by TEXT NOT NULL, how TEXT NOT NULL,
  PRIMARY KEY (county, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX notices_once ON notices (county, device, family);

-- Operations taken from an outbox, which no laptop signed: seq is their row of the log.
CREATE TABLE recovered (
  county TEXT NOT NULL, seq INTEGER NOT NULL, op BLOB NOT NULL, record BLOB NOT NULL, device BLOB NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (county, seq)
) WITHOUT ROWID;
CREATE INDEX recovered_record ON recovered (county, record);
CREATE INDEX recovered_op ON recovered (county, op);
-- Visits that were begun and not finished, found in an outbox: content is JSON.
CREATE TABLE recovered_drafts (
  county TEXT NOT NULL, device BLOB NOT NULL, id BLOB NOT NULL, person BLOB NOT NULL, form TEXT NOT NULL, form_hash BLOB NOT NULL,
  started INTEGER NOT NULL, last INTEGER NOT NULL, changes INTEGER NOT NULL, answers INTEGER NOT NULL, taken INTEGER NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (county, device, id)
) WITHOUT ROWID;
-- Who was given such a visit's answers as a file, and for what.
CREATE TABLE draft_exports (
  county TEXT NOT NULL, device BLOB NOT NULL, id BLOB NOT NULL, at INTEGER NOT NULL, purpose TEXT NOT NULL,
  PRIMARY KEY (county, device, id, at)
) WITHOUT ROWID;
