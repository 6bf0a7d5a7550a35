package apis_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestUploadsCannotScriptTheDashboard: whatever is uploaded must not run as a
// page of our origin, under any name and as any type.
func TestUploadsCannotScriptTheDashboard(t *testing.T) {
	t.Parallel()
	s, _ := serveDocuments(t)
	const script = "<script>fetch('/api/admins')</script>"
	for name, content := range map[string]string{
		"a.html":      "<!DOCTYPE html><html>" + script + "</html>",
		"a.htm":       script,
		"a.xhtml":     `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">` + script + "</html>",
		"a.svg":       `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">` + script + "</svg>",
		"a.SVG":       `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">` + script + "</svg>",
		"a.xml":       `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="a.xsl"?><a/>`,
		"a.js":        "alert(1)",
		"a.mhtml":     "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + script,
		"a.png":       script,
		"a.pdf":       script,
		"polyglot.js": "GIF89a/*" + strings.Repeat("\x00", 20) + "*/=1;" + script,
		"noextension": "<html>" + script,
		"a.swf":       "FWS\x09" + script,
	} {
		record := s.upload(part{name: "file", filename: name, value: content})
		for _, query := range []string{"", "?download=0", "?thumb=100x100"} {
			got := s.do(call{method: "GET", path: fileURL(record, "file") + query})
			policy := got.header.Get("Content-Security-Policy")
			if got.status != 200 || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "sandbox") || strings.Contains(policy, "allow-scripts") {
				t.Errorf("%s%s: %d %q", name, query, got.status, policy)
			}
			if got.header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s%s may be sniffed", name, query)
			}
			inline := strings.HasPrefix(got.header.Get("Content-Disposition"), "inline")
			if contentType := got.header.Get("Content-Type"); inline && contentType != "image/gif" {
				t.Errorf("%s%s is shown in place as %s", name, query, contentType)
			}
		}
	}
}

// TestImageBombsAreServedAsTheyAre: a guest uploads images whose thumbs would
// take the memory of the machine, and asks for these.
func TestImageBombsAreServedAsTheyAre(t *testing.T) {
	t.Parallel()
	s, _ := serveDocuments(t)
	for name, content := range map[string]string{
		"1 x 1000000":   paletted(t, 1, 1_000_000),
		"1000000 x 1":   paletted(t, 1_000_000, 1),
		"60000 x 60000": announced(t, 60_000, 60_000),
		"2^31 x 2^31":   announced(t, 1<<31-1, 1<<31-1),
		"cut off":       pngImage(t, 300, 300)[:200],
	} {
		if len(content) > 8<<10 {
			t.Fatalf("%s takes %d bytes", name, len(content))
		}
		record := s.upload(part{name: "file", filename: "a.png", value: content})
		for _, size := range []string{"100x100", "50x0"} {
			got := s.do(call{method: "GET", path: fileURL(record, "file") + "?thumb=" + size})
			if got.status != 200 || got.body != content || got.header.Get("Content-Disposition") != fmt.Sprintf("inline; filename=%v", record["file"]) {
				t.Errorf("%s: %d, %d bytes, %v", name, got.status, len(got.body), got.header)
			}
		}
	}
	s.expect([]expectation{{name: "still there", call: call{path: "/api/health"}, status: 200}})
}

