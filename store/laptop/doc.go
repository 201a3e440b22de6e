// Package laptop is the worker's sealed store: one folder on her laptop that holds her
// keys, the files in her care, every operation she saved, her drafts and the district's
// packs. Nobody reads a name from it without the passphrase.
//
//	key.json   the master key, wrapped by the passphrase, and the device's sealed signing key
//	store.db   SQLite; every row's content is sealed
//	attachments  photos and files, each sealed with a key of its own that stands in a sealed row
//	lock       held while a program has the store open
//
// What stays readable in store.db are the ids of records, operations and drafts, sequence
// numbers, chain hashes and sizes rounded up to 256 bytes.
//
// What a worker sees is replay(base, pending): base is what the district last said of a
// record, pending are her operations that base does not contain yet. The people, the
// summaries of visits and the tasks are held in memory and may be read from any
// goroutine; a whole record is opened when it is looked at.
//
// Saved means committed: Save returns after one transaction with one fsync.
//
// A store is looked through before it is believed: SQLite's own structure, every seal, and
// whether the tables belong together ([Store.Status], Damaged). What the district still
// has is asked for again.
package laptop
