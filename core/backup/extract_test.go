package backup_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/backup"
)

const limit = 1 << 20

func keepAll(string) bool { return false }

// entry is one entry of an archive that a test makes.
type entry struct {
	name, content string
	mode          fs.FileMode
}

func makeArchive(t *testing.T, entries ...entry) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		header.SetMode(e.mode | 0o644)
		out, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write([]byte(e.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return writeArchive(t, b.Bytes())
}

func writeArchive(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "archive.zip")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestZipSlipIsRefused covers every way for an entry to leave its folder.
func TestZipSlipIsRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"../evil", "a/../../evil", "/etc/evil", "..", "a/..", "./evil", "a//evil",
		`..\evil`, `a\..\..\evil`, `C:\evil`, "nul\x00byte", "", "../",
	} {
		t.Run(strings.ReplaceAll(name, "/", "|"), func(t *testing.T) {
			t.Parallel()
			parent := t.TempDir()
			dir := filepath.Join(parent, "inside")
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			archive := makeArchive(t, entry{name: "good", content: "x"}, entry{name: name, content: ""})
			if err := backup.Extract(context.Background(), archive, dir, limit, keepAll); !errors.Is(err, backup.ErrUnsafe) {
				t.Errorf("got %v", err)
			}
			for _, dir := range []string{parent, dir} {
				if found, _ := os.ReadDir(dir); len(found) > 1 || len(found) == 1 && found[0].Name() != "inside" {
					t.Errorf("%s holds %v", dir, found)
				}
			}
		})
	}
}

// TestLinksInArchivesAreRefused covers what is no regular file.
func TestLinksInArchivesAreRefused(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]fs.FileMode{
		"symlink": fs.ModeSymlink, "device": fs.ModeDevice, "pipe": fs.ModeNamedPipe, "socket": fs.ModeSocket,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			archive := makeArchive(t, entry{"out", "/etc", mode}, entry{name: "out/passwd", content: "x"})
			if err := backup.Extract(context.Background(), archive, dir, limit, keepAll); !errors.Is(err, backup.ErrUnsafe) {
				t.Errorf("got %v", err)
			}
			if found, _ := os.ReadDir(dir); len(found) != 0 {
				t.Errorf("unpacked %v", found)
			}
		})
	}
}

// TestExistingLinkIsNotFollowed unpacks into a folder that somebody put a link
// into.
func TestExistingLinkIsNotFollowed(t *testing.T) {
	t.Parallel()
	outside, dir := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "storage")); err != nil {
		t.Skip(err)
	}
	archive := makeArchive(t, entry{name: "storage/file", content: "x"})
	if err := backup.Extract(context.Background(), archive, dir, limit, keepAll); err == nil {
		t.Error("unpacked through the link")
	}
	if found, _ := os.ReadDir(outside); len(found) != 0 {
		t.Errorf("outside holds %v", found)
	}
}

// TestZipBombsAreRefused covers archives that promise too much, promise too
// little, and share their bytes between entries.
func TestZipBombsAreRefused(t *testing.T) {
	t.Parallel()
	zeros := strings.Repeat("\x00", limit+1)
	many := make([]entry, 3)
	for i := range many {
		many[i] = entry{name: string(rune('a' + i)), content: zeros[:limit/2]}
	}
	for name, tt := range map[string]struct {
		archive string
		want    error
	}{
		"one large file":    {makeArchive(t, entry{name: "a", content: zeros}), backup.ErrTooLarge},
		"many files":        {makeArchive(t, many...), backup.ErrTooLarge},
		"understated size":  {writeArchive(t, lyingArchive(t)), zip.ErrFormat},
		"overlapping files": {writeArchive(t, overlappingArchive(t)), backup.ErrUnsafe},
		"twice the same":    {makeArchive(t, entry{name: "a", content: "1"}, entry{name: "a", content: "2"}), backup.ErrUnsafe},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			err := backup.Extract(context.Background(), tt.archive, dir, limit, keepAll)
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if size := folderSize(t, dir); size > limit {
				t.Errorf("%d bytes were unpacked", size)
			}
		})
	}
}

func folderSize(t *testing.T, dir string) (size int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			info, infoErr := e.Info()
			size, err = size+info.Size(), infoErr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return size
}

// lyingArchive says of a megabyte that it is ten bytes long.
func lyingArchive(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	content := bytes.Repeat([]byte("0"), limit)
	var packed bytes.Buffer
	deflate, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err == nil {
		_, err = deflate.Write(content)
	}
	if err = errors.Join(err, deflate.Close()); err != nil {
		t.Fatal(err)
	}
	out, err := w.CreateRaw(&zip.FileHeader{
		Name: "a", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(content),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: 10,
	})
	if err == nil {
		_, err = out.Write(packed.Bytes())
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// overlappingArchive lists its one file a thousand times.
func overlappingArchive(t *testing.T) []byte {
	t.Helper()
	raw, err := os.ReadFile(makeArchive(t, entry{name: "a", content: strings.Repeat("random enough 8723", 50)}))
	if err != nil {
		t.Fatal(err)
	}
	directory := bytes.LastIndex(raw, []byte("PK\x01\x02"))
	end := bytes.LastIndex(raw, []byte("PK\x05\x06"))
	const times = 1000
	repeated := bytes.Repeat(raw[directory:end], times)
	tail := bytes.Clone(raw[end:])
	for _, at := range []int{8, 10} {
		tail[at], tail[at+1] = times&0xff, times>>8
	}
	for i := range 4 {
		tail[12+i] = byte(len(repeated) >> (8 * i))
	}
	return append(append(bytes.Clone(raw[:directory]), repeated...), tail...)
}

func TestExtractFailures(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := backup.Extract(context.Background(), writeArchive(t, []byte("no zip")), dir, limit, keepAll); err == nil {
		t.Error("unpacked what is no archive")
	}
	if err := backup.Extract(context.Background(), filepath.Join(dir, "missing"), dir, limit, keepAll); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing archive: %v", err)
	}
	broken, err := os.ReadFile(makeArchive(t, entry{name: "a", content: strings.Repeat("abcdefgh", 100)}))
	if err != nil {
		t.Fatal(err)
	}
	broken[35] ^= 0xff
	if err := backup.Extract(context.Background(), writeArchive(t, broken), dir, limit, keepAll); err == nil {
		t.Error("a damaged archive passed")
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	archive := makeArchive(t, entry{name: "b", content: "x"})
	if err := backup.Extract(ended, archive, dir, limit, keepAll); !errors.Is(err, context.Canceled) {
		t.Errorf("ended context: %v", err)
	}
}
