package jsvm

import (
	"errors"

	"github.com/dop251/goja"
	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// modelConstructors are the classes of stored things and of access to them.
var modelConstructors = []constructor{
	{Name: "Admin", Doc: "An administrator.", Migrations: true, New: decoded[models.Admin]},
	{Name: "Collection", Doc: "A collection.", Migrations: true, New: decoded[models.Collection]},
	{Name: "Dao", Doc: "Data access on a connection or transaction, without hooks.", Migrations: true, New: newDao},
	{Name: "DynamicModel", Doc: "A target for queries with the members of a shape.", Migrations: true, New: dynamicModel},
	{Name: "Record", Doc: "A record of a collection.", Migrations: true, New: newRecord},
	{Name: "Schema", Doc: "The fields of a collection.", Migrations: true, New: decoded[schema.Schema]},
	{Name: "SchemaField", Doc: "One field of a collection.", Migrations: true, New: decoded[schema.SchemaField]},
}

// newDao makes the dao of a database connection or transaction. The second
// connection of older scripts is accepted and not needed.
func newDao(env *environment, args []goja.Value) (any, error) {
	var builder dbx.Builder
	if err := env.read(args, 0, &builder); err != nil {
		return nil, err
	}
	if builder == nil {
		return nil, errors.New("[Dao] missing db argument")
	}
	return daos.NewFromBuilder(builder), nil
}

// newRecord makes a record of a collection and loads the data into it.
func newRecord(env *environment, args []goja.Value) (any, error) {
	var collection *models.Collection
	if err := env.read(args, 0, &collection); err != nil {
		return nil, err
	}
	if collection == nil {
		collection = &models.Collection{}
	}
	record := models.NewRecord(collection)
	var data map[string]any
	if err := env.read(args, 1, &data); err != nil {
		return nil, err
	}
	if len(data) > 0 {
		record.Load(data)
	}
	return record, nil
}

// dynamicModel reads the shape from the first argument.
func dynamicModel(env *environment, args []goja.Value) (any, error) {
	shape, _ := optional(args, 0).(*goja.Object)
	return newDynamicModel(env, shape)
}
