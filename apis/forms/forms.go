// Package forms holds the payloads of requests that change something: what may
// be submitted, when it is valid, and how it is stored.
//
// A form is used once, by one goroutine: fill its exported fields, then Submit
// it. Routes that fire events call the steps of Submit one by one instead.
package forms

import (
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

// settle is intercept for forms that return what their last step was done with.
func settle[T any](data T, final InterceptorNextFunc[T], interceptors []InterceptorFunc[T]) (T, error) {
	err := intercept(data, func(t T) error {
		data = t
		return final(t)
	}, interceptors)
	if err != nil {
		var none T
		return none, err
	}
	return data, nil
}

// mailRequest is a form that asks for a mail to the owner of an address.
type mailRequest[T any] interface {
	Validate() error
	Find() (T, error)
	Send(receiver T) error
}

// submitRequest validates the form and sends the mail.
func submitRequest[T any](f mailRequest[T], interceptors []InterceptorFunc[T]) error {
	if err := f.Validate(); err != nil {
		return err
	}
	receiver, err := f.Find()
	if err != nil {
		return err
	}
	return intercept(receiver, f.Send, interceptors)
}

// mailConfirm is a form whose token, from a mail, says what it changes.
type mailConfirm[T any] interface {
	ValidateAndFill() (T, error)
	Save(owner T) error
}

// submitConfirm validates the form, stores the change and returns what changed.
func submitConfirm[T any](f mailConfirm[T], interceptors []InterceptorFunc[T]) (T, error) {
	owner, err := f.ValidateAndFill()
	if err != nil {
		return owner, err
	}
	return settle(owner, f.Save, interceptors)
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
			if taken, err := daos.CountIDs(dao, m.TableName(), id); err != nil || taken > 0 {
				return validation.NewError(codeInvalidID, "The model id is invalid or already exists")
			}
			return nil
		}),
	}
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
