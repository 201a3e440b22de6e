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
	make    sync.Once
	encoder *zstd.Encoder
	decoder *zstd.Decoder
	err     error
}

func (c *codec) ready() error {
	c.make.Do(func() {
		c.encoder, c.err = zstd.NewWriter(nil,
			zstd.WithEncoderDictRaw(c.id, c.content), zstd.WithEncoderCRC(true),
			zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(2),
			zstd.WithWindowSize(1<<20), zstd.WithSingleSegment(true), // the frame says its size, however small
			zstd.WithLowerEncoderMem(true))
		if c.err != nil {
			return
		}
		c.decoder, c.err = zstd.NewReader(nil,
			zstd.WithDecoderDictRaw(c.id, c.content), zstd.WithDecoderConcurrency(0),
			zstd.WithDecoderMaxWindow(MaxAnswerText), zstd.WithDecoderMaxMemory(MaxAnswerText),
			zstd.WithDecodeAllCapLimit(true), zstd.WithDecoderLowmem(true))
	})
	return c.err
}

func (c *codec) squeeze(plain []byte) ([]byte, error) {
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
