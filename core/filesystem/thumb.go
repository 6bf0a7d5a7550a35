package filesystem

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"path"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
)

const (
	thumbWait = 60 * time.Second
	// thumbDecode bounds the time for one image. A small file can make a decoder
	// go over all pixels thousands of times.
	thumbDecode = 30 * time.Second

	// maxThumbPixels bounds a thumb itself, which may be larger than its image.
	maxThumbPixels   = 16_000_000
	smallThumbPixels = 1_000_000

	// thumbMemory is what all images that are being decoded may take together.
	// A larger one is decoded alone, up to maxImageMemory.
	thumbMemory    = 256 << 20
	maxImageMemory = 384 << 20
	// freeAfter is from where on the memory of an image is given back at once.
	freeAfter = 32 << 20
)

// Thumbs bounds the work on thumbs: how many are made at a time, and how much
// memory their images take together. Share one between all systems of a
// process. It is safe for concurrent use.
type Thumbs struct {
	slots    *semaphore.Weighted
	memory   *semaphore.Weighted
	flights  singleflight.Group
	unusable unusableThumbs
	decode   time.Duration
}

// NewThumbs returns bounds that suit one process.
func NewThumbs() *Thumbs {
	return &Thumbs{
		slots:  semaphore.NewWeighted(int64(runtime.NumCPU() + 2)),
		memory: semaphore.NewWeighted(thumbMemory),
		decode: thumbDecode,
	}
}

// CreateThumb stores a scaled copy of the image originalKey under thumbKey.
//
// The size is WxH (crop to the center), WxHt (to the top), WxHb (to the
// bottom), WxHf (fit inside), 0xH or Wx0 (keep the ratio). The extension of
// thumbKey decides between PNG, JPEG and GIF; with any other it is a PNG.
//
// It fails for anything but PNG, JPEG and GIF, for images whose head announces
// too many pixels, and when it has to wait for other thumbs for a minute.
func (s *System) CreateThumb(originalKey, thumbKey, thumbSize string) error {
	return s.makeThumb(originalKey, thumbKey, thumbSize, false)
}

// EnsureThumb is [System.CreateThumb] for a thumb that may be stored already.
// A thumb that could not be made of its image is not tried again for a while.
func EnsureThumb(s *System, originalKey, thumbKey, thumbSize string) error {
	if stored, err := s.Exists(thumbKey); err != nil || stored {
		return err
	}
	return s.makeThumb(originalKey, thumbKey, thumbSize, true)
}

// makeThumb lets one of several callers make the thumb for all of them.
func (s *System) makeThumb(originalKey, thumbKey, thumbSize string, once bool) error {
	size, err := parseThumbSize(thumbSize)
	if err != nil {
		return err
	}
	flight := s.id + "\x00" + thumbKey + "\x00" + thumbSize
	_, err, _ = s.thumbs.flights.Do(flight, func() (any, error) {
		if once {
			if err := s.thumbs.unusable.reason(flight); err != nil {
				return nil, err
			}
			if stored, err := s.Exists(thumbKey); err != nil || stored {
				return nil, err
			}
		}
		// Others wait for the outcome: it does not depend on the one that
		// happened to come first.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), thumbWait)
		defer cancel()
		job := thumbJob{system: s, ctx: ctx, original: originalKey, key: thumbKey, size: size}
		err := job.run()
		if errors.Is(err, errUnusable) {
			s.thumbs.unusable.add(flight, err)
		}
		return nil, err
	})
	if err != nil {
		return fmt.Errorf("create thumb %s of %s: %w", thumbSize, originalKey, err)
	}
	return nil
}

// thumbJob makes one thumb.
type thumbJob struct {
	system        *System
	ctx           context.Context
	original, key string
	size          thumbSize
}

func (j *thumbJob) run() error {
	thumbs := j.system.thumbs
	if err := thumbs.slots.Acquire(j.ctx, 1); err != nil {
		return fmt.Errorf("wait for other thumbs: %w", err)
	}
	defer thumbs.slots.Release(1)

	content, _, err := j.system.driver.open(j.ctx, j.original)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	info, err := probe(content)
	if err != nil {
		return err
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("rewind the image: %w", err)
	}
	encoded, err := j.render(content, info)
	if err != nil {
		return err
	}
	return j.store(encoded)
}

// render returns the encoded thumb. It waits until there is memory for the
// decoded image, and has given it back when it returns.
func (j *thumbJob) render(content io.Reader, info *imageInfo) (encoded []byte, err error) {
	size, err := j.layout(info)
	if err != nil {
		return nil, err
	}
	// The thumb itself exists up to three times: scaled, turned, encoded.
	cost := info.decoded + 3*channels*int64(size.X)*int64(size.Y)
	if cost > maxImageMemory {
		return nil, unusable("decoding %d x %d pixels takes %d bytes", info.width, info.height, cost)
	}
	share := min(cost, thumbMemory)
	if err := j.system.thumbs.memory.Acquire(j.ctx, share); err != nil {
		return nil, fmt.Errorf("wait for memory: %w", err)
	}
	defer j.system.thumbs.memory.Release(share)
	if cost > freeAfter {
		// Garbage counts as well: until it is collected, the next image would
		// come on top of it.
		defer debug.FreeOSMemory()
	}
	defer func() {
		if p := recover(); p != nil {
			encoded, err = nil, unusable("decoder panic: %v", p)
		}
	}()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(j.ctx), j.system.thumbs.decode)
	defer cancel()
	thumb, err := j.draw(contextReader{ctx, content}, info, size)
	if errors.Is(err, context.DeadlineExceeded) {
		err = unusable("decoding takes too long")
	}
	if err != nil {
		return nil, err
	}
	return encodeImage(thumb, path.Ext(j.key))
}

// layout returns the size of the thumb of an image.
func (j *thumbJob) layout(info *imageInfo) (image.Point, error) {
	_, size := j.size.plan(info.orientation.size(info.width, info.height))
	if int64(size.X)*int64(size.Y) > maxThumbPixels {
		return size, unusable("the thumb would have %d x %d pixels", size.X, size.Y)
	}
	return size, nil
}

// draw decodes an image and returns the part of it that the thumb shows,
// scaled and turned upright. The thumb may not be larger than planned, unless
// it is small anyway.
func (j *thumbJob) draw(content io.Reader, info *imageInfo, planned image.Point) (*image.RGBA, error) {
	src, err := decodeImage(content, info.format)
	if err != nil {
		return nil, err
	}
	// The first frame of a GIF may be smaller than its screen.
	bounds := src.Bounds()
	w, h := bounds.Dx(), bounds.Dy()
	crop, size := j.size.plan(info.orientation.size(w, h))
	if size.X*size.Y > max(planned.X*planned.Y, smallThumbPixels) {
		return nil, unusable("the thumb would have %d x %d pixels", size.X, size.Y)
	}
	crop = info.orientation.storedRect(crop, w, h).Add(bounds.Min)
	size.X, size.Y = info.orientation.size(size.X, size.Y)
	return info.orientation.apply(scale(src, crop, size)), nil
}

// store writes the thumb, unless its image was deleted in the meantime.
func (j *thumbJob) store(encoded []byte) error {
	driver := j.system.driver
	err := driver.write(j.ctx, j.key, bytes.NewReader(encoded), writeAttributes{
		contentType: mimetype.Detect(encoded).String(),
		size:        int64(len(encoded)),
	})
	if err != nil {
		return err
	}
	if _, err := driver.stat(j.ctx, j.original); errors.Is(err, ErrNotFound) {
		return errors.Join(ErrNotFound, driver.remove(j.ctx, j.key))
	}
	return nil
}
