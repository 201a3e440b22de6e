// Package laptop is the worker's sealed store: one folder on her laptop that holds her
// keys, the files in her care, every operation she saved, her drafts and the district's
// packs. Nobody reads a name from it without the passphrase.
//
//	key.json   the master key, wrapped by the passphrase, and the device's sealed signing key
//	store.db   SQLite; every row's content is sealed
//	attachments  photos and files, each sealed with a key of its own that stands in a sealed row
//	outbox     what the district has not for good, a second time ([doorstep/store/laptop/outbox])
//	backups    copies of all this, one a day, three in all
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
//
// Within a second of a commit the same stands in the outbox, which nobody waits for. Each
// start compares the two: what the database lost is put back at its place in the chain, or
// behind the chain in a new epoch. A database that cannot be read is set aside with its date
// and made anew of every row that still opens, of the outbox and of the youngest copy; the
// next exchange brings the rest (Status.Rebuilt).
package laptop
