package filesystem

import (
	"net/http"
	"path"
	"strconv"
	"strings"
)

// inlineTypes are the stored content types a browser may show in place. All
// others are offered as a download, so that an uploaded page cannot run
// under the app's origin.
var inlineTypes = map[string]bool{
	"image/png": true, "image/jpg": true, "image/jpeg": true, "image/gif": true, "image/webp": true,
	"image/x-icon": true, "image/bmp": true,
	"video/webm": true, "video/mp4": true, "video/3gpp": true, "video/quicktime": true, "video/x-ms-wmv": true,
	"audio/basic": true, "audio/aiff": true, "audio/mpeg": true, "audio/midi": true, "audio/mp3": true,
	"audio/wave": true, "audio/wav": true, "audio/x-wav": true, "audio/x-mpeg": true, "audio/x-m4a": true, "audio/aac": true,
	"application/pdf": true, "application/x-pdf": true,
}

// extensionTypes overrule the stored content type, which is detected from the
// bytes and cannot tell these from plain text.
var extensionTypes = map[string]string{
	".svg": "image/svg+xml",
	".css": "text/css",
}

// Serve writes the file stored under fileKey to res as name, with range and
// conditional requests. Headers that are already set are kept. A missing file
// is reported as [ErrNotFound] before anything is written.
func (s *System) Serve(res http.ResponseWriter, req *http.Request, fileKey, name string) error {
	file, err := s.GetFile(fileKey)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()

	disposition := "attachment"
	if forced, _ := strconv.ParseBool(req.URL.Query().Get("download")); !forced && inlineTypes[file.ContentType()] {
		disposition = "inline"
	}
	contentType := file.ContentType()
	if override, ok := extensionTypes[strings.ToLower(path.Ext(name))]; ok {
		contentType = override
	}
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	setDefault(res, "Content-Disposition", disposition+"; filename="+name)
	setDefault(res, "Content-Type", contentType)
	setDefault(res, "Content-Security-Policy", "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox")
	setDefault(res, "Cache-Control", "max-age=2592000, stale-while-revalidate=86400")

	http.ServeContent(res, req, name, file.ModTime(), file)
	return nil
}

func setDefault(res http.ResponseWriter, name, value string) {
	if res.Header().Get(name) == "" {
		res.Header().Set(name, value)
	}
}
