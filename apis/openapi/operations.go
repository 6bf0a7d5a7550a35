package openapi

import (
	"strings"

	"github.com/tackleboxdev/tacklebox/core/models"
)

// Who may use an operation.
const (
	everybody = iota
	admins
	records
	adminsOrRecords
)

// operation describes one route.
type operation struct {
	tag, summary string
	access       int
	query        []string // names of query parameters, see queryParams
	body         object   // schema; nil for none
	upload       bool     // the body is a form with files
	answer       object   // schema of the 200; nil for a 204 without body
	media        string   // of an answer that is no JSON
}

var generalTags = []string{"health", "settings", "admins", "collections", "sign-in", "files", "realtime", "logs", "hooks", "backups", "custom"}

// operations are the routes that exist once. A test compares them with the
// router.
var operations = map[string]operation{
	"GET /api/health":       {tag: "health", summary: "Tells whether the server is healthy.", answer: ref("Health")},
	"HEAD /api/health":      {tag: "health", summary: "Tells whether the server is healthy, without a body.", media: "text/plain"},
	"GET /api/openapi.json": {tag: "health", summary: "Returns this description.", access: admins, answer: anything},

	"GET /api/settings":                               {tag: "settings", summary: "Returns the settings, secrets masked.", access: admins, answer: anything},
	"PATCH /api/settings":                             {tag: "settings", summary: "Changes the given settings.", access: admins, body: anything, answer: anything},
	"POST /api/settings/test/s3":                      {tag: "settings", summary: "Writes a test file to an S3 bucket and deletes it again.", access: admins, body: props("filesystem")},
	"POST /api/settings/test/email":                   {tag: "settings", summary: "Sends a test mail.", access: admins, body: props("template", "email")},
	"POST /api/settings/apple/generate-client-secret": {tag: "settings", summary: "Signs a client secret for Apple.", access: admins, body: props("clientId", "teamId", "keyId", "privateKey", "duration:integer"), answer: props("secret")},

	"POST /api/admins/auth-with-password":     {tag: "admins", summary: "Signs an admin in.", body: props("identity", "password"), answer: ref("AdminAuth")},
	"POST /api/admins/request-password-reset": {tag: "admins", summary: "Sends a mail to reset the password.", body: props("email")},
	"POST /api/admins/confirm-password-reset": {tag: "admins", summary: "Sets a new password.", body: props("token", "password", "passwordConfirm")},
	"POST /api/admins/auth-refresh":           {tag: "admins", summary: "Renews the token.", access: admins, answer: ref("AdminAuth")},
	"GET /api/admins":                         {tag: "admins", summary: "Lists admins.", access: admins, query: listQuery, answer: page(ref("Admin"))},
	"POST /api/admins":                        {tag: "admins", summary: "Creates an admin; the first one needs no token.", access: admins, body: ref("AdminInput"), answer: ref("Admin")},
	"GET /api/admins/{id}":                    {tag: "admins", summary: "Returns an admin.", access: admins, query: viewQuery, answer: ref("Admin")},
	"PATCH /api/admins/{id}":                  {tag: "admins", summary: "Changes an admin.", access: admins, body: ref("AdminInput"), answer: ref("Admin")},
	"DELETE /api/admins/{id}":                 {tag: "admins", summary: "Deletes an admin.", access: admins},

	"GET /api/collections":                 {tag: "collections", summary: "Lists collections.", access: admins, query: listQuery, answer: page(ref("Collection"))},
	"POST /api/collections":                {tag: "collections", summary: "Creates a collection.", access: admins, body: ref("Collection"), answer: ref("Collection")},
	"GET /api/collections/{collection}":    {tag: "collections", summary: "Returns a collection.", access: admins, query: viewQuery, answer: ref("Collection")},
	"PATCH /api/collections/{collection}":  {tag: "collections", summary: "Changes a collection.", access: admins, body: ref("Collection"), answer: ref("Collection")},
	"DELETE /api/collections/{collection}": {tag: "collections", summary: "Deletes a collection with its records.", access: admins},
	"PUT /api/collections/import":          {tag: "collections", summary: "Creates and changes many collections at once.", access: admins, body: object{"type": "object", "properties": object{"collections": listOf(ref("Collection")), "deleteMissing": typed("boolean")}, "required": []any{"collections"}}},

	"GET /api/oauth2-redirect":                           {tag: "sign-in", summary: "Receives the answer of an OAuth2 provider.", query: []string{"state", "code"}, media: "text/html"},
	"POST /api/oauth2-redirect":                          {tag: "sign-in", summary: "Receives the answer of an OAuth2 provider as a form.", media: "text/html"},
	"POST /api/files/token":                              {tag: "files", summary: "Returns a short-lived token for protected files.", access: adminsOrRecords, answer: props("token")},
	"GET /api/files/{collection}/{recordId}/{filename}":  {tag: "files", summary: "Returns a stored file.", query: fileQuery, media: mediaBytes},
	"HEAD /api/files/{collection}/{recordId}/{filename}": {tag: "files", summary: "Returns the headers of a stored file.", query: fileQuery, media: mediaBytes},
	"GET /api/realtime":                                  {tag: "realtime", summary: "Opens a stream of events; the first one names the client.", media: "text/event-stream"},
	"POST /api/realtime":                                 {tag: "realtime", summary: "Sets the subscriptions of a client.", body: object{"type": "object", "properties": object{"clientId": typed("string"), "subscriptions": listOf(typed("string"))}, "required": []any{"clientId"}}},

	"GET /api/logs":       {tag: "logs", summary: "Lists log entries.", access: admins, query: listQuery, answer: page(ref("Log"))},
	"GET /api/logs/stats": {tag: "logs", summary: "Counts log entries by hour.", access: admins, query: []string{"filter"}, answer: listOf(props("total:integer", "date"))},
	"GET /api/logs/{id}":  {tag: "logs", summary: "Returns a log entry.", access: admins, query: viewQuery, answer: ref("Log")},

	"GET /api/hooks":        {tag: "hooks", summary: "Lists the handlers of all events.", access: admins, answer: anything},
	"GET /api/hooks/traces": {tag: "hooks", summary: "Lists what the handlers of recent requests did.", access: admins, answer: anything},

	"GET /api/backups":                {tag: "backups", summary: "Lists backups.", access: admins, answer: listOf(ref("Backup"))},
	"POST /api/backups":               {tag: "backups", summary: "Makes a backup.", access: admins, body: object{"type": "object", "properties": object{"name": object{"type": "string", "maxLength": 100, "pattern": `^[a-z0-9_-]+\.zip$`}}}},
	"POST /api/backups/upload":        {tag: "backups", summary: "Stores a backup from elsewhere.", access: admins, upload: true, body: object{"type": "object", "properties": object{"file": bytesSchema}, "required": []any{"file"}}},
	"GET /api/backups/{key}":          {tag: "backups", summary: "Returns a backup to the holder of an admin's file token.", query: []string{"token"}, media: "application/zip"},
	"DELETE /api/backups/{key}":       {tag: "backups", summary: "Deletes a backup.", access: admins},
	"POST /api/backups/{key}/restore": {tag: "backups", summary: "Replaces the data with those of a backup and restarts the server.", access: admins},
}

