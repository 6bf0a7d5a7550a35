package filesystem

import (
	"encoding/binary"
	"image"
)

// orientation says how a stored image has to be turned to stand upright, with
// the values of the EXIF tag: 1 is upright already, from 5 on the sides swap.
type orientation int

const (
	upright            orientation = 1
	firstSwapped       orientation = 5
	lastOrientation    orientation = 8
	exifOrientationTag             = 0x0112
	maxExifEntries                 = 512
)

// size returns the upright size of an image that is stored as w × h.
func (o orientation) size(w, h int) (int, int) {
	if o >= firstSwapped {
		return h, w
	}
	return w, h
}

// stored returns where the upright pixel p lies in an image stored as w × h.
func (o orientation) stored(p image.Point, w, h int) image.Point {
	switch o {
	case 2:
		return image.Pt(w-1-p.X, p.Y)
	case 3:
		return image.Pt(w-1-p.X, h-1-p.Y)
	case 4:
		return image.Pt(p.X, h-1-p.Y)
	case 5:
		return image.Pt(p.Y, p.X)
	case 6:
		return image.Pt(p.Y, h-1-p.X)
	case 7:
		return image.Pt(w-1-p.Y, h-1-p.X)
	case 8:
		return image.Pt(w-1-p.Y, p.X)
	default:
		return p
	}
}

// storedRect is stored for a whole rectangle, which must not be empty.
func (o orientation) storedRect(r image.Rectangle, w, h int) image.Rectangle {
	a, b := o.stored(r.Min, w, h), o.stored(r.Max.Sub(image.Pt(1, 1)), w, h)
	rect := image.Rect(a.X, a.Y, b.X, b.Y)
	rect.Max = rect.Max.Add(image.Pt(1, 1))
	return rect
}

// apply returns the image turned upright.
func (o orientation) apply(src *image.RGBA) *image.RGBA {
	if o <= upright || o > lastOrientation {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	outW, outH := o.size(w, h)
	out := image.NewRGBA(image.Rect(0, 0, outW, outH))
	for y := range outH {
		for x := range outW {
			p := o.stored(image.Pt(x, y), w, h)
			copy(out.Pix[out.PixOffset(x, y):][:4], src.Pix[src.PixOffset(p.X, p.Y):][:4])
		}
	}
	return out
}

// exifOrientation reads the orientation from the TIFF data of an EXIF segment.
// Whatever cannot be read counts as upright.
func exifOrientation(tiff []byte) orientation {
	var order binary.ByteOrder
	switch {
	case len(tiff) < 8:
		return upright
	case string(tiff[:4]) == "II*\x00":
		order = binary.LittleEndian
	case string(tiff[:4]) == "MM\x00*":
		order = binary.BigEndian
	default:
		return upright
	}
	offset := int64(order.Uint32(tiff[4:]))
	if offset+2 > int64(len(tiff)) {
		return upright
	}
	entries := tiff[offset+2:]
	for range min(int(order.Uint16(tiff[offset:])), maxExifEntries) {
		const entrySize = 12
		if len(entries) < entrySize {
			break
		}
		if order.Uint16(entries) == exifOrientationTag {
			if value := orientation(order.Uint16(entries[8:])); value >= upright && value <= lastOrientation {
				return value
			}
			break
		}
		entries = entries[entrySize:]
	}
	return upright
}
