package filesystem

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"image/color"
	"image/gif"
	"image/jpeg"
	"io"
)

// Bounds of the images that thumbs are made of, checked before anything is
// decoded.
const (
	maxImageSide   = 1<<16 - 1
	maxImagePixels = 128_000_000
)

// errUnusable marks images that no thumb can be made of, however often one asks.
var errUnusable = errors.New("the image cannot be used")

// imageInfo is what the head of an image file tells.
type imageInfo struct {
	format      string // pngFormat, jpegFormat or gifFormat
	width       int
	height      int
	orientation orientation
	// decoded is how many bytes decoding takes at most.
	decoded int64
}

const (
	pngFormat  = "png"
	jpegFormat = "jpeg"
	gifFormat  = "gif"

	pngSignature  = "\x89PNG\r\n\x1a\n"
	jpegSignature = "\xff\xd8"
	gifSignature  = "GIF8"
)

// probe reads the head of an image. Files that are no images, and images past
// the bounds, give errUnusable.
func probe(r io.ReadSeeker) (*imageInfo, error) {
	head := make([]byte, len(pngSignature))
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, unusable("read the image: %w", err)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("rewind the image: %w", err)
	}
	var info *imageInfo
	var err error
	switch buffered := bufio.NewReader(r); {
	case string(head) == pngSignature:
		info, err = probePNG(buffered)
	case string(head[:2]) == jpegSignature:
		info, err = probeJPEG(r, buffered)
	case string(head[:4]) == gifSignature:
		info, err = probeGIF(buffered)
	default:
		return nil, unusable("it is neither PNG nor JPEG nor GIF")
	}
	if err != nil {
		return nil, err
	}
	if info.width < 1 || info.height < 1 || info.width > maxImageSide || info.height > maxImageSide ||
		info.pixels() > maxImagePixels {
		return nil, unusable("%d x %d pixels are too many", info.width, info.height)
	}
	return info, nil
}

func (i *imageInfo) pixels() int64 { return int64(i.width) * int64(i.height) }

func unusable(format string, args ...any) error {
	return fmt.Errorf("%w: %w", errUnusable, fmt.Errorf(format, args...))
}

// PNG colour types and the chunks that matter.
const (
	pngGray         = 0
	pngTrueColor    = 2
	pngPaletted     = 3
	pngGrayAlpha    = 4
	pngTrueAlpha    = 6
	pngTransparency = "tRNS"
	pngData         = "IDAT"
	maxPNGChunks    = 1000
)

func probePNG(r *bufio.Reader) (*imageInfo, error) {
	const headSize = len(pngSignature) + 8 + 13 // with the IHDR chunk, which comes first
	head := make([]byte, headSize+4)
	if _, err := io.ReadFull(r, head); err != nil || string(head[12:16]) != "IHDR" {
		return nil, unusable("it is not a whole PNG")
	}
	info := &imageInfo{
		format:      pngFormat,
		width:       int(binary.BigEndian.Uint32(head[16:])),
		height:      int(binary.BigEndian.Uint32(head[20:])),
		orientation: upright,
	}
	depth, colorType, interlaced := head[24], head[25], head[28] != 0
	bytes := int64(channels)
	switch colorType {
	case pngPaletted:
		bytes = 1
	case pngGray:
		if !hasTransparency(r) {
			bytes = 1
		}
	case pngTrueColor, pngGrayAlpha, pngTrueAlpha:
	default:
		return nil, unusable("unknown PNG colour type %d", colorType)
	}
	if depth == 16 {
		bytes *= 2
	}
	if interlaced {
		bytes *= 2 // the passes are images of their own
	}
	info.decoded = bytes * info.pixels()
	return info, nil
}

// hasTransparency tells whether a chunk before the pixels makes a colour
// transparent, which quadruples the size of a gray image. In doubt it says so.
func hasTransparency(r *bufio.Reader) bool {
	for range maxPNGChunks {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return true
		}
		switch string(head[4:]) {
		case pngData:
			return false
		case pngTransparency:
			return true
		}
		skip := int64(binary.BigEndian.Uint32(head[:])) + 4 // with the checksum
		if _, err := io.CopyN(io.Discard, r, skip); err != nil {
			return true
		}
	}
	return true
}

func probeGIF(r *bufio.Reader) (*imageInfo, error) {
	config, err := gif.DecodeConfig(r)
	if err != nil {
		return nil, unusable("read the image: %w", err)
	}
	info := &imageInfo{format: gifFormat, width: config.Width, height: config.Height, orientation: upright}
	info.decoded = 2 * info.pixels() // interlaced frames are sorted into a copy
	return info, nil
}

