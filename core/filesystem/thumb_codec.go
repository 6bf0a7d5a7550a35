package filesystem

import (
	"bufio"
	"bytes"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
)

const thumbQuality = 90

// decodeImage decodes the first frame of an image. Only what the content is to
// blame for gives errUnusable; an error of the reader is returned as it is.
func decodeImage(content io.Reader, format string) (image.Image, error) {
	source := &errorReader{r: content}
	buffered := bufio.NewReader(source)
	var src image.Image
	var err error
	switch format {
	case pngFormat:
		src, err = png.Decode(buffered)
	case jpegFormat:
		src, err = jpeg.Decode(buffered)
	default:
		src, err = gif.Decode(buffered)
	}
	switch {
	case source.err != nil:
		return nil, source.err
	case err != nil:
		return nil, unusable("decode: %w", err)
	case src.Bounds().Empty():
		return nil, unusable("it has no pixels")
	}
	return src, nil
}

// encodeImage encodes a thumb in the format of a file extension.
func encodeImage(thumb image.Image, extension string) ([]byte, error) {
	var buf bytes.Buffer
	var err error
	switch strings.ToLower(extension) {
	case ".jpg", ".jpeg":
		err = jpeg.Encode(&buf, thumb, &jpeg.Options{Quality: thumbQuality})
	case ".gif":
		err = gif.Encode(&buf, thumb, nil)
	default:
		err = png.Encode(&buf, thumb)
	}
	return buf.Bytes(), err
}

// errorReader remembers the error that ended it, if it was not the end.
type errorReader struct {
	r   io.Reader
	err error
}

func (r *errorReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}
