package main

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/hookspec"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/jsvm"
	"github.com/tackleboxdev/tacklebox/mailer"

	"github.com/labstack/echo/v5"
)

// shown are the types that the reference describes.
var shown = []struct {
	title string
	typ   reflect.Type
}{
	{"$app", reflect.TypeFor[core.App]()},
	{"$app.dao()", reflect.TypeFor[daos.Dao]()},
	{"Record", reflect.TypeFor[models.Record]()},
	{"Collection", reflect.TypeFor[models.Collection]()},
	{"Schema", reflect.TypeFor[schema.Schema]()},
	{"SchemaField", reflect.TypeFor[schema.SchemaField]()},
	{"Admin", reflect.TypeFor[models.Admin]()},
	{"RequestInfo", reflect.TypeFor[models.RequestInfo]()},
	{"The context of a request", reflect.TypeFor[echo.Context]()},
	{"MailerMessage", reflect.TypeFor[mailer.Message]()},
}

// reference returns the API reference as Markdown.
func (w *writer) reference() []byte {
	var b bytes.Buffer
	b.WriteString("# Script reference\n\nGenerated from the Go sources, like the declarations in `pb_data/types.d.ts`.\nTypes are those of the declarations. Events are described in [events.md](events.md).\n\n")
	b.WriteString("## Global functions and values\n\n")
	for _, g := range globals {
		writeEntry(&b, strings.ReplaceAll(g.declaration(), ";\ndeclare ", "\n"), g.doc)
	}
	b.WriteString("## Events\n\nEach takes a handler, then tags where the event has some, then options.\n\n")
	for _, e := range hookspec.Table {
		if e.JS {
			tags := map[bool]string{true: ", …tags"}[e.Tagged]
			writeEntry(&b, "on"+e.Name+"((e: "+w.payload(e)+") => …"+tags+", options?)", e.Doc)
		}
	}
	b.WriteString("## Classes\n\nAll of them work with and without `new`.\n\n")
	for _, class := range jsvm.Classes() {
		signature, _ := classSignature(class.Name) // the declarations were written
		writeEntry(&b, "new "+class.Name+signature, class.Doc)
	}
	for _, ns := range jsvm.Namespaces() {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n", ns.Name, ns.Doc)
		for _, name := range slices.Sorted(maps.Keys(ns.Members)) {
			text, doc := w.namespaceMember(ns.Name, name, ns.Members[name])
			writeEntry(&b, ns.Name+"."+strings.TrimSuffix(text, ";"), doc)
		}
	}
	for _, s := range shown {
		fmt.Fprintf(&b, "## %s\n\n", s.title)
		w.writeType(&b, s.typ)
	}
	return append(bytes.TrimRight(b.Bytes(), "\n"), '\n')
}

func (w *writer) writeType(b *bytes.Buffer, typ reflect.Type) {
	owner := w.space(typ.PkgPath()) + "." + baseName(typ)
	members := jsvm.MembersOf(typ)
	slices.SortFunc(members, func(a, b jsvm.MemberInfo) int { return strings.Compare(a.Name, b.Name) })
	for _, m := range members {
		if strings.HasPrefix(m.Name, "on") && m.Method && typ == reflect.TypeFor[core.App]() {
			continue // the events
		}
		line := w.member(typ, owner, m)
		if at := strings.LastIndex(line, "*/\n"); at >= 0 {
			line = line[at+3:]
		}
		var text []string
		for part := range strings.Lines(line) {
			text = append(text, strings.TrimSuffix(strings.TrimSpace(part), ";"))
		}
		writeEntry(b, strings.Join(text, "\n"), w.memberDoc(typ, m.GoName))
	}
}

// writeEntry writes one declaration with its comment.
func writeEntry(b *bytes.Buffer, code, doc string) {
	fmt.Fprintf(b, "```ts\n%s\n```\n\n", code)
	if doc != "" {
		fmt.Fprintf(b, "%s\n\n", strings.TrimSpace(doc))
	}
}
