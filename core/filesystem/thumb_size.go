package filesystem

import (
	"fmt"
	"image"
	"math"
	"regexp"
	"strconv"
)

// Suffixes of a thumb size: how the image is fitted into the box.
const (
	cropCenter = ""
	cropTop    = "t"
	cropBottom = "b"
	fitInside  = "f"
)

var thumbSizePattern = regexp.MustCompile(`^(\d{1,6})x(\d{1,6})(t|b|f)?$`)

// thumbSize is a box for an image. A side of 0 follows from the other one.
type thumbSize struct {
	width, height int
	mode          string
}

func parseThumbSize(text string) (thumbSize, error) {
	match := thumbSizePattern.FindStringSubmatch(text)
	if match == nil {
		return thumbSize{}, fmt.Errorf("thumb size %q is not WxH, WxHt, WxHb, WxHf, 0xH or Wx0", text)
	}
	size := thumbSize{mode: match[3]}
	size.width, _ = strconv.Atoi(match[1])
	size.height, _ = strconv.Atoi(match[2])
	if size.width == 0 && size.height == 0 {
		return thumbSize{}, fmt.Errorf("thumb size %q has no side", text)
	}
	return size, nil
}

// plan returns which part of an image of w × h pixels is shown, and at what size.
func (s thumbSize) plan(w, h int) (crop image.Rectangle, size image.Point) {
	whole := image.Rect(0, 0, w, h)
	scaleX, scaleY := float64(s.width)/float64(w), float64(s.height)/float64(h)
	switch {
	case s.width == 0:
		return whole, image.Pt(scaled(w, scaleY), s.height)
	case s.height == 0:
		return whole, image.Pt(s.width, scaled(h, scaleX))
	case s.mode == fitInside:
		scale := min(scaleX, scaleY, 1) // a small image stays as it is
		return whole, image.Pt(scaled(w, scale), scaled(h, scale))
	}
	scale := max(scaleX, scaleY)
	cropW, cropH := min(w, scaled(s.width, 1/scale)), min(h, scaled(s.height, 1/scale))
	corner := image.Pt((w-cropW)/2, (h-cropH)/2)
	switch s.mode {
	case cropTop:
		corner.Y = 0
	case cropBottom:
		corner.Y = h - cropH
	}
	return image.Rectangle{Min: corner, Max: corner.Add(image.Pt(cropW, cropH))}, image.Pt(s.width, s.height)
}

// scaled returns a length after scaling, which never vanishes. It is bounded
// so that no caller has to fear an overflow.
func scaled(length int, by float64) int {
	return int(min(max(1, math.Round(float64(length)*by)), math.MaxInt32))
}
