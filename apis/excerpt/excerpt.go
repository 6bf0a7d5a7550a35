// Package excerpt shortens HTML to plain text for list answers.
package excerpt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Options says how long an excerpt may get.
type Options struct {
	// Max is the length in bytes; a character is never cut in the middle.
	Max int
	// WithEllipsis appends "..." when something was cut off.
	WithEllipsis bool
}

const ellipsis = "..."

// skipped are elements whose content is no text to read.
var skipped = set("head", "style", "script", "iframe", "embed", "applet", "object", "svg", "img",
	"picture", "dialog", "template", "button", "form", "textarea", "input", "select", "option")

// inline are elements that do not separate words; every other one does.
var inline = set("a", "abbr", "acronym", "b", "bdo", "big", "cite", "code", "dfn", "em", "i",
	"kbd", "label", "map", "q", "samp", "small", "span", "strong", "strike", "sub", "sup", "time",
	"tt", "u", "var", "del", "ins")

// FromHTML returns the visible text with collapsed white space, cut to the
// limit. Text that is no HTML is treated as the text that it is; FromHTML never
// fails and is safe for concurrent use.
func FromHTML(source string, o Options) string {
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return ""
	}
	w := writer{limit: o.Max}
	w.walk(doc)
	text := strings.TrimSpace(w.text.String())
	cut := w.cut
	if len(text) > o.Max {
		text, cut = clip(text, o.Max), true
	}
	if cut && o.WithEllipsis {
		text += ellipsis
	}
	return text
}

type writer struct {
	text  strings.Builder
	limit int
	space bool // a separator is due before the next character
	cut   bool
}

func (w *writer) walk(node *html.Node) {
	if w.cut {
		return
	}
	separates := false
	switch node.Type {
	case html.TextNode:
		w.write(node.Data)
		return
	case html.ElementNode:
		if skipped[node.Data] {
			return
		}
		separates = !inline[node.Data]
	case html.DocumentNode:
	default:
		return
	}
	w.space = w.space || separates
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		w.walk(child)
	}
	w.space = w.space || separates
}

func (w *writer) write(text string) {
	for _, r := range text {
		if unicode.IsSpace(r) {
			w.space = true
			continue
		}
		if w.space && w.text.Len() > 0 {
			w.text.WriteByte(' ')
		}
		w.space = false
		if w.text.Len()+utf8.RuneLen(r) > w.limit {
			w.cut = true
			return
		}
		w.text.WriteRune(r)
	}
}

func clip(text string, limit int) string {
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return strings.TrimSpace(text[:limit])
}

func set(names ...string) map[string]bool {
	out := make(map[string]bool, len(names))
	for _, name := range names {
		out[name] = true
	}
	return out
}
