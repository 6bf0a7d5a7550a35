package schema

import (
	"net/url"
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/ozzo-validation/v4/is"
)

// UrlOptions limits the hosts of a url field; only one of the lists may be
// filled. A host includes its port, if any.
type UrlOptions struct {
	ExceptDomains []string `json:"exceptDomains"`
	OnlyDomains   []string `json:"onlyDomains"`
}

var urlKind = define(kind{
	column:  textColumn,
	prepare: func(_ bool, value any) any { return toText(value) },
	check:   func(o, v any) error { return checkURL(o.(*UrlOptions), v.(string)) },
}, func(o *UrlOptions) {
	o.ExceptDomains, o.OnlyDomains = slices.Clone(o.ExceptDomains), slices.Clone(o.OnlyDomains)
})

// Validate checks the options.
func (o UrlOptions) Validate() error {
	return validation.ValidateStruct(&o,
		validation.Field(&o.ExceptDomains, DomainRules(o.OnlyDomains)...),
		validation.Field(&o.OnlyDomains, DomainRules(o.ExceptDomains)...),
	)
}

func checkURL(o *UrlOptions, v string) error {
	if v == "" {
		return nil
	}
	if is.URL.Validate(v) != nil {
		return errInvalidURL
	}
	u, err := url.Parse(v)
	if err != nil {
		return errInvalidURL
	}
	if !domainAllowed(u.Host, o.OnlyDomains, o.ExceptDomains) {
		return errURLDomain
	}
	return nil
}
