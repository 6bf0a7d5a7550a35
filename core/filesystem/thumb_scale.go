package filesystem

import (
	"image"
	"image/draw"
	"math"
)

// channels is how many values a pixel has: red, green, blue and alpha.
const channels = 4

// tap is the part that source pixels have in one target pixel.
type tap struct {
	first   int // of the source pixels
	weights []float32
}

// linearTaps returns the taps that bring n source pixels to size target
// pixels. When it shrinks, the filter widens so that every source pixel counts.
func linearTaps(n, size int) []tap {
	step := float64(n) / float64(size)
	reach := max(1, step)
	taps := make([]tap, size)
	for i := range taps {
		center := (float64(i)+0.5)*step - 0.5
		first := max(0, int(math.Ceil(center-reach)))
		last := min(n-1, int(math.Floor(center+reach)))
		weights := make([]float32, 0, last-first+1)
		sum := 0.0
		for j := first; j <= last; j++ {
			weight := max(0, 1-math.Abs(float64(j)-center)/reach)
			weights = append(weights, float32(weight))
			sum += weight
		}
		for j := range weights {
			weights[j] /= float32(sum)
		}
		taps[i] = tap{first: first, weights: weights}
	}
	return taps
}

// scale draws the part r of an image at another size, with linear filtering.
//
// It goes through the image row by row and keeps only the rows that the current
// target row needs. golang.org/x/image/draw holds a scaled copy of all of them
// at 32 bytes a pixel, which is more than most images take themselves.
func scale(src image.Image, r image.Rectangle, size image.Point) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: size})
	columns, rows := linearTaps(r.Dx(), size.X), linearTaps(r.Dy(), size.Y)
	window := newRowWindow(src, r, columns, rows)
	sums := make([]float32, size.X*channels)
	for y, row := range rows {
		clear(sums)
		for i, weight := range row.weights {
			for x, value := range window.row(row.first + i) {
				sums[x] += value * weight
			}
		}
		line := out.Pix[y*out.Stride:][:len(sums)]
		for x, value := range sums {
			line[x] = uint8(min(value+0.5, math.MaxUint8))
		}
	}
	return out
}

// rowWindow scales source rows to their new width. It remembers as many as one
// target row needs; rows must be asked for in rising windows.
type rowWindow struct {
	src     image.Image
	r       image.Rectangle
	columns []tap
	palette [][channels]uint8 // of a paletted image
	line    *image.RGBA       // one source row
	rows    [][]float32
	index   []int // which source row each of rows is, -1 for none
}

func newRowWindow(src image.Image, r image.Rectangle, columns, rows []tap) *rowWindow {
	height := 1
	for _, row := range rows {
		height = max(height, len(row.weights))
	}
	w := &rowWindow{
		src: src, r: r, columns: columns,
		line:  image.NewRGBA(image.Rect(0, 0, r.Dx(), 1)),
		rows:  make([][]float32, height),
		index: make([]int, height),
	}
	for i := range w.rows {
		w.rows[i], w.index[i] = make([]float32, len(columns)*channels), -1
	}
	if paletted, ok := src.(*image.Paletted); ok {
		w.palette = premultiplied(paletted)
	}
	return w
}

// premultiplied returns the palette in the form of image.RGBA, for every index
// that a pixel can have.
func premultiplied(src *image.Paletted) [][channels]uint8 {
	table := make([][channels]uint8, 1<<8)
	for i, c := range src.Palette {
		red, green, blue, alpha := c.RGBA()
		table[i] = [channels]uint8{uint8(red >> 8), uint8(green >> 8), uint8(blue >> 8), uint8(alpha >> 8)}
	}
	return table
}

func (w *rowWindow) row(y int) []float32 {
	slot := y % len(w.rows)
	if w.index[slot] != y {
		w.load(y)
		w.scaleLine(w.rows[slot])
		w.index[slot] = y
	}
	return w.rows[slot]
}

// load brings one source row into the form of image.RGBA.
func (w *rowWindow) load(y int) {
	from := image.Pt(w.r.Min.X, w.r.Min.Y+y)
	paletted, ok := w.src.(*image.Paletted)
	if !ok {
		draw.Draw(w.line, w.line.Rect, w.src, from, draw.Src)
		return
	}
	for x, index := range paletted.Pix[paletted.PixOffset(from.X, from.Y):][:w.r.Dx()] {
		copy(w.line.Pix[x*channels:], w.palette[index][:])
	}
}

func (w *rowWindow) scaleLine(out []float32) {
	for i, column := range w.columns {
		pixels := w.line.Pix[column.first*channels:]
		var red, green, blue, alpha float32
		for j, weight := range column.weights {
			p := pixels[j*channels : j*channels+channels : j*channels+channels]
			red += float32(p[0]) * weight
			green += float32(p[1]) * weight
			blue += float32(p[2]) * weight
			alpha += float32(p[3]) * weight
		}
		o := out[i*channels : i*channels+channels : i*channels+channels]
		o[0], o[1], o[2], o[3] = red, green, blue, alpha
	}
}
