package process_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const photosMigration = `migrate((db) => {
	new Dao(db).saveCollection(new Collection({
		name: "photos", type: "base", createRule: "",
		schema: [{ name: "image", type: "file", options: { maxSelect: 1, maxSize: 50000000 } }],
	}));
})`

// TestEightLargeThumbsAtOnceAreBoundedInMemory asks for the thumbs of eight
// images of 81 megapixels at the same time.
func TestEightLargeThumbsAtOnceAreBoundedInMemory(t *testing.T) {
	const images, side, limit = 8, 9000, 400 << 20
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("there is no way to tell the memory of a process")
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "pb_migrations", "1_photos.js"), photosMigration)
	s := start(t, dir)
	var large bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&large, image.NewGray(image.Rect(0, 0, side, side))); err != nil {
		t.Fatal(err)
	}
	urls := make([]string, images)
	for i := range urls {
		urls[i] = uploadPhoto(t, s, large.Bytes())
	}
	before := peakMemory(t, s)

	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Go(func() {
			res, err := http.Get(url + "?thumb=100x100")
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = res.Body.Close() }()
			config, err := png.DecodeConfig(res.Body)
			if err != nil || config.Width != 100 || config.Height != 100 {
				t.Errorf("%d %v: %dx%d, %v", res.StatusCode, res.Header, config.Width, config.Height, err)
			}
		})
	}
	wg.Wait()
	after := peakMemory(t, s)
	t.Logf("peak memory: %d MB before, %d MB after", before>>20, after>>20)
	if after > limit {
		t.Errorf("the process took %d MB", after>>20)
	}
}

// uploadPhoto stores an image and returns where it is served.
func uploadPhoto(t *testing.T, s *server, content []byte) string {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("image", "large.png")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	res, err := http.Post(s.url+"/api/collections/photos/records", form.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("upload: %d %s (%v)\n%s", res.StatusCode, answer, err, s.printed())
	}
	var record struct{ ID, Image string }
	if err := json.Unmarshal(answer, &record); err != nil {
		t.Fatal(err)
	}
	return strings.Join([]string{s.url, "api/files/photos", record.ID, record.Image}, "/")
}

var peakPattern = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peakMemory returns the most memory that the process ever had, in bytes.
func peakMemory(t *testing.T, s *server) int {
	t.Helper()
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.cmd.Process.Pid), "status"))
	if err != nil {
		t.Fatal(err)
	}
	match := peakPattern.FindSubmatch(status)
	if match == nil {
		t.Skip("the system does not tell the peak memory")
	}
	kilobytes, err := strconv.Atoi(string(match[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes << 10
}
