package wire

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Head says what a batch holds. Its bytes, in this order, big-endian:
//
//	"DSB" 1 · algorithm 1 · district 16 · incarnation 4 · device 16 · epoch 4 · seqFrom 8 · seqTo 8
//	prev 32 · last 32 · dictionary 32 · ops 4 · plain 4 · size 4 · chunk 2 · a hash of 32 per chunk
//
// and then the signature over its hash, 64 bytes.
type Head struct {
	Home
	Device         casework.DeviceID
	Epoch          uint32
	SeqFrom, SeqTo uint64        // places in the chain, both included
	Prev, Last     casework.Hash // link before the first and of the last operation
	Dictionary     casework.Hash
	Ops            uint32          // how many operations: SeqTo-SeqFrom+1
	Plain          uint32          // bytes of the operations as JSON lines
	Size           uint32          // bytes of all chunks
	Chunk          uint16          // bytes of every chunk but the last
	Hashes         []casework.Hash // of the chunks

	id casework.Hash
}

const (
	batchMagic = "DSB\x01"
	headFixed  = 4 + 1 + 16 + 4 + 16 + 4 + 8 + 8 + 32 + 32 + 32 + 4 + 4 + 4 + 2
	chunkBytes = 16 << 10
	chunkLeast = 4 << 10

	// MaxHead is the most bytes of a head with its signature.
	MaxHead = headFixed + (MaxBatch/chunkLeast)*32 + ed25519.SignatureSize
)

// ID names the batch.
func (h Head) ID() casework.Hash { return h.id }

func (h Head) append(b []byte) []byte {
	b = append(b, batchMagic...)
	b = append(b, algorithm)
	b = append(b, h.District[:]...)
	b = binary.BigEndian.AppendUint32(b, h.Incarnation)
	b = append(b, h.Device.ID[:]...)
	b = binary.BigEndian.AppendUint32(b, h.Epoch)
	b = binary.BigEndian.AppendUint64(b, h.SeqFrom)
	b = binary.BigEndian.AppendUint64(b, h.SeqTo)
	b = append(b, h.Prev[:]...)
	b = append(b, h.Last[:]...)
	b = append(b, h.Dictionary[:]...)
	b = binary.BigEndian.AppendUint32(b, h.Ops)
	b = binary.BigEndian.AppendUint32(b, h.Plain)
	b = binary.BigEndian.AppendUint32(b, h.Size)
	b = binary.BigEndian.AppendUint16(b, h.Chunk)
	for _, x := range h.Hashes {
		b = append(b, x[:]...)
	}
	return b
}

func (h Head) message() []byte {
	return append([]byte("doorstep/batch/1\x00"), h.id[:]...)
}

// ReadHead reads the head at the beginning of b and gives what follows its signature.
// The signature is Verify's question. Errors: wire.not_a_batch, wire.newer,
// wire.cut_short, wire.too_large, wire.malformed.
func ReadHead(b []byte) (h Head, rest []byte, err error) {
	const op = "wire.ReadHead"
	r := cutter{b: b}
	if err := r.magic(op, batchMagic, "wire.not_a_batch"); err != nil {
		return h, nil, err
	}
	copy(h.District[:], r.take(16))
	h.Incarnation = r.u32()
	copy(h.Device.ID[:], r.take(16))
	h.Epoch, h.SeqFrom, h.SeqTo = r.u32(), r.u64(), r.u64()
	h.Prev, h.Last, h.Dictionary = r.hash(), r.hash(), r.hash()
	h.Ops, h.Plain, h.Size, h.Chunk = r.u32(), r.u32(), r.u32(), r.u16()
	switch {
	case r.short:
		return h, nil, casework.Problem(op, "wire.cut_short")
	case h.Ops > MaxOps || h.Plain > MaxBatchPlain || h.Size > MaxBatch:
		return h, nil, casework.Problem(op, "wire.too_large", "Limit", MaxBatch)
	case h.Ops == 0 || h.Size == 0 || h.Plain < 2*h.Ops || h.SeqFrom == 0 || h.Epoch == 0 ||
		h.SeqTo < h.SeqFrom || h.SeqTo-h.SeqFrom != uint64(h.Ops)-1 || h.Chunk < chunkLeast || h.Chunk > chunkBytes:
		return h, nil, casework.Problem(op, "wire.malformed")
	}
	for range (int(h.Size) + int(h.Chunk) - 1) / int(h.Chunk) {
		h.Hashes = append(h.Hashes, r.hash())
		if r.short {
			return h, nil, casework.Problem(op, "wire.cut_short")
		}
	}
	h.id = sha256.Sum256(b[:len(b)-len(r.b)])
	r.take(ed25519.SignatureSize)
	if r.short {
		return h, nil, casework.Problem(op, "wire.cut_short")
	}
	return h, r.b, nil
}

