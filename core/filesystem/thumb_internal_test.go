package filesystem

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	stddraw "image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"golang.org/x/image/draw"
)

// gradient is a picture in which every pixel tells where it is.
func gradient(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetNRGBA(x, y, color.NRGBA{R: uint8(x * 255 / w), G: uint8(y * 255 / h), B: uint8((x + y) * 7), A: uint8(128 + x*127/w)})
		}
	}
	return img
}

func TestThumbSizes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		w, h int
		crop image.Rectangle
		size image.Point
	}{
		{"70x50", 300, 200, image.Rect(10, 0, 290, 200), image.Pt(70, 50)},
		{"70x50t", 100, 200, image.Rect(0, 0, 100, 71), image.Pt(70, 50)},
		{"70x50b", 100, 200, image.Rect(0, 129, 100, 200), image.Pt(70, 50)},
		{"70x50t", 300, 200, image.Rect(10, 0, 290, 200), image.Pt(70, 50)},
		{"70x50f", 300, 300, image.Rect(0, 0, 300, 300), image.Pt(50, 50)},
		{"70x50f", 20, 10, image.Rect(0, 0, 20, 10), image.Pt(20, 10)},
		{"0x50", 300, 600, image.Rect(0, 0, 300, 600), image.Pt(25, 50)},
		{"70x0", 300, 600, image.Rect(0, 0, 300, 600), image.Pt(70, 140)},
		{"0x50t", 300, 600, image.Rect(0, 0, 300, 600), image.Pt(25, 50)},
		{"100x100", 1, 65535, image.Rect(0, 32767, 1, 32768), image.Pt(100, 100)},
		{"100x100f", 1, 65535, image.Rect(0, 0, 1, 65535), image.Pt(1, 100)},
		{"0x1", 10, 1000, image.Rect(0, 0, 10, 1000), image.Pt(1, 1)},
		{"400x400", 10, 10, image.Rect(0, 0, 10, 10), image.Pt(400, 400)},
	} {
		size, err := parseThumbSize(tc.text)
		if err != nil {
			t.Fatal(err)
		}
		if crop, got := size.plan(tc.w, tc.h); crop != tc.crop || got != tc.size {
			t.Errorf("%s of %dx%d: %v as %v, want %v as %v", tc.text, tc.w, tc.h, crop, got, tc.crop, tc.size)
		}
	}
	for _, text := range []string{"", "x", "70", "70x", "x50", "0x0", "0x0t", "-1x5", "1x1x1", "70x50z", "99999999x1", "1 x1"} {
		if _, err := parseThumbSize(text); err == nil {
			t.Errorf("size %q is accepted", text)
		}
	}
}

// TestScaleAgreesWithDraw compares with the filter of golang.org/x/image.
func TestScaleAgreesWithDraw(t *testing.T) {
	t.Parallel()
	src := gradient(173, 119)
	gray := image.NewGray(src.Bounds())
	stddraw.Draw(gray, gray.Rect, src, image.Point{}, stddraw.Src)
	paletted := image.NewPaletted(src.Bounds(), palette.Plan9)
	stddraw.Draw(paletted, paletted.Rect, src, image.Point{}, stddraw.Src)
	deep := image.NewNRGBA64(src.Bounds())
	stddraw.Draw(deep, deep.Rect, src, image.Point{}, stddraw.Src)
	ycbcr := image.NewYCbCr(src.Bounds(), image.YCbCrSubsampleRatio420)
	for i := range ycbcr.Y {
		ycbcr.Y[i] = uint8(i * 3)
	}
	for name, img := range map[string]image.Image{"nrgba": src, "gray": gray, "paletted": paletted, "nrgba64": deep, "ycbcr": ycbcr} {
		for _, size := range []image.Point{{X: 50, Y: 40}, {X: 7, Y: 90}, {X: 300, Y: 200}, {X: 1, Y: 1}, {X: 173, Y: 119}} {
			crop := image.Rect(11, 5, 171, 117)
			want := image.NewRGBA(image.Rectangle{Max: size})
			draw.BiLinear.Scale(want, want.Rect, img, crop, draw.Src, nil)
			got := scale(img, crop, size)
			for i := range want.Pix {
				if diff := int(got.Pix[i]) - int(want.Pix[i]); diff < -2 || diff > 2 {
					t.Errorf("%s to %v: byte %d is %d, want %d", name, size, i, got.Pix[i], want.Pix[i])
					break
				}
			}
		}
	}
}