// recordOperation describes a route that every collection of some kind has.
type recordOperation struct {
	operation
	auth, writable bool // needs an auth collection, one that is no view
	rule           func(c *models.Collection) *string
	// input and output end the names of the schemas of the body and the answer;
	// "." stands for the record itself.
	input, output string
}

func (op recordOperation) fits(c *models.Collection) bool {
	return (!op.auth || c.IsAuth()) && (!op.writable || !c.IsView())
}

const recordsPath = "/api/collections/{collection}"

var recordOperations = map[string]recordOperation{
	"GET " + recordsPath + "/records":         {operation: operation{summary: "Lists records.", query: recordListQuery}, rule: func(c *models.Collection) *string { return c.ListRule }, output: "List"},
	"GET " + recordsPath + "/records/{id}":    {operation: operation{summary: "Returns a record.", query: recordQuery}, rule: func(c *models.Collection) *string { return c.ViewRule }, output: "."},
	"POST " + recordsPath + "/records":        {operation: operation{summary: "Creates a record.", query: recordQuery}, writable: true, rule: func(c *models.Collection) *string { return c.CreateRule }, input: "Create", output: "."},
	"PATCH " + recordsPath + "/records/{id}":  {operation: operation{summary: "Changes a record.", query: recordQuery}, writable: true, rule: func(c *models.Collection) *string { return c.UpdateRule }, input: "Update", output: "."},
	"DELETE " + recordsPath + "/records/{id}": {operation: operation{summary: "Deletes a record."}, writable: true, rule: func(c *models.Collection) *string { return c.DeleteRule }},

	"GET " + recordsPath + "/auth-methods":            {operation: operation{summary: "Lists the ways to sign in.", answer: anything}, auth: true},
	"POST " + recordsPath + "/auth-with-password":     {operation: operation{summary: "Signs in with a password.", query: recordQuery, body: props("identity", "password")}, auth: true, output: "Auth"},
	"POST " + recordsPath + "/auth-with-oauth2":       {operation: operation{summary: "Signs in with an OAuth2 code.", query: recordQuery, body: props("provider", "code", "codeVerifier", "redirectUrl", "createData:object")}, auth: true, output: "Auth"},
	"POST " + recordsPath + "/auth-refresh":           {operation: operation{summary: "Renews the token.", access: records, query: recordQuery}, auth: true, output: "Auth"},
	"POST " + recordsPath + "/request-verification":   {operation: operation{summary: "Sends a mail to verify the address.", body: props("email")}, auth: true},
	"POST " + recordsPath + "/confirm-verification":   {operation: operation{summary: "Verifies the address.", body: props("token")}, auth: true},
	"POST " + recordsPath + "/request-password-reset": {operation: operation{summary: "Sends a mail to reset the password.", body: props("email")}, auth: true},
	"POST " + recordsPath + "/confirm-password-reset": {operation: operation{summary: "Sets a new password.", body: props("token", "password", "passwordConfirm")}, auth: true},
	"POST " + recordsPath + "/request-email-change":   {operation: operation{summary: "Sends a mail to change the address.", access: records, body: props("newEmail")}, auth: true},
	"POST " + recordsPath + "/confirm-email-change":   {operation: operation{summary: "Changes the address.", body: props("token", "password")}, auth: true},

	"GET " + recordsPath + "/records/{id}/external-auths":               {operation: operation{summary: "Lists linked providers.", access: adminsOrRecords, answer: listOf(ref("ExternalAuth"))}, auth: true},
	"DELETE " + recordsPath + "/records/{id}/external-auths/{provider}": {operation: operation{summary: "Unlinks a provider.", access: adminsOrRecords}, auth: true},
}

