package core

import (
	"os"
	"path/filepath"
	"testing"
)

func TestIsTemporary(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{
		filepath.Join(os.TempDir(), "x", "app"):                 true,
		"/home/u/.cache/go-build/ab/abcdef-d/app":               true,
		"/var/x/go-build123/b001/exe/app":                       true,
		"/usr/local/bin/app":                                    false,
		filepath.Join(filepath.Dir(os.TempDir()), "opt", "app"): false,
	} {
		if got := isTemporary(filepath.FromSlash(path)); got != want {
			t.Errorf("%s: got %v", path, got)
		}
	}
}

func TestConfigDefaults(t *testing.T) {
	t.Parallel()
	c := Config{}.withDefaults()
	if !filepath.IsAbs(c.DataDir) || filepath.Base(c.DataDir) != "pb_data" || c.Version != Version || c.Now == nil {
		t.Errorf("config %+v", c)
	}
	if _, temporary := BaseDir(); !temporary {
		t.Error("a test binary is a temporary program")
	}
}
