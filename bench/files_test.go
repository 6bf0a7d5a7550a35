package bench

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"testing"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// fileServer is a listening server with a public collection of files.
type fileServer struct {
	b      *testing.B
	url    string
	client *http.Client
}

func serveFiles(b *testing.B) *fileServer {
	b.Helper()
	app := coretest.New(b)
	saveFilesCollection(b, app)
	listening, done := make(chan net.Addr, 1), make(chan error, 1)
	config := apis.ServeConfig{HttpAddr: "127.0.0.1:0", OnListen: func(addr net.Addr) { listening <- addr }}
	go func() { done <- apis.Serve(app, config) }()
	select {
	case err := <-done:
		b.Fatalf("serve: %v", err)
		return nil
	case addr := <-listening:
		b.Cleanup(func() {
			if err := app.Terminate(false); err != nil {
				b.Error(err)
			}
			if err := <-done; err != nil {
				b.Error(err)
			}
		})
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
		b.Cleanup(client.CloseIdleConnections)
		return &fileServer{b: b, url: "http://" + addr.String(), client: client}
	}
}

func saveFilesCollection(b *testing.B, app *core.App) {
	b.Helper()
	err := app.Dao().SaveCollection(&models.Collection{
		Name: "files", Type: models.CollectionTypeBase, CreateRule: new(""),
		Schema: schema.NewSchema(&schema.SchemaField{
			Name: "file", Type: schema.FieldTypeFile, Options: &schema.FileOptions{MaxSelect: 1, MaxSize: 50 << 20},
		}),
	})
	if err != nil {
		b.Fatal(err)
	}
}

// upload stores a file and returns where it is served.
func (s *fileServer) upload(name string, content []byte) string {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		s.b.Error(err)
		return ""
	}
	res, err := s.client.Post(s.url+"/api/collections/files/records", form.FormDataContentType(), &body)
	if err != nil {
		s.b.Error(err)
		return ""
	}
	defer func() { _ = res.Body.Close() }()
	var record struct{ ID, File string }
	if err := json.NewDecoder(res.Body).Decode(&record); err != nil || res.StatusCode != http.StatusOK {
		s.b.Errorf("upload: %d, %v", res.StatusCode, err)
	}
	return s.url + "/api/files/files/" + record.ID + "/" + record.File
}

func (s *fileServer) download(url string) {
	res, err := s.client.Get(url)
	if err != nil {
		s.b.Error(err)
		return
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != http.StatusOK {
		s.b.Errorf("download: %d, %v", res.StatusCode, err)
	}
}

const fileSize = 100 << 10

func randomFile() []byte {
	content := make([]byte, fileSize)
	_, _ = rand.Read(content) // it never fails
	return content
}

// BenchmarkFileUpload creates a record with a file of 100 KB over HTTP.
func BenchmarkFileUpload(b *testing.B) {
	for _, n := range []int{1, 16} {
		b.Run(fmt.Sprintf("callers=%d", n), func(b *testing.B) {
			s, content := serveFiles(b), randomFile()
			b.SetBytes(fileSize)
			callers(b, n, func(int64) { s.upload("file.bin", content) })
		})
	}
}

// BenchmarkFileDownload reads a file of 100 KB over HTTP.
func BenchmarkFileDownload(b *testing.B) {
	for _, n := range []int{1, 16} {
		b.Run(fmt.Sprintf("callers=%d", n), func(b *testing.B) {
			s := serveFiles(b)
			url := s.upload("file.bin", randomFile())
			b.SetBytes(fileSize)
			callers(b, n, func(int64) { s.download(url) })
		})
	}
}

// BenchmarkFirstThumb asks for a thumb that has to be made, and for comparison
// for one that is stored.
func BenchmarkFirstThumb(b *testing.B) {
	var photo, drawing bytes.Buffer
	if err := jpeg.Encode(&photo, picture(1600, 1200), nil); err != nil {
		b.Fatal(err)
	}
	if err := png.Encode(&drawing, picture(300, 300)); err != nil {
		b.Fatal(err)
	}
	for name, content := range map[string][]byte{"photo-1600x1200.jpg": photo.Bytes(), "drawing-300x300.png": drawing.Bytes()} {
		b.Run(name, func(b *testing.B) {
			s := serveFiles(b)
			urls := make([]string, b.N)
			for i := range urls {
				urls[i] = s.upload(name, content)
			}
			callers(b, 1, func(i int64) { s.download(urls[i-1] + "?thumb=100x100") })
		})
	}
	b.Run("stored", func(b *testing.B) {
		s := serveFiles(b)
		url := s.upload("photo.jpg", photo.Bytes()) + "?thumb=100x100"
		s.download(url)
		callers(b, 1, func(int64) { s.download(url) })
	})
}

func picture(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{R: uint8(x), G: uint8(y), B: uint8(x * y >> 6), A: 255})
		}
	}
	return img
}