// exif returns the head of a JPEG with an orientation.
func exif(order binary.ByteOrder, value uint16) []byte {
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	if order == binary.BigEndian {
		tiff = []byte("MM\x00*\x00\x00\x00\x08")
	}
	add := func(v uint16) { tiff, _ = binary.Append(tiff, order, v) }
	add(2) // entries: one that is passed over, and the orientation
	for _, v := range []uint16{0x010f, 2, 0, 0, 0, 0, exifOrientationTag, 3, 0, 1, value, 0} {
		add(v)
	}
	body := append([]byte(exifPrefix), tiff...)
	segment := []byte{0xff, jpegAPP1}
	segment = binary.BigEndian.AppendUint16(segment, uint16(len(body)+2))
	return append(segment, body...)
}

func withExif(t *testing.T, img image.Image, order binary.ByteOrder, value uint16) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	return append([]byte(jpegSignature), append(exif(order, value), buf.Bytes()[2:]...)...)
}

// TestOrientation stores a picture the way a camera would, for each value, and
// expects it back upright.
func TestOrientation(t *testing.T) {
	t.Parallel()
	upright := image.NewRGBA(image.Rect(0, 0, 64, 32))
	for y := range 32 {
		for x := range 64 {
			c := color.RGBA{R: 255, A: 255} // top left
			switch {
			case x >= 32 && y < 16:
				c = color.RGBA{G: 255, A: 255}
			case x < 32 && y >= 16:
				c = color.RGBA{B: 255, A: 255}
			case y >= 16:
				c = color.RGBA{R: 255, G: 255, B: 255, A: 255}
			}
			upright.SetRGBA(x, y, c)
		}
	}
	for value := uint16(1); value <= 8; value++ {
		o := orientation(value)
		w, h := o.size(64, 32)
		stored := image.NewRGBA(image.Rect(0, 0, w, h))
		for y := range 32 {
			for x := range 64 {
				p := o.stored(image.Pt(x, y), w, h)
				if !p.In(stored.Rect) {
					t.Fatalf("orientation %d: %d,%d is outside at %v", value, x, y, p)
				}
				stored.SetRGBA(p.X, p.Y, upright.RGBAAt(x, y))
			}
		}
		order := []binary.ByteOrder{binary.LittleEndian, binary.BigEndian}[value%2]
		content := withExif(t, stored, order, value)
		info, err := probe(bytes.NewReader(content))
		if err != nil || info.orientation != o || info.width != w || info.height != h {
			t.Fatalf("orientation %d: %+v, %v", value, info, err)
		}
		job := thumbJob{ctx: t.Context(), size: thumbSize{width: 32, height: 0}}
		got, err := job.draw(bytes.NewReader(content), info, image.Pt(32, 16))
		if err != nil {
			t.Fatal(err)
		}
		if got.Rect != image.Rect(0, 0, 32, 16) {
			t.Fatalf("orientation %d: the thumb is %v", value, got.Rect)
		}
		for _, at := range []image.Point{{X: 4, Y: 3}, {X: 28, Y: 3}, {X: 4, Y: 12}, {X: 28, Y: 12}} {
			want := upright.RGBAAt(at.X*2, at.Y*2)
			if c := got.RGBAAt(at.X, at.Y); diff(c.R, want.R) > 40 || diff(c.G, want.G) > 40 || diff(c.B, want.B) > 40 {
				t.Errorf("orientation %d: %v at %v, want %v", value, c, at, want)
			}
		}
	}
}

func diff(a, b uint8) int { return max(int(a), int(b)) - min(int(a), int(b)) }

func TestExifNonsense(t *testing.T) {
	t.Parallel()
	good := exif(binary.BigEndian, 6)[4+len(exifPrefix):]
	if got := exifOrientation(good); got != 6 {
		t.Fatalf("orientation %d", got)
	}
	for i := range good { // cut anywhere, and any byte broken
		_ = exifOrientation(good[:i])
		broken := bytes.Clone(good)
		broken[i] ^= 0xff
		if got := exifOrientation(broken); got < 1 || got > 8 {
			t.Errorf("byte %d broken: orientation %d", i, got)
		}
	}
}

