<?php

declare(strict_types=1);

namespace Ksher;

/** The text is no JSON. */
class MalformedJson extends \Exception {}

/** An object names a member twice: readers differ about which one counts (SEC-005). */
final class DuplicateMember extends MalformedJson {}

/** A JSON number as it stands in the text: it is signed by its lexeme (SIG-012). */
final class Number
{
    public function __construct(public readonly string $lexeme) {}

    /** Its value where it is a plainly written integer of at most 2^53 - 1, else null (RSP-007). */
    public function integer(): ?int
    {
        if (!preg_match('/^-?[0-9]{1,16}$/D', $this->lexeme)) {
            return null;
        }
        $value = (int) $this->lexeme;
        return abs($value) < 2 ** 53 ? $value : null;
    }
}

/** A JSON object in the text's order. A PHP array would turn the name "1" into an integer. */
final class Members
{
    /** @param list<array{string, mixed}> $pairs */
    public function __construct(public readonly array $pairs) {}

    public function get(string $name): mixed
    {
        foreach ($this->pairs as [$other, $value]) {
            if ($other === $name) {
                return $value;
            }
        }
        return null;
    }
}

/** JSON as signatures need it: json_decode rounds numbers and takes the last of two members with one name. */
final class Json
{
    private const MAX_DEPTH = 128;
    private const ESCAPES = [
        '"' => '"', '\\' => '\\', '/' => '/', 'b' => "\x08", 'f' => "\f", 'n' => "\n", 'r' => "\r", 't' => "\t",
    ];
    private int $at = 0;

    private function __construct(private readonly string $text) {}

    /** Strings, Number, booleans, null, lists as arrays, objects as Members. Throws MalformedJson. */
    public static function parse(string $text): mixed
    {
        if (!preg_match('//u', $text)) {
            throw new MalformedJson('it is no UTF-8');
        }
        $parser = new self($text);
        $value = $parser->value(0);
        $parser->match('/\G[ \t\n\r]*/');
        if ($parser->at < strlen($text)) {
            throw new MalformedJson("expected the end at byte {$parser->at}");
        }
        return $value;
    }

    /** A value as compact JSON with names sorted by byte: how `data` signs what is no string (SIG-011). */
    public static function compact(mixed $value): string
    {
        if ($value instanceof Number) {
            return $value->lexeme;
        }
        if ($value instanceof Members) {
            $pairs = $value->pairs;
            usort($pairs, fn ($a, $b) => strcmp($a[0], $b[0]));
            $texts = array_map(fn ($pair) => self::compact($pair[0]) . ':' . self::compact($pair[1]), $pairs);
            return '{' . implode(',', $texts) . '}';
        }
        if (is_array($value)) {
            return '[' . implode(',', array_map(self::compact(...), $value)) . ']';
        }
        $flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_LINE_TERMINATORS;
        return json_encode($value, $flags | JSON_THROW_ON_ERROR);
    }

    private function value(int $depth): mixed
    {
        if ($depth > self::MAX_DEPTH) {
            throw new MalformedJson('it nests too deep');
        }
        $this->match('/\G[ \t\n\r]*/');
        $word = $this->match('/\G(?:true|false|null)/');
        if ($word !== null) {
            return ['true' => true, 'false' => false, 'null' => null][$word];
        }
        $number = $this->match('/\G-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/');
        if ($number !== null) {
            return new Number($number);
        }
        return match ($this->text[$this->at] ?? '') {
            '{' => $this->members($depth),
            '[' => $this->items($depth),
            '"' => $this->string(),
            default => throw new MalformedJson("expected a value at byte {$this->at}"),
        };
    }

    private function members(int $depth): Members
    {
        $pairs = [];
        $seen = [];
        $this->at += 1;
        if ($this->token('}', true)) {
            return new Members([]);
        }
        do {
            $this->match('/\G[ \t\n\r]*/');
            $name = $this->string();
            if (isset($seen["$name"])) {
                throw new DuplicateMember('the member ' . self::compact($name) . ' stands twice');
            }
            $seen["$name"] = true;
            $this->token(':');
            $pairs[] = [$name, $this->value($depth + 1)];
        } while ($this->token(',', true));
        $this->token('}');
        return new Members($pairs);
    }

    /** @return list<mixed> */
    private function items(int $depth): array
    {
        $items = [];
        $this->at += 1;
        if ($this->token(']', true)) {
            return [];
        }
        do {
            $items[] = $this->value($depth + 1);
        } while ($this->token(',', true));
        $this->token(']');
        return $items;
    }

    private function string(): string
    {
        $this->token('"');
        $made = '';
        while (true) {
            $made .= $this->match('/\G[^"\\\\\x00-\x1f]+/') ?? '';
            if ($this->token('"', true, false)) {
                return $made;
            }
            $made .= $this->escape();
        }
    }

    private function escape(): string
    {
        $escape = $this->match('/\G\\\\(?:["\\\\\/bfnrt]|u[0-9a-fA-F]{4})/');
        if ($escape === null) {
            throw new MalformedJson("expected more of a string at byte {$this->at}");
        }
        if ($escape[1] !== 'u') {
            return self::ESCAPES[$escape[1]];
        }
        $unit = hexdec(substr($escape, 2));
        if ($unit < 0xD800 || $unit >= 0xE000) {
            return self::utf8($unit);
        }
        $low = $unit < 0xDC00 ? $this->match('/\G\\\\u[dD][c-fC-F][0-9a-fA-F]{2}/') : null;
        if ($low === null) {
            throw new MalformedJson('half a surrogate pair, which has no UTF-8'); // SIG-006
        }
        return self::utf8(0x10000 + (($unit - 0xD800) << 10) + hexdec(substr($low, 2)) - 0xDC00);
    }

    private static function utf8(int $point): string
    {
        return match (true) {
            $point < 0x80 => chr($point),
            $point < 0x800 => pack('C*', 0xC0 | $point >> 6, 0x80 | $point & 63),
            $point < 0x10000 => pack('C*', 0xE0 | $point >> 12, 0x80 | $point >> 6 & 63, 0x80 | $point & 63),
            default => pack(
                'C*',
                0xF0 | $point >> 18,
                0x80 | $point >> 12 & 63,
                0x80 | $point >> 6 & 63,
                0x80 | $point & 63,
            ),
        };
    }

    private function token(string $wanted, bool $maybe = false, bool $space = true): bool
    {
        if ($space) {
            $this->match('/\G[ \t\n\r]*/');
        }
        $found = ($this->text[$this->at] ?? '') === $wanted;
        if ($found) {
            $this->at += 1;
        } elseif (!$maybe) {
            throw new MalformedJson("expected $wanted at byte {$this->at}");
        }
        return $found;
    }

    private function match(string $pattern): ?string
    {
        if (!preg_match($pattern, $this->text, $found, 0, $this->at)) {
            return null;
        }
        $this->at += strlen($found[0]);
        return $found[0];
    }
}
