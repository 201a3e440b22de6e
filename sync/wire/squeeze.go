package wire

import (
	"sync"

	"github.com/klauspost/compress/zstd"

	"doorstep/casework"
)

// codec compresses with one dictionary.
type codec struct {
	id      uint32
	content []byte
	once    bool // not kept
	make    sync.Once
	encoder *zstd.Encoder
	decoder *zstd.Decoder
	err     error
}

func (c *codec) ready() error {
	c.make.Do(func() {
		if c.encoder, c.err = newEncoder(2, c.id, c.content); c.err != nil {
			return
		}
		c.decoder, c.err = zstd.NewReader(nil,
			zstd.WithDecoderDictRaw(c.id, c.content), zstd.WithDecoderConcurrency(0),
			zstd.WithDecoderMaxWindow(MaxAnswerText), zstd.WithDecoderMaxMemory(MaxAnswerText),
			zstd.WithDecodeAllCapLimit(true), zstd.WithDecoderLowmem(true))
	})
	return c.err
}

func newEncoder(concurrency int, id uint32, content []byte) (*zstd.Encoder, error) {
	return zstd.NewWriter(nil,
		zstd.WithEncoderDictRaw(id, content), zstd.WithEncoderCRC(true),
		zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(concurrency),
		zstd.WithWindowSize(1<<20), zstd.WithSingleSegment(true), // the frame says its size, however small
		zstd.WithLowerEncoderMem(true))
}

// spare are encoders whose dictionary changes with every use: their tables are large.
var spare sync.Pool

// squeezeOnce compresses with a dictionary that is not used again.
func squeezeOnce(id uint32, content, plain []byte) ([]byte, error) {
	e, ok := spare.Get().(*zstd.Encoder)
	var err error
	if ok {
		err = e.ResetWithOptions(nil, zstd.WithEncoderDictRaw(id, content))
	} else {
		e, err = newEncoder(1, id, content)
	}
	if err != nil {
		return nil, casework.Problem("wire.squeeze", "wire.compression").Because(err)
	}
	out := e.EncodeAll(plain, make([]byte, 0, len(plain)/4+64))
	spare.Put(e)
	return out, nil
}

func (c *codec) squeeze(plain []byte) ([]byte, error) {
	if c.once {
		return squeezeOnce(c.id, c.content, plain)
	}
	if err := c.ready(); err != nil {
		return nil, casework.Problem("wire.squeeze", "wire.compression").Because(err)
	}
	return c.encoder.EncodeAll(plain, make([]byte, 0, len(plain)/4+64)), nil
}

// expand decompresses exactly one frame that says it holds plain bytes. A frame that
// lies about it ends there.
func (c *codec) expand(b []byte, plain int) ([]byte, error) {
	if err := c.ready(); err != nil {
		return nil, casework.Problem("wire.expand", "wire.compression").Because(err)
	}
	var h zstd.Header
	if err := h.Decode(b); err != nil || h.Skippable || !h.HasFCS || !h.HasCheckSum || h.DictionaryID != c.id {
		return nil, casework.Problem("wire.expand", "wire.damaged").Because(err)
	}
	if h.FrameContentSize != uint64(plain) {
		return nil, casework.Problem("wire.expand", "wire.too_large", "Limit", plain)
	}
	out, err := c.decoder.DecodeAll(b, make([]byte, 0, plain))
	if err != nil || len(out) != plain {
		return nil, casework.Problem("wire.expand", "wire.damaged").Because(err)
	}
	return out, nil
}

func (c *codec) close() {
	if c.encoder != nil {
		c.encoder.Close()
	}
	if c.decoder != nil {
		c.decoder.Close()
	}
}
