package ksher

import (
	"crypto/rsa"
	"sort"
	"strings"
)

// Canonical is the text that is signed: name=value of all params but sign, by name, ascending by byte, with nothing
// between and values as they are (SIG-001 to SIG-005).
func Canonical(params map[string]string) string {
	var text strings.Builder
	for _, name := range sortedNames(params) {
		if name != "sign" {
			text.WriteString(name + "=" + params[name])
		}
	}
	return text.String()
}

// VerifyData says whether a signature covers the members of data, all of them and only those (QRY-001, QRY-004).
func VerifyData(data, sign any, key *rsa.PublicKey) bool {
	members, isObject := data.(map[string]any)
	signature, isText := sign.(string)
	if !isObject || !isText {
		return false
	}
	params := make(map[string]string, len(members))
	for name, value := range members {
		if text, ok := value.(string); ok {
			params[name] = text
		} else {
			params[name] = compact(value)
		}
	}
	return Verify(Canonical(params), signature, key)
}

// compact is a JSON value as it is signed within data: without spaces, members by name, numbers by lexeme (SIG-011,
// SIG-012). encoding/json is no help: it escapes <, > and U+2028.
func compact(value any) string {
	switch value := value.(type) {
	case string:
		return quote(value)
	case Number:
		return string(value)
	case bool:
		if value {
			return "true"
		}
		return "false"
	case []any:
		items := make([]string, len(value))
		for i, item := range value {
			items[i] = compact(item)
		}
		return "[" + strings.Join(items, ",") + "]"
	case map[string]any:
		pairs := make([]string, 0, len(value))
		for _, name := range sortedNames(value) {
			pairs = append(pairs, quote(name)+":"+compact(value[name]))
		}
		return "{" + strings.Join(pairs, ",") + "}"
	}
	return "null"
}

func quote(text string) string {
	const hex = "0123456789abcdef"
	short := map[byte]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}
	var quoted strings.Builder
	quoted.WriteByte('"')
	for i := 0; i < len(text); i++ {
		c := text[i]
		if escape, ok := short[c]; ok {
			quoted.WriteString(escape)
		} else if c < 0x20 {
			quoted.WriteString(`\u00` + string(hex[c>>4]) + string(hex[c&15]))
		} else {
			quoted.WriteByte(c)
		}
	}
	quoted.WriteByte('"')
	return quoted.String()
}

func sortedNames[V any](members map[string]V) []string {
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
