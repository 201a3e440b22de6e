package wire

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Home says which log of which district a batch is meant for.
type Home struct {
	District    casework.ID
	Incarnation uint32
}

// Signer signs a message with the laptop's or the district's Ed25519 key.
type Signer func(message []byte) ([]byte, error)

// Batch is a stretch of a laptop's chain as it travels, online and on a USB stick.
type Batch struct {
	Head   Head
	Signed []byte   // the head with its signature
	Chunks [][]byte // the operations as JSON lines, compressed, cut to Head.Chunk bytes
	Plain  []byte   // the operations as JSON lines
}

// Pack makes a batch. Errors: wire.empty, wire.too_large, wire.malformed (an operation
// that is not one line), those of sign.
func Pack(home Home, up ledger.Upload, sign Signer) (*Batch, error) {
	const op = "wire.Pack"
	if len(up.Ops) == 0 {
		return nil, casework.Problem(op, "wire.empty")
	}
	if len(up.Ops) > MaxOps {
		return nil, casework.Problem(op, "wire.too_large", "Limit", MaxOps)
	}
	var plain []byte
	for _, line := range up.Ops {
		if len(line) == 0 || bytes.IndexByte(line, '\n') >= 0 {
			return nil, casework.Problem(op, "wire.malformed")
		}
		plain = append(append(plain, line...), '\n')
	}
	if len(plain) > MaxBatchPlain {
		return nil, casework.Problem(op, "wire.too_large", "Limit", MaxBatchPlain)
	}
	to := up.To()
	b := &Batch{Plain: plain, Head: Head{
		Home: home, Device: up.From.Device, Epoch: up.From.Epoch, SeqFrom: up.From.Seq + 1, SeqTo: to.Seq,
		Prev: up.From.Hash, Last: to.Hash, Dictionary: Current(), Ops: uint32(len(up.Ops)), Plain: uint32(len(plain)), Chunk: chunkBytes,
	}}
	var body []byte
	err := withDictionary(op, b.Head.Dictionary, nil, func(c *codec) (err error) {
		body, err = c.squeeze(plain)
		return err
	})
	if err != nil {
		return nil, err
	}
	b.Head.Size = uint32(len(body))
	for len(body) > 0 {
		n := min(len(body), chunkBytes)
		b.Chunks = append(b.Chunks, body[:n])
		b.Head.Hashes = append(b.Head.Hashes, sha256.Sum256(body[:n]))
		body = body[n:]
	}
	head := b.Head.append(nil)
	if len(head)+ed25519.SignatureSize+int(b.Head.Size) > MaxBatch {
		return nil, casework.Problem(op, "wire.too_large", "Limit", MaxBatch)
	}
	b.Head.id = sha256.Sum256(head)
	sig, err := sign(b.Head.message())
	if err != nil {
		return nil, err
	}
	b.Signed = append(head, sig...)
	return b, nil
}

// ID names a batch: the hash of its head.
func (b *Batch) ID() casework.Hash { return b.Head.id }

// Bytes is the whole batch.
func (b *Batch) Bytes() []byte {
	out := bytes.Clone(b.Signed)
	for _, c := range b.Chunks {
		out = append(out, c...)
	}
	return out
}

// Open reads a whole batch that a laptop signed; its signed head is the upload's proof. Errors: those of ReadHead, Verify,
// CheckChunk and Unpack.
func Open(b []byte, by ed25519.PublicKey) (*Batch, ledger.Upload, error) {
	if len(b) > MaxBatch {
		return nil, ledger.Upload{}, casework.Problem("wire.Open", "wire.too_large", "Limit", MaxBatch)
	}
	h, rest, err := ReadHead(b)
	if err != nil {
		return nil, ledger.Upload{}, err
	}
	if err := h.Verify(b[:len(b)-len(rest)], by); err != nil {
		return nil, ledger.Upload{}, err
	}
	if len(rest) != int(h.Size) {
		return nil, ledger.Upload{}, casework.Problem("wire.Open", "wire.cut_short")
	}
	out := &Batch{Head: h, Signed: b[:len(b)-len(rest)]}
	for i := range h.Hashes {
		n := h.ChunkSize(i)
		out.Chunks = append(out.Chunks, rest[:n])
		rest = rest[n:]
	}
	up, plain, err := h.Unpack(out.Chunks)
	out.Plain, up.Proof = plain, out.Signed
	return out, up, err
}

// Unpack turns the chunks of a verified head back into operations, checking every chunk
// and that the chain ends where the head says. It also gives the JSON lines themselves.
// Errors: wire.damaged, wire.too_large, wire.dictionary, wire.malformed.
func (h Head) Unpack(chunks [][]byte) (ledger.Upload, []byte, error) {
	const op = "wire.Unpack"
	up := ledger.Upload{From: h.from()}
	if len(chunks) != len(h.Hashes) {
		return up, nil, casework.Problem(op, "wire.cut_short")
	}
	body := make([]byte, 0, h.Size)
	for i, c := range chunks {
		if err := h.CheckChunk(i, c); err != nil {
			return up, nil, err
		}
		body = append(body, c...)
	}
	var plain []byte
	err := withDictionary(op, h.Dictionary, nil, func(c *codec) (err error) {
		plain, err = c.expand(body, int(h.Plain))
		return err
	})
	if err != nil {
		return up, nil, err
	}
	lines, ok := bytes.CutSuffix(plain, []byte{'\n'})
	if !ok || bytes.Count(lines, []byte{'\n'})+1 != int(h.Ops) {
		return up, nil, casework.Problem(op, "wire.malformed")
	}
	up.Ops = bytes.Split(lines, []byte{'\n'})
	for _, line := range up.Ops {
		if len(line) == 0 {
			return up, nil, casework.Problem(op, "wire.malformed")
		}
	}
	if up.To() != h.to() {
		return up, nil, casework.Problem(op, "wire.damaged")
	}
	return up, plain, nil
}
