// Package openapi describes the API in the OpenAPI format, version 3.1: the
// routes of the router, and for every collection the routes and the schema of
// its records.
package openapi

import (
	"regexp"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/models"
)

// Version is the version of the format.
const Version = "3.1.0"

// object is a JSON object.
type object = map[string]any

// Route is one route of the router; its path marks parameters by a colon.
type Route struct{ Method, Path string }

// Info is what the document says about the app.
type Info struct{ Title, Version string }

// collectionParam is the path parameter in the place of which each collection
// is put.
const collectionParam = "{collection}"

var pathParam = regexp.MustCompile(`:(\w+)`)

// Document returns the description, ready to be encoded as JSON. Routes outside
// of /api/ and catch-alls are left out. The collections are only read.
func Document(info Info, routes []Route, collections []*models.Collection) map[string]any {
	d := &document{paths: object{}, schemas: sharedSchemas(), byID: map[string]string{}}
	for _, collection := range collections {
		d.byID[collection.Id] = collection.Name
	}
	for _, collection := range collections {
		d.addSchemas(collection)
	}
	for _, route := range routes {
		d.addRoute(route, collections)
	}
	return object{
		"openapi": Version,
		"info":    object{"title": info.Title, "version": info.Version},
		"servers": []any{object{"url": "/"}},
		"tags":    d.tags(collections),
		"paths":   d.paths,
		"components": object{
			"schemas":   d.schemas,
			"responses": sharedResponses(),
			"securitySchemes": object{
				"admin":  tokenScheme("The token of a signed-in admin."),
				"record": tokenScheme("The token of a signed-in record of an auth collection."),
			},
		},
	}
}

func tokenScheme(description string) object {
	return object{"type": "apiKey", "in": "header", "name": "Authorization", "description": description}
}

// document is a description that is being made.
type document struct {
	paths, schemas object
	byID           map[string]string // names of the collections
}

func (d *document) tags(collections []*models.Collection) []any {
	tags := make([]any, 0, len(generalTags)+len(collections))
	for _, name := range generalTags {
		tags = append(tags, object{"name": name})
	}
	for _, collection := range collections {
		tags = append(tags, object{"name": "records: " + collection.Name})
	}
	return tags
}

// addRoute adds the operation of a route. One on records becomes an operation
// of each collection that has it.
func (d *document) addRoute(route Route, collections []*models.Collection) {
	path := pathParam.ReplaceAllString(route.Path, "{$1}")
	if !strings.HasPrefix(path, "/api/") || strings.Contains(path, "*") || !methods[route.Method] {
		return
	}
	if op, ok := recordOperations[route.Method+" "+path]; ok {
		for _, collection := range collections {
			if op.fits(collection) {
				d.put(route.Method, strings.Replace(path, collectionParam, collection.Name, 1), d.recordOperation(op, collection))
			}
		}
		return
	}
	op, ok := operations[route.Method+" "+path]
	if !ok {
		op = operation{tag: "custom", summary: "A route of the app itself."}
	}
	d.put(route.Method, path, d.generalOperation(op, route.Method))
}

// methods are those that a path item can hold.
var methods = map[string]bool{
	"GET": true, "PUT": true, "POST": true, "DELETE": true, "OPTIONS": true, "HEAD": true, "PATCH": true, "TRACE": true,
}

// put adds an operation to its path, with an id and the parameters of the path.
func (d *document) put(method, path string, op object) {
	item, ok := d.paths[path].(object)
	if !ok {
		item = object{}
		d.paths[path] = item
	}
	op["operationId"] = operationID(method, path)
	parameters, _ := op["parameters"].([]any)
	for _, match := range braces.FindAllStringSubmatch(path, -1) {
		parameters = append(parameters, object{
			"name": match[1], "in": "path", "required": true, "schema": object{"type": "string"},
		})
	}
	if len(parameters) > 0 {
		op["parameters"] = parameters
	}
	item[strings.ToLower(method)] = op
}

var (
	braces = regexp.MustCompile(`{(\w+)}`)
	noWord = regexp.MustCompile(`\W+`)
)

// operationID makes a name such as get_collections_posts_records_id, unique as
// the route is.
func operationID(method, path string) string {
	return strings.ToLower(method) + "_" + strings.Trim(noWord.ReplaceAllString(strings.TrimPrefix(path, "/api/"), "_"), "_")
}

// ref points to a schema of the document.
func ref(schema string) object { return object{"$ref": "#/components/schemas/" + schema} }

func listOf(item object) object { return object{"type": "array", "items": item} }

// jsonBody is a body or answer that holds JSON.
func jsonBody(schema object) object { return object{"application/json": object{"schema": schema}} }

// Described returns the routes that the document has words for, with colons in
// front of parameters. The others are described as routes of the app itself.
func Described() []Route {
	var routes []Route
	add := func(key string) {
		method, path, _ := strings.Cut(key, " ")
		routes = append(routes, Route{Method: method, Path: braces.ReplaceAllString(path, ":$1")})
	}
	for key := range operations {
		add(key)
	}
	for key := range recordOperations {
		add(key)
	}
	return routes
}