func TestProbeCosts(t *testing.T) {
	t.Parallel()
	const w, h = 40, 30
	pixels := int64(w * h)
	encodePNG := func(img image.Image) []byte {
		var buf bytes.Buffer
		if err := png.Encode(&buf, img); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
	gray := encodePNG(image.NewGray(image.Rect(0, 0, w, h)))
	transparent := append(bytes.Clone(gray[:33]), append(pngChunk(pngTransparency, []byte{0, 0}), gray[33:]...)...)
	interlaced := bytes.Clone(gray)
	interlaced[28] = 1

	var gifFile, jpegFile bytes.Buffer
	if err := errors.Join(
		gif.Encode(&gifFile, gradient(w, h), nil),
		jpeg.Encode(&jpegFile, gradient(w, h), nil),
	); err != nil {
		t.Fatal(err)
	}
	progressive := bytes.Replace(jpegFile.Bytes(), []byte{0xff, jpegSOF0}, []byte{0xff, jpegSOF2}, 1)
	adobe := append([]byte("\xff\xd8\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"), jpegFile.Bytes()[2:]...)
	odd := append([]byte("\xff\xd8\xff\xff\xff\xdb"), jpegFile.Bytes()[4:]...) // fill bytes before a marker

	for name, tc := range map[string]struct {
		content []byte
		want    float64 // bytes per pixel
	}{
		"true colour":        {encodePNG(gradient(w, h)), 4},
		"gray":               {gray, 1},
		"gray, transparent":  {transparent, 4},
		"gray, interlaced":   {interlaced, 2},
		"gray, 16 bits":      {encodePNG(image.NewGray16(image.Rect(0, 0, w, h))), 2},
		"paletted":           {encodePNG(image.NewPaletted(image.Rect(0, 0, w, h), palette.Plan9)), 1},
		"64 bits":            {encodePNG(image.NewNRGBA64(image.Rect(0, 0, w, h))), 8},
		"gif":                {gifFile.Bytes(), 2},
		"jpeg":               {jpegFile.Bytes(), 1.5},
		"jpeg, progressive":  {progressive, 7.5},
		"jpeg of Adobe":      {adobe, 5.5},
		"jpeg, odd segments": {odd, 24},
	} {
		info, err := probe(bytes.NewReader(tc.content))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := float64(info.decoded) / float64(pixels); got != tc.want {
			t.Errorf("%s: %v bytes a pixel, want %v", name, got, tc.want)
		}
	}
}

func pngChunk(kind string, body []byte) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(append(chunk, kind...), body...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}

func TestBrokenImagesAreRemembered(t *testing.T) {
	t.Parallel()
	s, err := NewLocal(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, gradient(40, 40)); err != nil {
		t.Fatal(err)
	}
	if err := s.Upload(buf.Bytes()[:buf.Len()/2], "broken.png"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := EnsureThumb(s, "broken.png", "thumb.png", "10x10"); !errors.Is(err, errUnusable) {
			t.Fatalf("half a PNG: %v", err)
		}
	}
	if len(s.thumbs.unusable.list) != 1 {
		t.Errorf("remembered: %v", s.thumbs.unusable.list)
	}
	if err := s.Upload(buf.Bytes(), "broken.png"); err != nil {
		t.Fatal(err)
	}
	if err := EnsureThumb(s, "broken.png", "thumb.png", "10x10"); !errors.Is(err, errUnusable) {
		t.Errorf("asked again: %v", err)
	}
	if err := s.CreateThumb("broken.png", "thumb.png", "10x10"); err != nil {
		t.Errorf("made on purpose: %v", err)
	}
	for i := range 2 * unusableKept {
		s.thumbs.unusable.add(string(rune(i)), errUnusable)
	}
	if len(s.thumbs.unusable.list) > unusableKept {
		t.Errorf("%d are remembered", len(s.thumbs.unusable.list))
	}
}
