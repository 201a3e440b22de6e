// Package wire is what crosses the line between laptop and district, byte for byte: the
// batch of a laptop's operations, the signed answer of the district, the request that
// carries a batch, and the enrolment code with its proofs. It knows no network.
//
// Every container begins with its name and version, is signed over a header that names
// the hash of what follows, and says how large its content is before anything is
// decompressed. Recorded batches stay readable: dictionaries are never removed.
package wire

// Limits of what is read. What is larger is refused before it is read.
const (
	MaxOps        = 200       // operations of a batch
	MaxBatchPlain = 4 << 20   // bytes of a batch's operations
	MaxBatch      = 4 << 20   // bytes of a batch as it travels
	MaxInline     = 16 << 10  // bytes of a batch that travels inside a request; a larger one goes in chunks
	MaxHello      = 16 << 10  // bytes of a hello, plain
	MaxAnswer     = 16 << 20  // bytes of an answer as it travels
	MaxAnswerText = 32 << 20  // bytes of an answer's content
	MaxBasis      = 128 << 10 // bytes of a batch's operations that an answer to it may refer to
	MaxPack       = 32 << 20  // bytes of a pack
	MaxEnrolment  = 16 << 10  // bytes of an enrolment's request or answer

	// MaxAsk is the most bytes of the request that opens an exchange.
	MaxAsk = 36 + MaxHello + MaxInline
)

// Media types, by which a page of a hotel's network is told from the district.
const (
	TypeAsk    = "application/vnd.doorstep.ask"
	TypeAnswer = "application/vnd.doorstep.answer"
	TypePiece  = "application/vnd.doorstep.piece"
)

// algorithm 1: SHA-256, Ed25519, zstd with a shipped dictionary and its checksum on.
const algorithm = 1
