package ksher

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Number is a JSON number as it stands in the text (SIG-012).
type Number = json.Number

// ErrDuplicate says that an object names a member twice: readers differ about which one counts (SEC-005).
var ErrDuplicate = errors.New("an object has a member twice")

const maxDepth = 128

// ParseJSON reads a JSON text with lexemes kept, strictly: no duplicated member, no bytes that are no UTF-8, no half of
// a surrogate pair. encoding/json alone takes the last duplicate and puts U+FFFD for the other two.
func ParseJSON(text []byte) (any, error) {
	if !utf8.Valid(text) || !json.Valid(text) {
		return nil, errors.New("it is no JSON")
	}
	if err := loneSurrogate(text); err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return value(decoder, 0)
}

func value(decoder *json.Decoder, depth int) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	if depth++; depth > maxDepth {
		return nil, errors.New("it nests too deep")
	}
	switch token {
	case json.Delim('{'):
		members := map[string]any{}
		for decoder.More() {
			name, err := decoder.Token()
			if err != nil {
				return nil, err
			}
			if _, twice := members[name.(string)]; twice {
				return nil, fmt.Errorf("%w: %q", ErrDuplicate, name)
			}
			if members[name.(string)], err = value(decoder, depth); err != nil {
				return nil, err
			}
		}
		_, err = decoder.Token()
		return members, err
	case json.Delim('['):
		items := []any{}
		for decoder.More() {
			item, err := value(decoder, depth)
			if err != nil {
				return nil, err
			}
			items = append(items, item)
		}
		_, err = decoder.Token()
		return items, err
	}
	return token, nil
}

// loneSurrogate looks for an escape such as \ud83d without its other half: such a text has no UTF-8 (SIG-006).
func loneSurrogate(text []byte) error {
	var high bool
	for i := 0; i < len(text); i++ {
		unit := rune(-1)
		if text[i] == '\\' {
			if i++; text[i] == 'u' {
				code, _ := strconv.ParseUint(string(text[i+1:i+5]), 16, 32)
				unit, i = rune(code), i+4
			}
		}
		isLow := unit >= 0xdc00 && unit < 0xe000
		if high != isLow {
			return errors.New("it has half a surrogate pair")
		}
		high = utf16.IsSurrogate(unit) && !isLow
	}
	return nil
}

// Integer is the value of a plainly written integer of at most 2^53 - 1 (RSP-007).
func Integer(value any) (int64, bool) {
	number, ok := value.(Number)
	if !ok {
		return 0, false
	}
	whole, err := strconv.ParseInt(string(number), 10, 64)
	const most = 1<<53 - 1
	return whole, err == nil && whole >= -most && whole <= most
}
