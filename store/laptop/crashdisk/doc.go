// Package crashdisk is for tests: a disk in memory under SQLite that fails as disks do.
// No program links it.
//
// What was written is at first only pending; a flush makes it durable. When the power
// fails, an arbitrary part of what is pending survives: each write whole, not at all, or
// some of its 512-byte sectors, whatever came before or after it. File names are pending
// too, until something flushes the folder. Besides, the nth call can fail (input/output
// error, disk full, short read) and a flush can lie.
//
// Every choice follows from a seed. A [Disk] writes down what it was asked to do, so that
// one run of a program gives the images of a power cut at every one of its steps: see [Tape].
package crashdisk
