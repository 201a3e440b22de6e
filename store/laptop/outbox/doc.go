// Package outbox is the second place of a worker's unsent work: append-only segments in a
// folder, sealed, checked record by record, readable without the store they belong to.
//
// A segment is a header and records.
//
//	header  magic | version | algorithm | length | segment, store, device, epoch |
//	        key file | segment key for the store | segment key for the district | SHA-256
//	record  marker | length | index | sealed item | first 8 bytes of SHA-256
//
// Each segment has a random key of its own. It is sealed under the store's master key, and
// with age to the district's recipient when the laptop is enrolled. The header carries a
// copy of the key file, so that a passphrase and one segment are enough; and the district
// reads what a worker who forgot hers can no longer open.
//
// Records are sealed with XChaCha20-Poly1305, padded to 256 bytes, bound to segment and
// index. Header and records are multiples of 64 bytes long, so that what follows a damaged
// record is found again, and a record cut short by a power failure is told from damage.
//
// What stays readable: the ids of store, device and segment, the epoch, sizes rounded up,
// and whatever the key file says.
package outbox
