package schema

import (
	"fmt"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
)

// Errors about the definition of a field.
var (
	errDuplicatedID   = validation.NewError("validation_duplicated_field_id", "Duplicated or invalid schema field id")
	errDuplicatedName = validation.NewError("validation_duplicated_field_name", "Duplicated or invalid schema field name")
	errViaName        = validation.NewError("validation_invalid_name", "The name of the field cannot contain '_via_'")
	errInvalidOptions = validation.NewError("validation_invalid_options", "Failed to initialize field options")
)

// Errors about the value of a field. Those that need a database or the uploaded
// files to detect are exported for the callers that have them.
var (
	ErrMissingRelCollection = validation.NewError("validation_missing_rel_collection", "Relation connection is missing or cannot be accessed")
	ErrMissingRelRecords    = validation.NewError("validation_missing_rel_records", "Failed to find all relation records with the provided ids")
	ErrUnknownFilenames     = validation.NewError("validation_unknown_filenames", "The field contains unknown filenames")
	ErrNotUnique            = validation.NewError("validation_not_unique", "Value must be unique")
	ErrRequiredValue        = validation.NewError("validation_required", "Missing required value")

	errInvalidFormat = validation.NewError("validation_invalid_format", "Invalid value format")
	errNaN           = validation.NewError("validation_nan", "The submitted number is not properly formatted")
	errNoDecimal     = validation.NewError("validation_no_decimal_constraint", "Decimal numbers are not allowed")
	errInvalidEmail  = validation.NewError("validation_invalid_email", "Must be a valid email")
	errInvalidURL    = validation.NewError("validation_invalid_url", "Must be a valid url")
	errURLDomain     = validation.NewError("validation_url_domain_not_allowed", "Url domain is not allowed")
	errInvalidJSON   = validation.NewError("validation_invalid_json", "Must be a valid json value")

	// ErrEmailDomain refuses an address by the domain lists of its field or collection.
	ErrEmailDomain = validation.NewError("validation_email_domain_not_allowed", "Email domain is not allowed")
)

func errMinText(n int) error {
	return validation.NewError("validation_min_text_constraint", fmt.Sprintf("Must be at least %d character(s)", n))
}

func errMaxText(n int) error {
	return validation.NewError("validation_max_text_constraint", fmt.Sprintf("Must be less than %d character(s)", n))
}

func errMinNumber(n float64) error {
	return validation.NewError("validation_min_number_constraint", fmt.Sprintf("Must be larger than %f", n))
}

func errMaxNumber(n float64) error {
	return validation.NewError("validation_max_number_constraint", fmt.Sprintf("Must be less than %f", n))
}

func errTooMany(n int) error {
	return validation.NewError("validation_too_many_values", fmt.Sprintf("Select no more than %d", n))
}

func errNotEnough(n int) error {
	return validation.NewError("validation_not_enough_values", fmt.Sprintf("Select at least %d", n))
}

func errSelectValue(v string) error {
	return validation.NewError("validation_invalid_value", "Invalid value "+v)
}

func errJSONSize(n int) error {
	return validation.NewError("validation_json_size_limit", fmt.Sprintf("The maximum allowed JSON size is %d bytes", n))
}

func errFileSize(original string, n int) error {
	return validation.NewError("validation_file_size_limit",
		fmt.Sprintf("Failed to upload %q - the maximum allowed file size is %d bytes", original, n))
}

func errMimeType(name string, allowed []string) error {
	return validation.NewError("validation_invalid_mime_type",
		fmt.Sprintf("%q mime type must be one of: %s", name, strings.Join(allowed, ", ")))
}
