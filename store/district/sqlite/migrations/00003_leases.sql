-- +goose Up
-- Who let a laptop read old files longer than its lease: kind is file or code (over the telephone, for a request), days how
-- long, until when at the latest as far as the district can know, by who did it. number rises for each laptop.
CREATE TABLE leases (
  county TEXT NOT NULL, device BLOB NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, request TEXT NOT NULL,
  days INTEGER NOT NULL, until INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  PRIMARY KEY (county, device, number)
) WITHOUT ROWID;
