package schema

import (
	"slices"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/ozzo-validation/v4/is"
)

// EmailOptions limits the domains of an email field; only one of the lists may
// be filled.
type EmailOptions struct {
	ExceptDomains []string `json:"exceptDomains"`
	OnlyDomains   []string `json:"onlyDomains"`
}

var emailKind = define(kind{
	column:  textColumn,
	prepare: func(_ bool, value any) any { return toText(value) },
	check:   func(o, v any) error { return checkEmail(o.(*EmailOptions), v.(string)) },
}, func(o *EmailOptions) {
	o.ExceptDomains, o.OnlyDomains = slices.Clone(o.ExceptDomains), slices.Clone(o.OnlyDomains)
})

// Validate checks the options.
func (o EmailOptions) Validate() error {
	return validation.ValidateStruct(&o,
		validation.Field(&o.ExceptDomains, domainRules(o.OnlyDomains)...),
		validation.Field(&o.OnlyDomains, domainRules(o.ExceptDomains)...),
	)
}

// domainRules checks a domain list beside the one that excludes it.
func domainRules(other []string) []validation.Rule {
	if len(other) > 0 {
		return []validation.Rule{validation.Empty}
	}
	return []validation.Rule{validation.Each(is.Domain)}
}

func checkEmail(o *EmailOptions, v string) error {
	if v == "" {
		return nil
	}
	if is.EmailFormat.Validate(v) != nil {
		return errInvalidEmail
	}
	if !domainAllowed(v[strings.LastIndexByte(v, '@')+1:], o.OnlyDomains, o.ExceptDomains) {
		return ErrEmailDomain
	}
	return nil
}

func domainAllowed(domain string, only, except []string) bool {
	if len(only) > 0 && !slices.Contains(only, domain) {
		return false
	}
	return !slices.Contains(except, domain)
}
