-- +goose Up
-- Files kept beside the records, in the folder attachments. "sealed" holds the key of the
-- file, its name there and what it is; "id" is the record that describes it, or will.
CREATE TABLE attachments (
    id     BLOB NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