func paletted(t *testing.T, w, h int) string {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Black, color.White})); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// announced returns a PNG whose head names a size that its data has not.
func announced(t *testing.T, w, h uint32) string {
	t.Helper()
	var rows bytes.Buffer
	z := zlib.NewWriter(&rows)
	if _, err := z.Write(make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	head := binary.BigEndian.AppendUint32(nil, w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 6, 0, 0, 0)
	file := "\x89PNG\r\n\x1a\n"
	for _, chunk := range []struct {
		kind string
		body []byte
	}{{"IHDR", head}, {"IDAT", rows.Bytes()}, {"IEND", nil}} {
		body := append([]byte(chunk.kind), chunk.body...)
		file += string(binary.BigEndian.AppendUint32(nil, uint32(len(chunk.body)))) + string(body) +
			string(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
	}
	return file
}

// TestFileRoutesCannotBeLeft: no spelling of a path leads to what is not a file
// of the record.
func TestFileRoutesCannotBeLeft(t *testing.T) {
	t.Parallel()
	s, _ := serveDocuments(t)
	victim := s.upload(part{name: "secret", filename: "secret.txt", value: "TOP SECRET"})
	record := s.upload(part{name: "file", filename: "a.png", value: pngImage(t, 200, 200)})
	if err := os.WriteFile(filepath.Join(s.app.DataDir(), "storage", "outside.txt"), []byte("TOP SECRET"), 0o600); err != nil {
		t.Fatal(err)
	}
	id, name := record["id"].(string), record["file"].(string)
	secret := recordFolder(victim) + victim["secret"].(string)
	base := "/api/files/documents/" + id + "/"
	for _, path := range []string{
		base + "..%2f" + victim["id"].(string) + "%2f" + victim["secret"].(string),
		base + "..%2F..%2F" + strings.ReplaceAll(secret, "/", "%2F"),
		base + "..%5c..%5coutside.txt",
		base + "../" + victim["id"].(string) + "/" + victim["secret"].(string),
		base + "..%252f..%252foutside.txt",
		base + "%2e%2e%2f%2e%2e%2foutside.txt",
		base + "..%c0%af..%c0%afoutside.txt",
		base + name + "%00.txt",
		base + "%00",
		base + name + ".attrs",
		base + "thumbs_" + name + "%2f100x100_" + name,
		base + "%2fetc%2fpasswd",
		"/api/files/documents/..%2f" + id + "/" + name,
		"/api/files/..%2f..%2fdocuments/" + id + "/" + name,
		"/api/files/documents%00/" + id + "/" + name,
		"/api/files/documents/" + id + "%00/" + name,
		"/api/files/documents/" + id + "%2f..%2f" + victim["id"].(string) + "/" + victim["secret"].(string),
		base + name + "/../../../../../data.db",
	} {
		got := s.do(call{method: "GET", path: path})
		if got.status != 404 || strings.Contains(got.body, "TOP SECRET") || strings.Contains(got.body, "SQLite") {
			t.Errorf("%s: %d %.80s", path, got.status, got.body)
		}
	}
	for _, thumb := range []string{"..%2f..%2foutside.txt", "100x100%00", "100x100%2f..", "%2e%2e%2f100x100"} {
		got := s.do(call{method: "GET", path: base + name + "?thumb=" + thumb})
		if got.status != 200 || sizeOf(t, got) != "200x200" {
			t.Errorf("thumb %s: %d", thumb, got.status)
		}
	}
}

// TestHostileFileNames: the name of an upload decides neither where it is
// stored nor what a header says.
func TestHostileFileNames(t *testing.T) {
	t.Parallel()
	s, _ := serveDocuments(t)
	for _, name := range []string{
		"../../../data.db", `..\..\data.db`, "/etc/passwd", "a/b/c.txt", "nul\x00byte.txt", "..", ".", "x.txt.attrs", "con.txt",
		"a.txt\r\nX-Evil: 1", `a"; filename="evil.html`, "a;b=c.txt", strings.Repeat("long", 300) + ".txt", "übergröße.txt", "<img src=x>.png",
	} {
		body, contentType := rawMultipart("file", name, "content")
		got := s.do(call{method: "POST", path: "/api/collections/documents/records", body: body, contentType: contentType})
		if got.status == 400 {
			continue // the form itself is refused
		}
		stored, _ := got.json(t)["file"].(string)
		if got.status != 200 || stored != "" && !safeName.MatchString(stored) {
			t.Errorf("%q is stored as %q (%d)", name, stored, got.status)
			continue
		}
		if stored == "" {
			continue
		}
		served := s.do(call{method: "GET", path: fileURL(got.json(t), "file")})
		if served.status != 200 || served.body != "content" || served.header.Get("X-Evil") != "" || !strings.HasSuffix(served.header.Get("Content-Disposition"), "; filename="+stored) {
			t.Errorf("%q: %d %q %v", name, served.status, served.body, served.header)
		}
	}
	for _, dir := range []string{s.app.DataDir(), filepath.Dir(s.app.DataDir())} {
		for _, name := range []string{"passwd", "c.txt"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				t.Errorf("%s appeared in %s", name, dir)
			}
		}
	}
}

var safeName = regexp.MustCompile(`^[A-Za-z0-9_]*_[A-Za-z0-9]{10}(\.[\w+-]+){0,2}$`)

// rawMultipart writes the file name as it is, which the standard library would
// not do.
func rawMultipart(field, filename, content string) (body, contentType string) {
	const boundary = "boundary"
	body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + filename + "\"\r\n" +
		"Content-Type: text/plain\r\n\r\n" + content + "\r\n--" + boundary + "--\r\n"
	return body, "multipart/form-data; boundary=" + boundary
}
