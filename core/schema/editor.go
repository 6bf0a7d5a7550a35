package schema

// EditorOptions tells the editor how to write links.
type EditorOptions struct {
	// ConvertUrls makes the editor write absolute links.
	ConvertUrls bool `json:"convertUrls"`
}

var editorKind = define[EditorOptions](kind{
	column:  textColumn,
	prepare: func(_ bool, value any) any { return toText(value) },
}, nil)

// Validate accepts everything.
func (o EditorOptions) Validate() error { return nil }
