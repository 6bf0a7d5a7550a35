package filesystem

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// spyDriver counts how often a blob is opened, and may hold the reader up.
type spyDriver struct {
	driver
	opened atomic.Int64
	onOpen func()
}

func (d *spyDriver) open(ctx context.Context, key string) (io.ReadSeekCloser, *Attributes, error) {
	d.opened.Add(1)
	if d.onOpen != nil {
		d.onOpen()
	}
	return d.driver.open(ctx, key)
}

func spySystem(t *testing.T) (*System, *spyDriver) {
	t.Helper()
	s, err := NewLocal(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	spy := &spyDriver{driver: s.driver}
	s.driver = spy
	return s, spy
}

func pngOf(t *testing.T, img image.Image) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestThumbFormats(t *testing.T) {
	t.Parallel()
	s, _ := spySystem(t)
	img := gradient(120, 80)
	var asJPEG, asGIF bytes.Buffer
	if err := errors.Join(jpeg.Encode(&asJPEG, img, nil), gif.Encode(&asGIF, img, nil)); err != nil {
		t.Fatal(err)
	}
	sources := map[string][]byte{"a.png": pngOf(t, img), "a.jpg": asJPEG.Bytes(), "a.gif": asGIF.Bytes()}
	for source, content := range sources {
		if err := s.Upload(content, source); err != nil {
			t.Fatal(err)
		}
		for extension, want := range map[string]string{
			".png": "image/png", ".jpg": "image/jpeg", ".JPEG": "image/jpeg", ".gif": "image/gif", ".webp": "image/png", "": "image/png",
		} {
			key := "thumbs/" + source + extension
			if extension == "" {
				key = "thumbs/" + strings.ReplaceAll(source, ".", "_")
			}
			if err := s.CreateThumb(source, key, "30x40t"); err != nil {
				t.Fatal(err)
			}
			r, err := s.GetFile(key)
			if err != nil {
				t.Fatal(err)
			}
			config, _, err := image.DecodeConfig(r)
			_ = r.Close()
			if err != nil || config.Width != 30 || config.Height != 40 || r.ContentType() != want || r.attrs.Metadata != nil {
				t.Errorf("%s as %q: %dx%d %s %v (%v)", source, extension, config.Width, config.Height, r.ContentType(), r.attrs.Metadata, err)
			}
		}
	}
}

// TestThumbOfSmallFrame: the first frame of a GIF need not fill its screen.
func TestThumbOfSmallFrame(t *testing.T) {
	t.Parallel()
	s, _ := spySystem(t)
	frame := image.NewPaletted(image.Rect(50, 60, 60, 80), gradientPalette)
	for i := range frame.Pix {
		frame.Pix[i] = 1
	}
	var buf bytes.Buffer
	err := gif.EncodeAll(&buf, &gif.GIF{
		Image: []*image.Paletted{frame}, Delay: []int{0},
		Config: image.Config{ColorModel: gradientPalette, Width: 200, Height: 100},
	})
	if err := errors.Join(err, s.Upload(buf.Bytes(), "a.gif"), s.CreateThumb("a.gif", "t.png", "5x0")); err != nil {
		t.Fatal(err)
	}
	r, err := s.GetFile("t.png")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	thumb, err := png.Decode(r)
	if err != nil || thumb.Bounds() != image.Rect(0, 0, 5, 10) {
		t.Fatalf("%v, %v", thumb, err)
	}
	if red, _, _, alpha := thumb.At(2, 5).RGBA(); red>>8 != 200 || alpha>>8 != 255 {
		t.Errorf("the pixels are %v", thumb.At(2, 5))
	}
	if err := s.CreateThumb("a.gif", "t.png", "1600x0"); !errors.Is(err, errUnusable) {
		t.Errorf("a thumb that is larger than its screen lets expect: %v", err)
	}
}

var gradientPalette = color.Palette{color.RGBA{A: 255}, color.RGBA{R: 200, A: 255}}

func TestThumbIsMadeOnce(t *testing.T) {
	t.Parallel()
	s, spy := spySystem(t)
	if err := s.Upload(pngOf(t, gradient(300, 200)), "a.png"); err != nil {
		t.Fatal(err)
	}
	const callers = 32
	start := make(chan struct{})
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			<-start
			if err := EnsureThumb(Share(s), "a.png", "t/10x10_a.png", "10x10"); err != nil {
				t.Error(err)
			}
		})
	}
	close(start)
	wg.Wait()
	if n := spy.opened.Load(); n != 1 {
		t.Errorf("the image was read %d times", n)
	}
}