// JPEG markers.
const (
	jpegSOI   = 0xd8
	jpegSOF0  = 0xc0 // baseline
	jpegSOF1  = 0xc1 // extended sequential
	jpegSOF2  = 0xc2 // progressive
	jpegSOS   = 0xda
	jpegAPP0  = 0xe0
	jpegAPP1  = 0xe1
	jpegAPP14 = 0xee

	exifPrefix = "Exif\x00\x00"
)

// probeJPEG reads the size with the decoder, so that both agree, and the rest
// from the segments. Where these are odd, the most expensive case is assumed.
func probeJPEG(r io.ReadSeeker, buffered *bufio.Reader) (*imageInfo, error) {
	config, err := jpeg.DecodeConfig(buffered)
	if err != nil {
		return nil, unusable("read the image: %w", err)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("rewind the image: %w", err)
	}
	frame := readJPEGFrame(bufio.NewReader(r))
	info := &imageInfo{format: jpegFormat, width: config.Width, height: config.Height, orientation: frame.orientation}
	samples := frame.samples
	if samples == 0 {
		samples = 4
		if config.ColorModel == color.GrayModel {
			samples = 1
		}
	}
	bytes := samples
	if frame.progressive {
		bytes += samples * 4 // coefficients are kept until the last scan
	}
	if frame.converted {
		bytes += channels
	}
	info.decoded = int64(bytes * float64(info.pixels()))
	return info, nil
}

// jpegFrame is what decides how much memory a JPEG takes.
type jpegFrame struct {
	samples     float64 // of all components per pixel, 0 if unknown
	progressive bool
	converted   bool // into a second image in the end
	orientation orientation
}

// readJPEGFrame goes through the segments up to the frame header. It gives up
// on anything but a plain sequence of segments, which the decoder might read
// differently.
func readJPEGFrame(r *bufio.Reader) jpegFrame {
	unknown := jpegFrame{progressive: true, converted: true, orientation: upright}
	if _, err := r.Discard(len(jpegSignature)); err != nil {
		return unknown
	}
	jfif, adobe := false, false
	for {
		marker, body, err := readJPEGSegment(r)
		if err != nil {
			return unknown
		}
		switch {
		case marker == jpegSOF0 || marker == jpegSOF1 || marker == jpegSOF2:
			frame := parseJPEGFrame(body)
			frame.progressive = marker == jpegSOF2
			frame.converted = frame.converted || adobe && !jfif
			frame.orientation = unknown.orientation
			return frame
		case marker == jpegSOS:
			return unknown
		case marker == jpegAPP0:
			jfif = true
		case marker == jpegAPP14:
			adobe = true
		case marker == jpegAPP1 && len(body) > len(exifPrefix) && string(body[:len(exifPrefix)]) == exifPrefix:
			unknown.orientation = exifOrientation(body[len(exifPrefix):])
		}
	}
}

func readJPEGSegment(r *bufio.Reader) (marker byte, body []byte, err error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	size := int(binary.BigEndian.Uint16(head[2:])) - 2
	if head[0] != 0xff || head[1] < jpegSOF0 || head[1] >= 0xd0 && head[1] <= jpegSOI || size < 0 {
		return 0, nil, errUnusable
	}
	body = make([]byte, size)
	_, err = io.ReadFull(r, body)
	return head[1], body, err
}

// parseJPEGFrame reads the components of a frame header.
func parseJPEGFrame(body []byte) jpegFrame {
	const fixed, perComponent = 6, 3
	frame := jpegFrame{converted: true}
	if len(body) < fixed {
		return frame
	}
	n := int(body[5])
	if n < 1 || n > 4 || len(body) != fixed+n*perComponent {
		return frame
	}
	maxH, maxV, sum, ids := 0, 0, 0, ""
	for c := body[fixed:]; len(c) > 0; c = c[perComponent:] {
		h, v := int(c[1]>>4), int(c[1]&0xf)
		maxH, maxV, sum = max(maxH, h), max(maxV, v), sum+h*v
		ids += string(rune(c[0]))
	}
	if sum == 0 {
		return frame
	}
	frame.samples = float64(sum) / float64(maxH*maxV)
	if n == 1 {
		frame.samples = 1
	}
	firstIsFull := int(body[fixed+1]) == maxH<<4|maxV
	frame.converted = n == 4 || ids == "RGB" || !firstIsFull
	return frame
}
