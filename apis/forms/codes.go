package forms

// Codes of field errors. Clients match on them.
const (
	codeInvalidID      = "validation_invalid_id"
	codeValuesMismatch = "validation_values_mismatch"
	codeInvalidToken   = "validation_invalid_token"

	codeInvalidEmail = "validation_invalid_email"

	codeInvalidUsername    = "validation_invalid_username"
	codeInvalidOldPassword = "validation_invalid_old_password"
	codeAdminEmailExists   = "validation_admin_email_exists"
	codeLength             = "validation_length_out_of_range"

	codeNewEmail           = "validation_record_email_invalid"
	codeTokenClaims        = "validation_invalid_token_claims"
	codeTokenPayload       = "validation_invalid_token_payload"
	codeTokenCollection    = "validation_token_collection_mismatch"
	codeTokenEmail         = "validation_token_email_mismatch"
	codeTokenExistingEmail = "validation_existing_token_email"
	codeInvalidPassword    = "validation_invalid_password"
	codeInvalidProvider    = "validation_invalid_provider"

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

	codeBackupNameExists = "validation_backup_name_exists"
	codeInvalidMimeType  = "validation_invalid_mime_type"
)
