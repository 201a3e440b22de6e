-- +goose Up
-- A laptop that was reported lost: answered is the time of the last answer it was given, after which nothing came onto it.
CREATE TABLE losses (
  county TEXT COLLATE "C" NOT NULL, device BYTEA NOT NULL, reported BIGINT NOT NULL, answered BIGINT NOT NULL,
  PRIMARY KEY (county, device)
);
-- What a laptop had left to send when it was heard at that time: operations behind the last that arrived.
CREATE TABLE announced (
  county TEXT COLLATE "C" NOT NULL, device BYTEA NOT NULL, operations BIGINT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (county, device)
);
-- Whose data was on it, as far as the district can know: arrived and gone are times (gone 0: still there at the last
-- answer), classes has the bit 1 << casework.Sensitivity for each class of data. family is the household, or the person.
CREATE TABLE loss_people (
  county TEXT COLLATE "C" NOT NULL, device BYTEA NOT NULL, person BYTEA NOT NULL, family BYTEA NOT NULL, arrived BIGINT NOT NULL, gone BIGINT NOT NULL, classes BIGINT NOT NULL,
  PRIMARY KEY (county, device, person)
);
-- The notices that the law asks for. family is zero for the one to the authority. A family's is held until cleared.
CREATE TABLE notices (
  county TEXT COLLATE "C" NOT NULL, number BIGINT NOT NULL, device BYTEA NOT NULL, family BYTEA NOT NULL, made BIGINT NOT NULL,
  cleared BIGINT NOT NULL, cleared_by BYTEA NOT NULL, reason TEXT COLLATE "C" NOT NULL, given BIGINT NOT NULL, given_by TEXT COLLATE "C" NOT NULL, how TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (county, number)
);
CREATE UNIQUE INDEX notices_once ON notices (county, device, family);

-- Operations taken from an outbox, which no laptop signed: seq is their row of the log.
CREATE TABLE recovered (
  county TEXT COLLATE "C" NOT NULL, seq BIGINT NOT NULL, op BYTEA NOT NULL, record BYTEA NOT NULL, device BYTEA NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (county, seq)
);
CREATE INDEX recovered_record ON recovered (county, record);
CREATE INDEX recovered_op ON recovered (county, op);
-- Visits that were begun and not finished, found in an outbox: content is JSON.
CREATE TABLE recovered_drafts (
  county TEXT COLLATE "C" NOT NULL, device BYTEA NOT NULL, id BYTEA NOT NULL, person BYTEA NOT NULL, form TEXT COLLATE "C" NOT NULL, form_hash BYTEA NOT NULL,
  started BIGINT NOT NULL, last BIGINT NOT NULL, changes BIGINT NOT NULL, answers BIGINT NOT NULL, taken BIGINT NOT NULL, content BYTEA NOT NULL,
  PRIMARY KEY (county, device, id)
);
-- Who was given such a visit's answers as a file, and for what.
CREATE TABLE draft_exports (
  county TEXT COLLATE "C" NOT NULL, device BYTEA NOT NULL, id BYTEA NOT NULL, at BIGINT NOT NULL, purpose TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (county, device, id, at)
);
