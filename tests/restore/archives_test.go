package restore

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// unusable returns an archive that cannot be restored.
func unusable(t *testing.T, name string) string {
	t.Helper()
	if name == "garbage.zip" {
		return strings.Repeat("garbage", 100)
	}
	entries := map[string]map[string]string{
		"empty.zip": {"readme.txt": "no database"},
		"noapp.zip": {"data.db": ""},
		"slip.zip":  {"data.db": "", "../evil.txt": "evil"},
	}[name]
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range entries {
		out, err := w.Create(name)
		if err == nil {
			_, err = out.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
