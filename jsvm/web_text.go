package jsvm

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// The encodings that TextDecoder knows, by the name it reports.
const (
	encodingUTF8   = "utf-8"
	encodingUTF16  = "utf-16le"
	encodingLatin1 = "windows-1252"
)

// textNatives convert between texts and bytes.
func textNatives(env *environment) members {
	orNull := func(text string, ok bool) goja.Value {
		if !ok {
			return goja.Null()
		}
		return env.vm.ToValue(text)
	}
	return members{
		"encode": func(call goja.FunctionCall) goja.Value {
			return env.vm.ToValue(env.vm.NewArrayBuffer([]byte(call.Argument(0).String())))
		},
		"encodingName": func(call goja.FunctionCall) goja.Value {
			return env.vm.ToValue(encodingName(call.Argument(0).String()))
		},
		"complete": func(call goja.FunctionCall) goja.Value {
			return env.vm.ToValue(completeLength(binaryOf(call.Argument(0)), call.Argument(1).String()))
		},
		"decode": func(call goja.FunctionCall) goja.Value {
			return orNull(decodeText(binaryOf(call.Argument(0)), call.Argument(1).String(), call.Argument(2).ToBoolean()))
		},
		"atob": func(call goja.FunctionCall) goja.Value { return orNull(fromBase64(call.Argument(0).String())) },
		"btoa": func(call goja.FunctionCall) goja.Value { return orNull(toBase64(call.Argument(0).String())) },
	}
}

// encodingName returns the proper name of an encoding, "" for unknown ones.
func encodingName(label string) string {
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "utf-8", "utf8", "unicode-1-1-utf-8":
		return encodingUTF8
	case "utf-16le", "utf-16", "ucs-2", "unicode":
		return encodingUTF16
	case "latin1", "iso-8859-1", "ascii", "us-ascii", "windows-1252", "l1":
		return encodingLatin1
	}
	return ""
}

// completeLength returns how much of the bytes is there without a character
// that is cut off at the end.
func completeLength(b []byte, encoding string) int {
	switch encoding {
	case encodingUTF8:
		for i := len(b) - 1; i >= 0 && i >= len(b)-utf8.UTFMax; i-- {
			if utf8.RuneStart(b[i]) {
				if !utf8.FullRune(b[i:]) {
					return i
				}
				break
			}
		}
	case encodingUTF16:
		n := len(b) &^ 1
		if n >= 2 && utf16.IsSurrogate(rune(b[n-1])<<8|rune(b[n-2])) && b[n-1] < 0xdc {
			n -= 2
		}
		return n
	}
	return len(b)
}

// decodeText returns the text of bytes. Invalid ones become replacement
// characters; when they are fatal, ok tells that there are none.
func decodeText(b []byte, encoding string, fatal bool) (text string, ok bool) {
	switch encoding {
	case encodingUTF16:
		units := make([]uint16, 0, len(b)/2)
		for i := 0; i+1 < len(b); i += 2 {
			units = append(units, uint16(b[i])|uint16(b[i+1])<<8)
		}
		text = string(utf16.Decode(units))
		return text, !fatal || len(b)%2 == 0 && !strings.ContainsRune(text, utf8.RuneError)
	case encodingLatin1:
		runes := make([]rune, len(b))
		for i, c := range b {
			runes[i] = rune(c)
		}
		return string(runes), true
	}
	if utf8.Valid(b) {
		return string(b), true
	}
	var out strings.Builder
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			size = invalidLength(b)
		}
		out.WriteRune(r)
		b = b[size:]
	}
	return out.String(), !fatal
}

// invalidLength is how many bytes of an invalid sequence one replacement
// character stands for: as many as could have begun a character.
func invalidLength(b []byte) int {
	n := 1
	for n < len(b) && n < utf8.UTFMax && !utf8.RuneStart(b[n]) && !utf8.FullRune(b[:n+1]) {
		n++
	}
	return n
}

// toBase64 encodes a text whose characters stand for bytes.
func toBase64(text string) (string, bool) {
	b := make([]byte, 0, len(text))
	for _, r := range text {
		if r > 0xff {
			return "", false
		}
		b = append(b, byte(r))
	}
	return base64.StdEncoding.EncodeToString(b), true
}

// fromBase64 decodes into a text whose characters stand for bytes. White space
// and missing padding are fine.
func fromBase64(text string) (string, bool) {
	text = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\f', '\r':
			return -1
		}
		return r
	}, text)
	if len(text)%4 == 0 {
		text = strings.TrimSuffix(strings.TrimSuffix(text, "="), "=")
	}
	b, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return "", false
	}
	decoded, _ := decodeText(b, encodingLatin1, false)
	return decoded, true
}