const mediaBytes = "application/octet-stream"

// Query parameters that several operations share.
var (
	viewQuery       = []string{"fields"}
	listQuery       = []string{"page", "perPage", "sort", "filter", "skipTotal", "fields"}
	recordQuery     = []string{"expand", "fields"}
	recordListQuery = []string{"page", "perPage", "sort", "filter", "skipTotal", "expand", "fields"}
	fileQuery       = []string{"thumb", "download", "token"}
)

var queryParams = map[string]object{
	"page":      {"type": "integer", "minimum": 1, "default": 1, "description": "The page to return."},
	"perPage":   {"type": "integer", "minimum": 1, "maximum": 500, "default": 30, "description": "The items of a page."},
	"sort":      {"type": "string", "description": "Fields to sort by, separated by commas; a minus in front sorts descending."},
	"filter":    {"type": "string", "description": "A condition such as (title ~ 'abc' && created > '2024-01-01')."},
	"skipTotal": {"type": "boolean", "description": "Leaves out the count of all items."},
	"expand":    {"type": "string", "description": "Relations to resolve, separated by commas."},
	"fields":    {"type": "string", "description": "The fields to return, separated by commas."},
	"thumb":     {"type": "string", "description": "The size of a thumbnail, such as 100x100."},
	"download":  {"type": "boolean", "description": "Offers the file for download."},
	"token":     {"type": "string", "description": "A file token."},
	"state":     {"type": "string"},
	"code":      {"type": "string"},
}

// generalOperation describes a route that exists once.
func (d *document) generalOperation(op operation, method string) object {
	out := object{"tags": []any{op.tag}, "summary": op.summary, "responses": responses(op, method)}
	addSecurity(out, op.access)
	addQuery(out, op.query)
	if op.body != nil {
		content := jsonBody(op.body)
		if op.upload {
			content = object{"multipart/form-data": object{"schema": op.body}}
		}
		out["requestBody"] = object{"content": content, "required": true}
	}
	return out
}

// recordOperation describes a route of one collection.
func (d *document) recordOperation(op recordOperation, c *models.Collection) object {
	op.tag = "records: " + c.Name
	if op.rule != nil {
		op.access = ruleAccess(op.rule(c))
	}
	if op.output != "" {
		op.answer = ref(c.Name + strings.Trim(op.output, "."))
	}
	out := d.generalOperation(op.operation, "")
	if op.input != "" {
		schema := ref(c.Name + op.input)
		out["requestBody"] = object{"required": true, "content": object{
			"application/json":    object{"schema": schema},
			"multipart/form-data": object{"schema": schema},
		}}
	}
	return out
}

// ruleAccess says who may pass a rule: whether a record does is up to the rule.
func ruleAccess(rule *string) int {
	switch {
	case rule == nil:
		return admins
	case *rule == "":
		return everybody
	case strings.Contains(*rule, "@request.auth"):
		return adminsOrRecords
	}
	return everybody
}

func addSecurity(out object, access int) {
	admin, record := object{"admin": []any{}}, object{"record": []any{}}
	switch access {
	case admins:
		out["security"] = []any{admin}
	case records:
		out["security"] = []any{record}
	case adminsOrRecords:
		out["security"] = []any{admin, record}
	}
}

func addQuery(out object, names []string) {
	if len(names) == 0 {
		return
	}
	parameters := make([]any, len(names))
	for i, name := range names {
		parameters[i] = object{"name": name, "in": "query", "schema": queryParams[name]}
	}
	out["parameters"] = parameters
}

func responses(op operation, method string) object {
	out := object{"default": object{"$ref": "#/components/responses/Error"}}
	switch {
	case method == "HEAD":
		out["200"] = object{"description": "It is there."}
	case op.media != "":
		out["200"] = object{"description": "The content.", "content": object{op.media: object{}}}
	case op.answer != nil:
		out["200"] = object{"description": "The result.", "content": jsonBody(op.answer)}
	case op.tag == "custom":
		out["200"] = object{"description": "The result."}
	default:
		out["204"] = object{"description": "Done."}
	}
	return out
}
