package main

import (
	"reflect"
	"strings"
)

// isOpaque reports whether a type is of no use to scripts, so that "any" says
// enough.
func isOpaque(typ reflect.Type) bool {
	pkg := typ.PkgPath()
	if pkg == "" || strings.HasPrefix(pkg, module) {
		return strings.HasSuffix(pkg, "/jsvm") || strings.Contains(pkg, "/core/db")
	}
	return !shownPackages[pkg]
}

// shownPackages are the packages of others whose types scripts work with.
var shownPackages = map[string]bool{
	"database/sql": true, "io": true, "io/fs": true, "log/slog": true, "mime/multipart": true, "net/http": true, "net/mail": true,
	"net/textproto": true, "net/url": true, "os": true, "os/exec": true, "time": true,
	"github.com/labstack/echo/v5": true, "github.com/pocketbase/dbx": true, "github.com/pocketbase/ozzo-validation/v4": true,
	"github.com/spf13/cobra": true, "golang.org/x/oauth2": true,
}

// knownTypes are Go types that appear as something else in scripts.
var knownTypes = map[string]string{
	"net/mail.Address":                           "MailAddress",
	"encoding/json.RawMessage":                   "any",
	"github.com/labstack/echo/v5.HandlerFunc":    "RouteHandler",
	"github.com/labstack/echo/v5.MiddlewareFunc": "RouteMiddleware",
}

// generic types are declared by hand, in the prelude.
var generic = map[string]bool{"hook.Hook": true, "store.Store": true, "time.Duration": true, "types.JsonArray": true}

// parameters are the type parameters that declarations get.
var parameters = map[string]string{"models.Record": "<F = { [field: string]: any }>"}

// nullable members hold a pointer that may be nil.
var nullable = map[string]bool{
	"models.RequestInfo.admin": true, "models.RequestInfo.authRecord": true,
	"core.RecordAuthWithPasswordEvent.record": true, "core.RecordAuthWithOAuth2Event.record": true,
	"core.AdminAuthWithPasswordEvent.admin": true,
	"http.Request.response":                 true, "http.Request.tls": true, "exec.Cmd.process": true, "exec.Cmd.processState": true,
}