// Verify checks that the laptop with this key signed the head; signed is the head's
// bytes with the signature. Errors: wire.signature.
func (h Head) Verify(signed []byte, by ed25519.PublicKey) error {
	if len(by) != ed25519.PublicKeySize || len(signed) < ed25519.SignatureSize ||
		!ed25519.Verify(by, h.message(), signed[len(signed)-ed25519.SignatureSize:]) {
		return casework.Problem("wire.Verify", "wire.signature")
	}
	return nil
}

// from and to are the ends of the stretch of the chain.
func (h Head) from() ledger.Head {
	return ledger.Head{Device: h.Device, Epoch: h.Epoch, Seq: h.SeqFrom - 1, Hash: h.Prev}
}

func (h Head) to() ledger.Head {
	return ledger.Head{Device: h.Device, Epoch: h.Epoch, Seq: h.SeqTo, Hash: h.Last}
}

// ReadProof reads a head with its signature that was kept without the chunks, such as
// Batch.Signed, and checks that the laptop with this key signed it.
// Errors: those of ReadHead and Verify.
func ReadProof(signed []byte, by ed25519.PublicKey) (ledger.Signed, error) {
	h, rest, err := ReadHead(signed)
	if err == nil && len(rest) > 0 {
		err = casework.Problem("wire.ReadProof", "wire.malformed")
	}
	if err == nil {
		err = h.Verify(signed, by)
	}
	if err != nil {
		return ledger.Signed{}, err
	}
	return ledger.Signed{District: h.District, From: h.from(), To: h.to()}, nil
}

// ChunkSize is how many bytes chunk i has.
func (h Head) ChunkSize(i int) int {
	if i == len(h.Hashes)-1 {
		return int(h.Size) - i*int(h.Chunk)
	}
	return int(h.Chunk)
}

// CheckChunk checks one chunk against the head. Error: wire.damaged.
func (h Head) CheckChunk(i int, b []byte) error {
	if i < 0 || i >= len(h.Hashes) || len(b) != h.ChunkSize(i) || sha256.Sum256(b) != h.Hashes[i] {
		return casework.Problem("wire.CheckChunk", "wire.damaged")
	}
	return nil
}

// cutter takes fixed pieces off the front of some bytes.
type cutter struct {
	b     []byte
	short bool
}

func (c *cutter) take(n int) []byte {
	if len(c.b) < n {
		c.short, c.b = true, nil
		return make([]byte, n)
	}
	out := c.b[:n]
	c.b = c.b[n:]
	return out
}

func (c *cutter) u16() uint16               { return binary.BigEndian.Uint16(c.take(2)) }
func (c *cutter) u32() uint32               { return binary.BigEndian.Uint32(c.take(4)) }
func (c *cutter) u64() uint64               { return binary.BigEndian.Uint64(c.take(8)) }
func (c *cutter) hash() (out casework.Hash) { copy(out[:], c.take(32)); return out }
func (c *cutter) id() (out casework.ID)     { copy(out[:], c.take(16)); return out }

// magic reads a container's name, version and algorithm.
func (c *cutter) magic(op, want string, other casework.Code) error {
	if n := min(len(c.b), 3); string(c.b[:n]) != want[:n] || n == 0 {
		return casework.Problem(op, other)
	}
	got, alg := c.take(len(want)), c.take(1)[0]
	switch {
	case c.short:
		return casework.Problem(op, "wire.cut_short")
	case string(got) != want || alg != algorithm:
		return casework.Problem(op, "wire.newer")
	}
	return nil
}
