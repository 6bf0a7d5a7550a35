package jsvm

import (
	"github.com/dop251/goja"
	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/web"
)

// errorConstructors are the errors that scripts throw.
var errorConstructors = []constructor{
	{Name: "ApiError", Doc: "An error answer with any status.", New: newApiError},
	{Name: "BadRequestError", Doc: "A 400 answer.", New: apiError(web.NewBadRequestError)},
	{Name: "ForbiddenError", Doc: "A 403 answer.", New: apiError(web.NewForbiddenError)},
	{Name: "NotFoundError", Doc: "A 404 answer.", New: apiError(web.NewNotFoundError)},
	{Name: "UnauthorizedError", Doc: "A 401 answer.", New: apiError(web.NewUnauthorizedError)},
	{Name: "ValidationError", Doc: "Why the value of one field is refused.", Migrations: true, New: newValidationError},
}

// apiError returns the constructor of an error class with a fixed status.
func apiError(newError func(message string, data any) *web.ApiError) func(*environment, []goja.Value) (any, error) {
	return func(env *environment, args []goja.Value) (any, error) {
		var message string
		if err := env.read(args, 0, &message); err != nil {
			return nil, err
		}
		return newError(message, env.errorData(optional(args, 1))), nil
	}
}

// newApiError takes the status in front of the message and the data.
func newApiError(env *environment, args []goja.Value) (any, error) {
	var status int
	if err := env.read(args, 0, &status); err != nil {
		return nil, err
	}
	var message string
	if err := env.read(args, 1, &message); err != nil {
		return nil, err
	}
	return web.NewApiError(status, message, env.errorData(optional(args, 2))), nil
}

// newValidationError takes a code and a message, which may hold {{.name}} placeholders.
func newValidationError(env *environment, args []goja.Value) (any, error) {
	var code, message string
	if err := env.read(args, 0, &code); err != nil {
		return nil, err
	}
	if err := env.read(args, 1, &message); err != nil {
		return nil, err
	}
	return validation.NewError(code, message), nil
}

// errorData returns the data of an API error. A caught error that is handed on
// as data counts as an object with its members, not as the error inside.
func (env *environment) errorData(value goja.Value) any {
	obj, ok := value.(*goja.Object)
	if !ok || obj.ClassName() != "Error" {
		return env.toGo(value)
	}
	data := map[string]any{}
	for _, key := range obj.Keys() {
		data[key] = env.toGo(obj.Get(key))
	}
	return data
}
