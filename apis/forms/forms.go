// Package forms holds the payloads of requests that change something: what may
// be submitted, when it is valid, and how it is stored.
//
// A form is used once, by one goroutine: fill its exported fields, then Submit
// it. Routes that fire events call the steps of Submit one by one instead.
package forms

import (
	"fmt"
	"regexp"
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// InterceptorNextFunc continues a submit with the given data.
type InterceptorNextFunc[T any] func(t T) error

// InterceptorFunc wraps the last step of a submit. It may change the data, act
// before or after next, or not call it at all.
type InterceptorFunc[T any] func(next InterceptorNextFunc[T]) InterceptorNextFunc[T]

// intercept runs the final step inside of the interceptors, the first one outermost.
func intercept[T any](data T, final InterceptorNextFunc[T], interceptors []InterceptorFunc[T]) error {
	for _, interceptor := range slices.Backward(interceptors) {
		final = interceptor(final)
	}
	return final(data)
}

// Lengths in bytes that several forms share.
const (
	maxTextLength     = 255
	maxPasswordLength = 72 // what bcrypt takes into account
	minAdminPassword  = 10
)

// idPattern matches what may serve as a record, admin or collection id.
var idPattern = regexp.MustCompile(`^[^\@\#\$\&\|\.\,\'\"\\\/\s]+$`)

// idRules checks the id of a new model, or that an existing one keeps its id.
func idRules(dao *daos.Dao, m models.Model) []validation.Rule {
	if !m.IsNew() {
		return []validation.Rule{validation.In(m.GetId())}
	}
	return []validation.Rule{
		validation.Length(models.DefaultIdLength, models.DefaultIdLength),
		validation.Match(idPattern),
		validation.By(func(value any) error {
			id, _ := value.(string)
			if id == "" {
				return nil
			}
			taken, err := idTaken(dao, m.TableName(), id)
			if err != nil || taken {
				return validation.NewError(codeInvalidID, "The model id is invalid or already exists.")
			}
			return nil
		}),
	}
}

func idTaken(dao *daos.Dao, table, id string) (bool, error) {
	quoted := dao.Querier().Dialect().Quote(table)
	found := false
	err := dao.Querier().QueryRows(dao.Context(), "SELECT 1 FROM "+quoted+" WHERE id = ? LIMIT 1", []any{id},
		func([]any) error {
			found = true
			return nil
		})
	if err != nil {
		return false, fmt.Errorf("look up id in %s: %w", table, err)
	}
	return found, nil
}

// equals fails unless the value is the other one. Empty values pass.
func equals(other, message string) validation.Rule {
	return validation.By(func(value any) error {
		text, _ := value.(string)
		if text != "" && text != other {
			return validation.NewError(codeValuesMismatch, message)
		}
		return nil
	})
}
