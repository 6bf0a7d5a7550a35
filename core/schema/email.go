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
		validation.Field(&o.ExceptDomains, DomainRules(o.OnlyDomains)...),
		validation.Field(&o.OnlyDomains, DomainRules(o.ExceptDomains)...),
	)
}

// DomainRules checks a domain list beside the one that excludes it.
func DomainRules(other []string) []validation.Rule {
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
	return CheckEmailDomain(v, o.OnlyDomains, o.ExceptDomains)
}

// CheckEmailDomain gives ErrEmailDomain for an address whose domain is not one of
// the only ones, if there are any, or is one of the excepted. Empty addresses pass.
func CheckEmailDomain(email string, only, except []string) error {
	if email == "" || domainAllowed(email[strings.LastIndexByte(email, '@')+1:], only, except) {
		return nil
	}
	return ErrEmailDomain
}

// domainAllowed compares domains in any letter case.
func domainAllowed(domain string, only, except []string) bool {
	same := func(other string) bool { return strings.EqualFold(domain, other) }
	if len(only) > 0 && !slices.ContainsFunc(only, same) {
		return false
	}
	return !slices.ContainsFunc(except, same)
}
