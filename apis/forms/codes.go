package forms

// Codes of field errors. Clients match on them.
const (
	codeRequired       = "validation_required"
	codeInvalidID      = "validation_invalid_id"
	codeValuesMismatch = "validation_values_mismatch"
	codeNotUnique      = "validation_not_unique"
	codeInvalidValue   = "validation_invalid_value"
	codeInvalidToken   = "validation_invalid_token" //nolint:gosec // a code, no credential

	codeMinText          = "validation_min_text_constraint"
	codeMaxText          = "validation_max_text_constraint"
	codeInvalidFormat    = "validation_invalid_format"
	codeNaN              = "validation_nan"
	codeNoDecimal        = "validation_no_decimal_constraint"
	codeMinNumber        = "validation_min_number_constraint"
	codeMaxNumber        = "validation_max_number_constraint"
	codeInvalidEmail     = "validation_invalid_email"
	codeEmailDomain      = "validation_email_domain_not_allowed"
	codeInvalidURL       = "validation_invalid_url"
	codeURLDomain        = "validation_url_domain_not_allowed"
	codeTooManyValues    = "validation_too_many_values"
	codeNotEnoughValues  = "validation_not_enough_values"
	codeInvalidJSON      = "validation_invalid_json"
	codeJSONSize         = "validation_json_size_limit"
	codeFileSize         = "validation_file_size_limit"
	codeMimeType         = "validation_invalid_mime_type"
	codeUnknownFilenames = "validation_unknown_filenames"
	codeMissingRelTarget = "validation_missing_rel_collection"
	codeMissingRelRecord = "validation_missing_rel_records"

	codeInvalidUsername    = "validation_invalid_username"
	codeInvalidOldPassword = "validation_invalid_old_password" //nolint:gosec // a code, no credential
	codeAdminEmailExists   = "validation_admin_email_exists"

	codeCollectionExists   = "validation_collection_name_exists"
	codeNameIsID           = "validation_collection_name_id_duplicate"
	codeInvalidName        = "validation_invalid_name"
	codeSystemRename       = "validation_collection_system_name_change"
	codeSystemFlag         = "validation_collection_system_flag_change"
	codeTypeChange         = "validation_collection_type_change"
	codeSystemField        = "validation_system_field_change"
	codeFieldType          = "validation_field_type_change"
	codeReservedAuthField  = "validation_reserved_auth_field_name"
	codeRelationOptions    = "validation_schema_invalid_relation_field_options"
	codeRelationChange     = "validation_field_relation_change"
	codeInvalidRelation    = "validation_field_invalid_relation"
	codeViewRelation       = "validation_field_non_view_base_relation_collection"
	codeInvalidRule        = "validation_invalid_rule"
	codeIndexesUnsupported = "validation_indexes_not_supported"
	codeInvalidIndex       = "validation_invalid_index_expression"
	codeInvalidOptions     = "validation_invalid_options"
	codeInvalidViewQuery   = "validation_invalid_view_query"
	codeImportFailure      = "collections_import_failure"
	codeImportInvalid      = "collections_import_validate_failure"
)

const textCannotBeBlank = "Cannot be blank."
