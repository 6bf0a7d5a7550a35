package main

import (
	_ "embed"
	"strings"
)

// prelude holds the declarations that are written by hand.
//
//go:embed prelude.d.ts
var prelude string

// webTypes holds those of the parts of the web platform.
//
//go:embed web.d.ts
var webTypes string

// testTypes holds those of test files.
//
//go:embed testing.d.ts
var testTypes string

// global is a name that has no counterpart in Go.
type global struct {
	name string
	// signatures are those of a function, typ is the type of a value.
	signatures []string
	typ        string
	doc        string
}

// declaration returns what follows "declare".
func (g global) declaration() string {
	if g.typ != "" {
		return "const " + g.name + ": " + g.typ
	}
	list := make([]string, len(g.signatures))
	for i, signature := range g.signatures {
		list[i] = "function " + g.name + signature
	}
	return strings.Join(list, ";\ndeclare ")
}

// globals are listed in the order of the reference.
var globals = []global{
	{name: "$app", typ: "core.App", doc: "The running app."},
	{name: "__hooks", typ: "string", doc: "The absolute path of the hooks directory."},
	{name: "routerAdd", doc: "Adds a route. A later one of the same method and path replaces it, built-in ones too. Only while files are loaded.", signatures: []string{
		"(method: string, path: string, handler: RouteHandler, ...middlewares: Array<RouteMiddleware | RouteOptions>): void",
	}},
	{name: "routerUse", doc: "Adds middlewares that run for all routes, after routing. Only while files are loaded.", signatures: []string{
		"(...middlewares: Array<RouteMiddleware>): void",
	}},
	{name: "routerPre", doc: "Adds middlewares that run for all requests, before routing. Only while files are loaded.", signatures: []string{
		"(...middlewares: Array<RouteMiddleware>): void",
	}},
	{name: "cronAdd", doc: "Runs a function at the times of an expression such as \"*/5 * * * *\" or \"@daily\", in UTC. The same id replaces. Only while files are loaded.", signatures: []string{
		"(id: string, expression: string, handler: () => unknown): void",
	}},
	{name: "cronRemove", doc: "Removes a job; unknown ids are ignored. Only while files are loaded.", signatures: []string{"(id: string): void"}},
	{name: "migrate", doc: "Declares what a migration does and how it is undone. The database is the transaction of the run. Only in migration files.", signatures: []string{
		"(up: (db: dbx.Builder) => unknown, down?: (db: dbx.Builder) => unknown): void",
	}},
	{name: "arrayOf", doc: "Returns an empty list for query results of one kind.", signatures: []string{"<T>(model: T): Array<T>"}},
	{name: "readerToString", doc: "Reads a reader to its end, or up to the given number of bytes. The default is 32 MB.", signatures: []string{"(reader: any, maxBytes?: number): string"}},
	{name: "toString", doc: "Turns readers, bytes and other values into text; objects become JSON.", signatures: []string{"(value: any, maxBytes?: number): string"}},
	{name: "sleep", doc: "Waits without doing anything else.", signatures: []string{"(milliseconds: number): void"}},
	{name: "require", doc: "Loads a module: a path relative to the file, an absolute one, or a package.", signatures: []string{"(name: string): any"}},
	{name: "console", typ: "Console", doc: "Prints to the console of the process."},
	{name: "process", typ: "{ env: { [name: string]: string } }", doc: "The environment of the process."},
}

// classTypes are the types of what the constructors make, and what they take.
var classTypes = map[string]struct{ makes, takes string }{
	"Admin":               {"models.Admin", "data?: { [member: string]: any }"},
	"Collection":          {"models.Collection", "data?: CollectionData"},
	"Dao":                 {"daos.Dao", "concurrentDB: dbx.Builder, nonconcurrentDB?: dbx.Builder"},
	"Schema":              {"schema.Schema", "fields?: Array<FieldData>"},
	"SchemaField":         {"schema.SchemaField", "data?: FieldData"},
	"Command":             {"cobra.Command", "data?: Partial<cobra.Command>"},
	"Cookie":              {"http.Cookie", "data?: Partial<http.Cookie>"},
	"DateTime":            {"types.DateTime", "text?: any"},
	"FormData":            {"FormDataEntries", ""},
	"MailerMessage":       {"mailer.Message", "data?: Partial<mailer.Message>"},
	"RequestInfo":         {"models.RequestInfo", "data?: Partial<models.RequestInfo>"},
	"SubscriptionMessage": {"realtime.Message", "data?: { name?: string; data?: string | Array<number> }"},
	"ApiError":            {"web.ApiError", "status?: number, message?: string, data?: any"},
	"ValidationError":     {"validation.Error", "code?: string, message?: string"},

	"AdminLoginForm":                 {"forms.AdminLogin", "app: core.App"},
	"AdminPasswordResetConfirmForm":  {"forms.AdminPasswordResetConfirm", "app: core.App"},
	"AdminPasswordResetRequestForm":  {"forms.AdminPasswordResetRequest", "app: core.App"},
	"AdminUpsertForm":                {"forms.AdminUpsert", "app: core.App, admin: models.Admin"},
	"AppleClientSecretCreateForm":    {"forms.AppleClientSecretCreate", "app: core.App"},
	"CollectionUpsertForm":           {"forms.CollectionUpsert", "app: core.App, collection: models.Collection"},
	"CollectionsImportForm":          {"forms.CollectionsImport", "app: core.App"},
	"RealtimeSubscribeForm":          {"forms.RealtimeSubscribe", ""},
	"RecordEmailChangeConfirmForm":   {"forms.RecordEmailChangeConfirm", "app: core.App, collection: models.Collection"},
	"RecordEmailChangeRequestForm":   {"forms.RecordEmailChangeRequest", "app: core.App, record: models.Record"},
	"RecordOAuth2LoginForm":          {"forms.RecordOAuth2Login", "app: core.App, collection: models.Collection, authRecord?: models.Record | null"},
	"RecordPasswordLoginForm":        {"forms.RecordPasswordLogin", "app: core.App, collection: models.Collection"},
	"RecordPasswordResetConfirmForm": {"forms.RecordPasswordResetConfirm", "app: core.App, collection: models.Collection"},
	"RecordPasswordResetRequestForm": {"forms.RecordPasswordResetRequest", "app: core.App, collection: models.Collection"},
	"RecordUpsertForm":               {"forms.RecordUpsert", "app: core.App, record: models.Record"},
	"RecordVerificationConfirmForm":  {"forms.RecordVerificationConfirm", "app: core.App, collection: models.Collection"},
	"RecordVerificationRequestForm":  {"forms.RecordVerificationRequest", "app: core.App, collection: models.Collection"},
	"SettingsUpsertForm":             {"forms.SettingsUpsert", "app: core.App"},
	"TestEmailSendForm":              {"forms.TestEmailSend", "app: core.App"},
	"TestS3FilesystemForm":           {"forms.TestS3Filesystem", "app: core.App"},
}

// classSignatures are those of classes that one line does not describe.
var classSignatures = map[string]string{
	"Record":       "<C extends AnyName = AnyName>(collection?: models.Collection, data?: { [field: string]: any }): RecordOf<C>",
	"DynamicModel": "<T extends object>(shape: T): T",
}

// simpleErrors take a message and data.
var simpleErrors = map[string]bool{"BadRequestError": true, "ForbiddenError": true, "NotFoundError": true, "UnauthorizedError": true}