// overrides are members whose type depends on more than their declaration.
var overrides = map[string]string{
	"core.App.app":    "app: core.App;",
	"core.App.dao":    "dao(): daos.Dao;",
	"core.App.db":     "db(): dbx.DB;",
	"core.App.logsDB": "logsDB(): dbx.DB;",

	"models.Record.get": "get<K extends keyof F & string>(field: K): F[K];\nget(field: string): any;",
	"models.Record.set": "set(field: (keyof F & string) | (string & {}), value: any): void;",

	"models.Record.cleanCopy":           "cleanCopy(): models.Record<F>;",
	"models.Record.originalCopy":        "originalCopy(): models.Record<F>;",
	"models.Record.expandedOne":         "expandedOne(relField: string): models.Record | null;",
	"models.Record.findFileFieldByFile": "findFileFieldByFile(filename: string): schema.SchemaField | null;",
	"models.Record.load":                "load(data: Partial<F> | { [field: string]: any }): void;",
	"models.Collection.schema":          "schema: schema.Schema;",
	"schema.SchemaField.options":        "options: any;",
	"models.RequestInfo.data":           "data: { [field: string]: any };",

	"daos.Dao.findRecordById":           "findRecordById<C extends AnyName>(collection: C | models.Collection, id: string, ...filters: Array<(q: dbx.SelectQuery) => unknown>): RecordOf<C>;",
	"daos.Dao.findRecordsByIds":         "findRecordsByIds<C extends AnyName>(collection: C | models.Collection, ids: Array<string>, ...filters: Array<(q: dbx.SelectQuery) => unknown>): Array<RecordOf<C>>;",
	"daos.Dao.findRecordsByExpr":        "findRecordsByExpr<C extends AnyName>(collection: C | models.Collection, ...expressions: Array<dbx.Expression>): Array<RecordOf<C>>;",
	"daos.Dao.findFirstRecordByData":    "findFirstRecordByData<C extends AnyName>(collection: C | models.Collection, field: string, value: any): RecordOf<C>;",
	"daos.Dao.findRecordsByFilter":      "findRecordsByFilter<C extends AnyName>(collection: C | models.Collection, filter: string, sort?: string, limit?: number, offset?: number, ...params: Array<{ [name: string]: any }>): Array<RecordOf<C>>;",
	"daos.Dao.findFirstRecordByFilter":  "findFirstRecordByFilter<C extends AnyName>(collection: C | models.Collection, filter: string, ...params: Array<{ [name: string]: any }>): RecordOf<C>;",
	"daos.Dao.findAuthRecordByEmail":    "findAuthRecordByEmail<C extends AnyName>(collection: C | models.Collection, email: string): RecordOf<C>;",
	"daos.Dao.findAuthRecordByUsername": "findAuthRecordByUsername<C extends AnyName>(collection: C | models.Collection, username: string): RecordOf<C>;",
	"daos.Dao.findRecordByViewFile":     "findRecordByViewFile(view: AnyName | models.Collection, fileField: string, filename: string): models.Record;",
	"daos.Dao.findCollectionByNameOrId": "findCollectionByNameOrId(nameOrId: AnyName): models.Collection;",
	"daos.Dao.recordQuery":              "recordQuery(collection: AnyName | models.Collection): dbx.SelectQuery;",
	"daos.Dao.db":                       "db(): dbx.DB;",
	"daos.Dao.expandRecord":             "expandRecord(record: models.Record, expands: Array<string>, fetch: ((collection: models.Collection, ids: Array<string>) => Array<models.Record>) | null): { [expand: string]: Error };",
	"daos.Dao.expandRecords":            "expandRecords(records: Array<models.Record>, expands: Array<string>, fetch: ((collection: models.Collection, ids: Array<string>) => Array<models.Record>) | null): { [expand: string]: Error };",
	"daos.Dao.canAccessRecord":          "canAccessRecord(record: models.Record, info: models.RequestInfo, rule: string | null): boolean;",
	"daos.Dao.importCollections":        "importCollections(collections: Array<models.Collection>, deleteMissing: boolean, afterSync: ((txDao: daos.Dao, imported: { [id: string]: models.Collection }, existing: { [id: string]: models.Collection }) => unknown) | null): void;",
	"daos.Dao.runInTransaction":         "runInTransaction(fn: (txDao: daos.Dao) => unknown): void;",
	"daos.Dao.findSettings":             "findSettings(encryptionKey?: string): settings.Settings;",
	"daos.Dao.saveSettings":             "saveSettings(settings: settings.Settings, encryptionKey?: string): void;",

	"core.BaseModelEvent.model": "model: any;",
	"core.ModelEvent.model":     "model: any;",
	"core.FileTokenEvent.model": "model: any;",

	"echo.Context.get":               "get(key: string): any;",
	"echo.Context.set":               "set(key: string, value: any): void;",
	"echo.Context.pathParam":         "pathParam(name: string): string;",
	"echo.Context.pathParamDefault":  "pathParamDefault(name: string, defaultValue: string): string;",
	"echo.Context.queryParamDefault": "queryParamDefault(name: string, defaultValue: string): string;",
	"echo.Context.formValueDefault":  "formValueDefault(name: string, defaultValue: string): string;",
	"echo.Context.bind":              "bind(model: any): void;",
	"echo.Context.error":             "error(err: any): void;",
	"echo.Context.response":          "response(): echo.Response;",
	"echo.Context.stream":            "stream(code: number, contentType: string, reader: any): void;",

	"dbx.DB.builder": "builder: dbx.Builder;",

	"$http.send":                    "send(request: HttpRequest): HttpResponse;",
	"$apis.requireAdminOrOwnerAuth": "requireAdminOrOwnerAuth(ownerIdParam?: string): RouteMiddleware;",
	"$apis.bodyLimit":               "bodyLimit(bytes: number): RouteMiddleware;",
	"$apis.staticDirectoryHandler":  "staticDirectoryHandler(dir: string, indexFallback: boolean): RouteHandler;",
	"$apis.recordAuthResponse":      "recordAuthResponse(app: core.App, c: echo.Context, record: models.Record, meta?: any, ...finalizers: Array<(token: string) => unknown>): void;",
	"$dbx.hashExp":                  "hashExp(pairs: { [column: string]: any }): dbx.Expression;",
	"$dbx.exp":                      "exp(text: string, ...params: Array<{ [name: string]: any }>): dbx.Expression;",
	"$filesystem.fileFromBytes":     "fileFromBytes(content: string | Array<number>, name: string): filesystem.File;",
	"$filesystem.fileFromUrl":       "fileFromUrl(url: string, seconds?: number): filesystem.File;",
	"$security.createJWT":           "createJWT(claims: { [name: string]: any }, key: string, seconds: number): string;",
	"$security.decrypt":             "decrypt(cipherText: string, key: string): string;",
	"$security.encrypt":             "encrypt(data: string | Array<number>, key: string): string;",
	"$security.parseJWT":            "parseJWT(token: string, key: string): { [name: string]: any };",
	"$security.parseUnverifiedJWT":  "parseUnverifiedJWT(token: string): { [name: string]: any };",
	"$template.addFuncs":            "addFuncs(functions: { [name: string]: Function }): typeof $template;",
}