// TestThumbOutlivesItsCaller: the others still wait when the first one leaves.
func TestThumbOutlivesItsCaller(t *testing.T) {
	t.Parallel()
	s, spy := spySystem(t)
	if err := s.Upload(pngOf(t, gradient(30, 20)), "a.png"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s.SetContext(ctx)
	spy.onOpen = cancel
	if err := s.CreateThumb("a.png", "t.png", "10x10"); err != nil {
		t.Error(err)
	}
}

func TestThumbOfDeletedImageIsDropped(t *testing.T) {
	t.Parallel()
	s, spy := spySystem(t)
	if err := s.Upload(pngOf(t, gradient(30, 20)), "r/a.png"); err != nil {
		t.Fatal(err)
	}
	job := thumbJob{system: s, ctx: t.Context(), original: "r/a.png", key: "r/thumbs_a.png/1x1_a.png", size: thumbSize{width: 1, height: 1}}
	if err := spy.remove(t.Context(), "r/a.png"); err != nil {
		t.Fatal(err)
	}
	if err := job.store([]byte("thumb")); !errors.Is(err, ErrNotFound) {
		t.Errorf("store: %v", err)
	}
	if objects, err := s.List(""); err != nil || len(objects) != 0 {
		t.Errorf("left: %v, %v", objects, err)
	}
}

func TestThumbsWaitForMemory(t *testing.T) {
	t.Parallel()
	s, _ := spySystem(t)
	if err := s.Upload(pngOf(t, gradient(200, 200)), "a.png"); err != nil {
		t.Fatal(err)
	}
	if !s.thumbs.memory.TryAcquire(thumbMemory) {
		t.Fatal("the memory is in use")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	job := thumbJob{system: s, ctx: ctx, original: "a.png", key: "t.png", size: thumbSize{width: 10, height: 10}}
	if err := job.run(); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, errUnusable) {
		t.Errorf("without memory: %v", err)
	}
	s.thumbs.memory.Release(thumbMemory)
	job.ctx = t.Context()
	if err := job.run(); err != nil {
		t.Error(err)
	}
	if !s.thumbs.memory.TryAcquire(thumbMemory) || !s.thumbs.slots.TryAcquire(int64(runtime.NumCPU()+2)) {
		t.Error("something is not given back")
	}
}

// TestSlowImagesAreGivenUp: what takes too long once would do so again.
func TestSlowImagesAreGivenUp(t *testing.T) {
	t.Parallel()
	s, spy := spySystem(t)
	if err := s.Upload(pngOf(t, gradient(200, 200)), "a.png"); err != nil {
		t.Fatal(err)
	}
	s.thumbs.decode = time.Nanosecond
	for range 2 {
		if err := EnsureThumb(s, "a.png", "t.png", "10x10"); !errors.Is(err, errUnusable) {
			t.Errorf("no time to decode: %v", err)
		}
	}
	if n := spy.opened.Load(); n != 1 {
		t.Errorf("it was tried %d times", n)
	}
}

// bomb returns a PNG whose head announces w × h pixels of 4 bytes.
func bomb(t *testing.T, w, h uint32) []byte {
	t.Helper()
	head := binary.BigEndian.AppendUint32(nil, w)
	head = binary.BigEndian.AppendUint32(head, h)
	head = append(head, 8, pngTrueAlpha, 0, 0, 0)
	var rows bytes.Buffer
	z := zlib.NewWriter(&rows)
	_, err := z.Write(make([]byte, 1<<20))
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	file := append([]byte(pngSignature), pngChunk("IHDR", head)...)
	file = append(file, pngChunk(pngData, rows.Bytes())...)
	return append(file, pngChunk("IEND", nil)...)
}

// TestImageBombsAreRefusedBeforeDecoding runs alone: it looks at what the
// process allocates.
func TestImageBombsAreRefusedBeforeDecoding(t *testing.T) {
	s, _ := spySystem(t)
	tall := pngOf(t, image.NewPaletted(image.Rect(0, 0, 1, 1_000_000), gradientPalette))
	if len(tall) > 4<<10 {
		t.Fatalf("the tall PNG has %d bytes", len(tall))
	}
	gifBomb := []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x08\x01\x00;")
	jpegBomb := []byte("\xff\xd8\xff\xc2\x00\x11\x08\xff\xff\xff\xff\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00")
	for name, tc := range map[string]struct {
		content []byte
		size    string
	}{
		"1 x 1000000":              {tall, "100x0"},
		"as many pixels as fit":    {bomb(t, 1<<31-1, 1<<31-1), "100x100"},
		"60000 x 60000":            {bomb(t, 60_000, 60_000), "100x100"},
		"11000 x 11000 of 4 bytes": {bomb(t, 11_000, 11_000), "100x100"},
		"no pixels":                {bomb(t, 0, 5), "100x100"},
		"a huge GIF":               {gifBomb, "100x100"},
		"a huge progressive JPEG":  {jpegBomb, "100x100"},
		"a thumb of 6500000 rows":  {pngOf(t, image.NewPaletted(image.Rect(0, 0, 1, 65_000), gradientPalette)), "100x0"},
		"a thumb of 1e12 pixels":   {pngOf(t, gradient(10, 10)), "999999x999999"},
	} {
		if err := s.Upload(tc.content, name); err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := s.CreateThumb(name, "thumb", tc.size)
		runtime.ReadMemStats(&after)
		if !errors.Is(err, errUnusable) {
			t.Errorf("%s: %v", name, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 1<<20 {
			t.Errorf("%s: refusing it took %d bytes", name, took)
		}
	}
}
