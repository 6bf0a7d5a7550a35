package mailer

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	spaceRun = regexp.MustCompile(`[ \t\r\n\f]+`)
	blankRun = regexp.MustCompile(`\n{3,}`)
)

// htmlToText renders the readable text of an HTML document: tags are dropped,
// a link becomes "[text](url)", a list item begins with "- " and blocks start
// on a line of their own. It never fails; broken HTML gives what a browser
// would make of it.
func htmlToText(source string) string {
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return source
	}
	var w textWriter
	w.children(doc)
	lines := strings.Split(w.b.String(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.TrimSpace(blankRun.ReplaceAllString(strings.Join(lines, "\n"), "\n\n"))
}

type textWriter struct{ b strings.Builder }

func (w *textWriter) children(n *html.Node) {
	for c := range n.ChildNodes() {
		w.node(c)
	}
}

func (w *textWriter) node(n *html.Node) {
	if n.Type == html.TextNode {
		w.text(n.Data)
		return
	}
	switch n.DataAtom {
	case atom.Head, atom.Style, atom.Script, atom.Template, atom.Iframe, atom.Object, atom.Svg:
		return
	case atom.Br:
		w.b.WriteByte('\n')
	case atom.A:
		w.link(n)
	case atom.Li:
		w.newline(1)
		w.b.WriteString("- ")
		w.children(n)
		w.newline(1)
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Table, atom.Blockquote, atom.Pre, atom.Hr:
		w.newline(2)
		w.children(n)
		w.newline(2)
	case atom.Div, atom.Tr, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Dt, atom.Dd:
		w.newline(1)
		w.children(n)
		w.newline(1)
	default:
		w.children(n)
	}
}

func (w *textWriter) link(n *html.Node) {
	var inner textWriter
	inner.children(n)
	label := strings.TrimSpace(inner.b.String())
	href := ""
	for _, a := range n.Attr {
		if a.Key == "href" {
			href = strings.TrimSpace(a.Val)
		}
	}
	if href == "" || label == "" {
		w.text(label)
		return
	}
	w.b.WriteString("[" + label + "](" + href + ")")
}

func (w *textWriter) text(s string) {
	s = spaceRun.ReplaceAllString(s, " ")
	if current := w.b.String(); current == "" || strings.HasSuffix(current, "\n") || strings.HasSuffix(current, " ") {
		s = strings.TrimLeft(s, " ")
	}
	w.b.WriteString(s)
}

// newline makes the output end in at least n line breaks, unless it is empty.
func (w *textWriter) newline(n int) {
	current := w.b.String()
	if current == "" {
		return
	}
	have := len(current) - len(strings.TrimRight(current, "\n"))
	for ; have < n; have++ {
		w.b.WriteByte('\n')
	}
}
