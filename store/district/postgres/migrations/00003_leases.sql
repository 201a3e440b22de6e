-- +goose Up
-- Who let a laptop read old files longer than its lease: kind is file or code (over the telephone, for a request), days how
-- long, until when at the latest as far as the district can know, by who did it. number rises for each laptop.
CREATE TABLE leases (
  county TEXT COLLATE "C" NOT NULL, device BYTEA NOT NULL, number BIGINT NOT NULL, kind TEXT COLLATE "C" NOT NULL, request TEXT COLLATE "C" NOT NULL,
  days BIGINT NOT NULL, until BIGINT NOT NULL, at BIGINT NOT NULL, by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (county, device, number)
);
