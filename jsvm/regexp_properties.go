package jsvm

import "unicode"

// categoryNames are the long names of the general categories.
var categoryNames = map[string]string{
	"Letter": "L", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm", "Other_Letter": "Lo",
	"Cased_Letter": "LC", "Mark": "M", "Combining_Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me",
	"Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
	"Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps",
	"Close_Punctuation": "Pe", "Initial_Punctuation": "Pi", "Final_Punctuation": "Pf", "Other_Punctuation": "Po",
	"Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So",
	"Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp",
	"Other": "C", "Control": "Cc", "cntrl": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co", "Unassigned": "Cn",
}

// everything has all characters.
var everything = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0, Hi: 0xffff, Stride: 1}}, R32: []unicode.Range32{{Lo: 0x10000, Hi: unicode.MaxRune, Stride: 1}}}

// patternChars are excluded from identifiers.
var patternChars = []*unicode.RangeTable{unicode.Pattern_Syntax, unicode.Pattern_White_Space}

// binaryProperties are the properties that are derived from others.
var binaryProperties = map[string]charset{
	"Any":         {tables: []*unicode.RangeTable{everything}},
	"Assigned":    {tables: []*unicode.RangeTable{everything}, without: []*unicode.RangeTable{unicode.Categories["Cn"]}},
	"ASCII":       {tables: []*unicode.RangeTable{{R16: []unicode.Range16{{Lo: 0, Hi: 0x7f, Stride: 1}}, LatinOffset: 1}}},
	"Alphabetic":  alphabetic,
	"Alpha":       alphabetic,
	"Lowercase":   {tables: []*unicode.RangeTable{unicode.Ll, unicode.Other_Lowercase}},
	"Lower":       {tables: []*unicode.RangeTable{unicode.Ll, unicode.Other_Lowercase}},
	"Uppercase":   {tables: []*unicode.RangeTable{unicode.Lu, unicode.Other_Uppercase}},
	"Upper":       {tables: []*unicode.RangeTable{unicode.Lu, unicode.Other_Uppercase}},
	"Math":        {tables: []*unicode.RangeTable{unicode.Sm, unicode.Other_Math}},
	"ID_Start":    idStart,
	"IDS":         idStart,
	"XID_Start":   idStart,
	"ID_Continue": idContinue,
	"IDC":         idContinue,
	"XIDC":        idContinue,

	"Emoji":                 emoji("Emoji"),
	"Emoji_Presentation":    emoji("Emoji_Presentation"),
	"EPres":                 emoji("Emoji_Presentation"),
	"Emoji_Modifier":        emoji("Emoji_Modifier"),
	"Emoji_Modifier_Base":   emoji("Emoji_Modifier_Base"),
	"Emoji_Component":       emoji("Emoji_Component"),
	"Extended_Pictographic": emoji("Extended_Pictographic"),
	"ExtPict":               emoji("Extended_Pictographic"),
}

var (
	alphabetic = charset{tables: []*unicode.RangeTable{unicode.Lu, unicode.Ll, unicode.Lt, unicode.Lm, unicode.Lo, unicode.Nl, unicode.Other_Alphabetic}}
	idStart    = charset{tables: []*unicode.RangeTable{unicode.L, unicode.Nl, unicode.Other_ID_Start}, without: patternChars}
	idContinue = charset{
		tables:  []*unicode.RangeTable{unicode.L, unicode.Nl, unicode.Other_ID_Start, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue},
		without: patternChars,
	}
)

func emoji(name string) charset {
	return charset{tables: []*unicode.RangeTable{emojiTables[name]}}
}
