package filesystem

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"github.com/tackleboxdev/tacklebox/core/security"
)

const (
	maxNameBase   = 100
	minNameBase   = 3
	maxExtension  = 20
	randomNameLen = 10
)

// extensionPattern allows what file extensions are made of; a last segment
// with anything else is part of the name.
var extensionPattern = regexp.MustCompile(`^(\.[\w+-]+){1,2}$`)

// storedName makes the unique name a file is kept under:
// "<snake case base>_<10 random><extension>".
func storedName(reader FileReader, originalName string) (string, error) {
	originalName = filepath.Base(strings.ReplaceAll(originalName, `\`, "/"))
	base, ext := splitExtension(originalName)
	if ext == "" {
		detected, err := detectExtension(reader)
		if err != nil {
			return "", err
		}
		ext = detected
	}
	base = SnakeCase(base)
	if len(base) > maxNameBase {
		base = base[:maxNameBase]
	}
	if len(base) < minNameBase {
		base += security.RandomString(randomNameLen)
	}
	return fmt.Sprintf("%s_%s%s", base, security.RandomString(randomNameLen), ext), nil
}

// splitExtension cuts the last one or two dot segments ("a.tar.gz") off name.
// Extensions that are too long or hold odd characters are not taken.
func splitExtension(name string) (base, ext string) {
	ext = filepath.Ext(name)
	base = strings.TrimSuffix(name, ext)
	if second := filepath.Ext(base); isExtension(second+ext) && len(second) > 1 && second != base {
		return strings.TrimSuffix(base, second), second + ext
	}
	if !isExtension(ext) {
		if len(ext) > maxExtension {
			return base, ""
		}
		return name, ""
	}
	return base, ext
}

func isExtension(ext string) bool {
	return len(ext) > 1 && len(ext) <= maxExtension && extensionPattern.MatchString(ext)
}

func detectExtension(reader FileReader) (string, error) {
	content, err := reader.Open()
	if err != nil {
		return "", err
	}
	defer func() { _ = content.Close() }()
	kind, err := mimetype.DetectReader(content)
	if err != nil {
		return "", fmt.Errorf("detect file type: %w", err)
	}
	return kind.Extension(), nil
}

// SnakeCase lower-cases s and separates its words by "_". A word begins at an
// upper-case letter that does not follow another one, and after anything that
// is not an ASCII letter or digit.
func SnakeCase(s string) string {
	var b strings.Builder
	afterUpper, pending := false, false
	for _, r := range s {
		upper := r >= 'A' && r <= 'Z'
		if !upper && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			pending, afterUpper = true, false
			continue
		}
		if (pending || upper && !afterUpper) && b.Len() > 0 {
			b.WriteByte('_')
		}
		pending, afterUpper = false, upper
		if upper {
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}
