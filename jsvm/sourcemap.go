package jsvm

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/dop251/goja/file"
	"github.com/go-sourcemap/sourcemap"
)

// sourceMap leads from a place in a bundle to the place the author wrote. The
// zero value leads nowhere.
type sourceMap struct {
	consumer *sourcemap.Consumer
	// raw is the same in the form that is attached to a script.
	raw []byte
}

// sourceMap reads the map of a bundle. The names of its files become absolute
// paths, and its columns count from 1 like those of the engine.
func (b *bundler) sourceMap(raw []byte) (sourceMap, error) {
	var m struct {
		Version  int               `json:"version"`
		Sources  []string          `json:"sources"`
		Names    []json.RawMessage `json:"names"`
		Mappings string            `json:"mappings"`
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return sourceMap{}, err
	}
	for i, source := range m.Sources {
		if !isVirtual(source) && !filepath.IsAbs(source) {
			path := filepath.Join(b.real, filepath.FromSlash(source))
			m.Sources[i] = filepath.ToSlash(moved(path, b.real, b.dir))
		}
	}
	if strings.Trim(m.Mappings, ";") == "" {
		return sourceMap{}, nil // an empty file, or one of types alone
	}
	m.Mappings = shiftColumns(m.Mappings)
	raw, err := json.Marshal(m)
	if err != nil {
		return sourceMap{}, err
	}
	consumer, err := sourcemap.Parse("", raw)
	return sourceMap{consumer: consumer, raw: raw}, err
}

// original returns the author's place for one in a bundle. Without a map it is
// the same place in the file itself.
func (m sourceMap) original(path string, line, column int) file.Position {
	if m.consumer != nil {
		if source, _, l, c, ok := m.consumer.Source(line, column); ok {
			return file.Position{Filename: source, Line: l, Column: c}
		}
	}
	return file.Position{Filename: path, Line: line, Column: column}
}

// comment returns the map as the comment that ends a script.
func (m sourceMap) comment() string {
	if m.consumer == nil {
		return ""
	}
	return "\n//# sourceMappingURL=data:application/json;base64," + base64.StdEncoding.EncodeToString(m.raw)
}

// shiftColumns moves all columns of a map by one. Columns are written as
// differences: those of the script begin anew on each line, those of the
// sources go on from segment to segment.
func shiftColumns(mappings string) string {
	lines := strings.Split(mappings, ";")
	first := true
	for i, line := range lines {
		if line == "" {
			continue
		}
		segment, others, more := strings.Cut(line, ",")
		fields := decodeNumbers(segment)
		fields[0]++
		if first && len(fields) > 3 {
			fields[3]++
			first = false
		}
		segment = encodeNumbers(fields)
		if more {
			segment += "," + others
		}
		lines[i] = segment
	}
	return strings.Join(lines, ";")
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// decodeNumbers reads a segment: numbers of five bits a digit, the lowest digit
// first, the sign in the lowest bit.
func decodeNumbers(segment string) []int {
	var numbers []int
	value, shift := 0, 0
	for i := range len(segment) {
		digit := strings.IndexByte(base64Digits, segment[i])
		value |= (digit & 31) << shift
		if shift += 5; digit&32 != 0 {
			continue
		}
		if value&1 != 0 {
			value = -(value >> 1)
		} else {
			value >>= 1
		}
		numbers = append(numbers, value)
		value, shift = 0, 0
	}
	return numbers
}

func encodeNumbers(numbers []int) string {
	var b strings.Builder
	for _, n := range numbers {
		rest := n << 1
		if n < 0 {
			rest = -n<<1 | 1
		}
		for {
			digit := rest & 31
			if rest >>= 5; rest > 0 {
				digit |= 32
			}
			b.WriteByte(base64Digits[digit])
			if rest == 0 {
				break
			}
		}
	}
	return b.String()
}

// authorPath undoes what the engine does to the file names of a source map: it
// takes them for addresses.
func authorPath(name string) string {
	if !strings.Contains(name, "%") {
		return name
	}
	if path, err := url.PathUnescape(name); err == nil {
		return path
	}
	return name
}

// place is where something is in the files of the author.
type place struct {
	// line and column are those in the text that is compiled.
	line, column int
	// at is where the author wrote it.
	at file.Position
}

// shown returns a place as listings show it: the file, seen from dir, and the line.
func (p place) shown(dir string) string {
	name := authorPath(p.at.Filename)
	if rel, err := filepath.Rel(dir, name); err == nil && !strings.HasPrefix(rel, "..") {
		name = filepath.ToSlash(rel)
	}
	return fmt.Sprintf("%s:%d", name, p.at.Line)
}
