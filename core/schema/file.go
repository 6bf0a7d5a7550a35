package schema

import (
	"regexp"
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"
)

var thumbPattern = regexp.MustCompile(`^(\d+)x(\d+)(t|b|f)?$`)

// FileOptions limits the uploads of a file field.
type FileOptions struct {
	MimeTypes []string `json:"mimeTypes"`
	Thumbs    []string `json:"thumbs"`
	MaxSelect int      `json:"maxSelect"`
	// MaxSize is the limit for one file in bytes.
	MaxSize   int  `json:"maxSize"`
	Protected bool `json:"protected"`
}

var fileKind = define(kind{
	column:   textColumn,
	multiple: true,
	prepare:  prepareList,
	modify:   removeOnly,
	check: func(o, v any) error {
		if n := max(1, o.(*FileOptions).MaxSelect); len(uniqueTexts(v)) > n {
			return errTooMany(n)
		}
		return nil
	},
}, func(o *FileOptions) { o.MimeTypes, o.Thumbs = slices.Clone(o.MimeTypes), slices.Clone(o.Thumbs) })

// Validate checks the options.
func (o FileOptions) Validate() error {
	return validation.ValidateStruct(&o,
		validation.Field(&o.MaxSelect, validation.Required, validation.Min(1)),
		validation.Field(&o.MaxSize, validation.Required, validation.Min(1)),
		validation.Field(&o.Thumbs, validation.Each(
			validation.NotIn("0x0", "0x0t", "0x0b", "0x0f"),
			validation.Match(thumbPattern),
		)),
	)
}

// IsMultiple tells whether more than one file may be stored.
func (o FileOptions) IsMultiple() bool { return o.MaxSelect > 1 }

// Upload is what the checks of a file field need to know about a new file.
type Upload struct {
	Name         string
	OriginalName string
	Size         int64
	// IsMime tells whether the content is of the mime type. It is called only
	// when the field limits the types.
	IsMime func(mime string) bool
}

// ValidateUploads checks the new files of a file field: size first, then type.
func ValidateUploads(f *SchemaField, uploads []Upload) error {
	opts, err := f.typedOptions()
	if err != nil {
		return errInvalidOptions
	}
	o, ok := opts.(*FileOptions)
	if !ok {
		return errInvalidOptions
	}
	for _, u := range uploads {
		if u.Size > int64(o.MaxSize) {
			return errFileSize(u.OriginalName, o.MaxSize)
		}
	}
	if len(o.MimeTypes) == 0 {
		return nil
	}
	for _, u := range uploads {
		if u.IsMime == nil || !slices.ContainsFunc(o.MimeTypes, u.IsMime) {
			return errMimeType(u.Name, o.MimeTypes)
		}
	}
	return nil
}
