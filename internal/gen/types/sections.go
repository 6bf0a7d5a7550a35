package main

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/labstack/echo/v5"
	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hookspec"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
	"github.com/tackleboxdev/tacklebox/core/web"
	"github.com/tackleboxdev/tacklebox/jsvm"
)

// roots are types that nothing declared by a signature leads to: field options,
// what constructors make, and the values of JSON fields.
var roots = []reflect.Type{
	reflect.TypeFor[core.App](),
	reflect.TypeFor[types.JsonRaw](), reflect.TypeFor[types.JsonArray[string]](), reflect.TypeFor[types.JsonMap](),
	reflect.TypeFor[schema.TextOptions](), reflect.TypeFor[schema.NumberOptions](), reflect.TypeFor[schema.BoolOptions](),
	reflect.TypeFor[schema.EmailOptions](), reflect.TypeFor[schema.UrlOptions](), reflect.TypeFor[schema.EditorOptions](),
	reflect.TypeFor[schema.DateOptions](), reflect.TypeFor[schema.SelectOptions](), reflect.TypeFor[schema.JsonOptions](),
	reflect.TypeFor[schema.FileOptions](), reflect.TypeFor[schema.RelationOptions](),
	reflect.TypeFor[web.ApiError](), reflect.TypeFor[echo.Response](), reflect.TypeFor[validation.Error](),
	reflect.TypeFor[forms.AdminLogin](), reflect.TypeFor[forms.AdminPasswordResetConfirm](), reflect.TypeFor[forms.AdminPasswordResetRequest](),
	reflect.TypeFor[forms.AdminUpsert](), reflect.TypeFor[forms.AppleClientSecretCreate](), reflect.TypeFor[forms.CollectionUpsert](),
	reflect.TypeFor[forms.CollectionsImport](), reflect.TypeFor[forms.RealtimeSubscribe](), reflect.TypeFor[forms.RecordEmailChangeConfirm](),
	reflect.TypeFor[forms.RecordEmailChangeRequest](), reflect.TypeFor[forms.RecordOAuth2Login](), reflect.TypeFor[forms.RecordPasswordLogin](),
	reflect.TypeFor[forms.RecordPasswordResetConfirm](), reflect.TypeFor[forms.RecordPasswordResetRequest](), reflect.TypeFor[forms.RecordUpsert](),
	reflect.TypeFor[forms.RecordVerificationConfirm](), reflect.TypeFor[forms.RecordVerificationRequest](), reflect.TypeFor[forms.SettingsUpsert](),
	reflect.TypeFor[forms.TestEmailSend](), reflect.TypeFor[forms.TestS3Filesystem](),
}

// events declares the on… functions.
func (w *writer) events() string {
	for _, typ := range roots {
		w.use(typ)
	}
	var b strings.Builder
	for _, e := range hookspec.Table {
		payload := w.payload(e)
		if !e.JS {
			continue
		}
		b.WriteString("\n" + comment("", e.Doc))
		if !e.Tagged {
			fmt.Fprintf(&b, "declare function on%s(handler: (e: %s) => unknown, options?: HookOptions): void;\n", e.Name, payload)
			continue
		}
		head := fmt.Sprintf("declare function on%s<C extends AnyName = AnyName>(handler: (e: TaggedEvent<%s, C>) => unknown, ", e.Name, payload)
		b.WriteString(head + "...tags: C[]): void;\n" + comment("", e.Doc) + head + "...tagsAndOptions: [...tags: C[], options: HookOptions]): void;\n")
	}
	return b.String()
}

// payload returns the type of an event.
func (w *writer) payload(e hookspec.Event) string {
	getter, _ := reflect.TypeFor[*core.App]().MethodByName("On" + e.Name)
	trigger, _ := getter.Type.Out(0).MethodByName("Trigger")
	name := w.typescript(trigger.Type.In(1), out)
	if strings.Contains(e.Name, "After") && (nullable[name+".record"] || nullable[name+".admin"]) {
		return "AfterEvent<" + name + ">" // by then there is one
	}
	return name
}

// classes declares the constructors; all of them work without new, too.
func (w *writer) classes(b *bytes.Buffer) error {
	for _, class := range jsvm.Classes() {
		signature, err := classSignature(class.Name)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "\n%sdeclare const %s: {\n  new %s;\n  %s;\n};\n", comment("", class.Doc), class.Name, signature, signature)
	}
	b.WriteString("\n/** The class of what Go code throws. */\ndeclare const GoError: { new (message?: string): GoError; readonly prototype: GoError };\n")
	return nil
}

func classSignature(name string) (string, error) {
	if text, ok := classSignatures[name]; ok {
		return text, nil
	}
	if simpleErrors[name] {
		return "(message?: string, data?: any): web.ApiError", nil
	}
	class, ok := classTypes[name]
	if !ok {
		return "", fmt.Errorf("no types for the class %s, see globals.go", name)
	}
	return "(" + class.takes + "): " + class.makes, nil
}

// namespaces declares the `$name` objects.
func (w *writer) namespaces(b *bytes.Buffer) {
	for _, ns := range jsvm.Namespaces() {
		fmt.Fprintf(b, "\n%sdeclare const %s: {\n", comment("", ns.Doc), ns.Name)
		for _, name := range slices.Sorted(maps.Keys(ns.Members)) {
			text, doc := w.namespaceMember(ns.Name, name, ns.Members[name])
			b.WriteString(comment("  ", doc) + "  " + text + "\n")
		}
		b.WriteString("};\n")
	}
}

func (w *writer) namespaceMember(ns, name string, value any) (text, doc string) {
	typ := reflect.TypeOf(value)
	var names []string
	if typ.Kind() == reflect.Func {
		doc, names = w.described(ns, name, value)
	}
	if text, ok := overrides[ns+"."+name]; ok {
		return text, doc
	}
	if typ.Kind() != reflect.Func {
		return name + ": " + w.typescript(typ, out) + ";", doc
	}
	return name + w.signature(typ, names) + ";", doc
}

// wrapped are the packages whose functions a namespace hands on, perhaps within
// limits: their comments describe what is handed on, too.
var wrapped = map[string]string{"$security": module + "/core/security", "$os": "os", "$filepath": "path/filepath"}

// described returns the comment and the parameter names of a function.
func (w *writer) described(ns, name string, fn any) (doc string, names []string) {
	pkg, key := functionName(fn)
	if source, ok := wrapped[ns]; ok {
		original := strings.ToUpper(name[:1]) + name[1:]
		if len(w.sources.of(source).params[original]) == reflect.TypeOf(fn).NumIn() {
			pkg, key = source, original
		}
	}
	return w.sources.doc(pkg, key), w.sources.of(pkg).params[key]
}

// functionName returns the package and the name of a Go function.
func functionName(fn any) (pkg, name string) {
	full := runtime.FuncForPC(reflect.ValueOf(fn).Pointer()).Name()
	slash := strings.LastIndex(full, "/")
	dot := strings.Index(full[slash+1:], ".") + slash + 1
	name = strings.NewReplacer("(*", "", ")", "").Replace(strings.TrimSuffix(full[dot+1:], "-fm"))
	return full[:dot], name
}
