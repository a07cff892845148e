package ksher;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON as signatures need it: numbers keep their lexeme, a doubled member is refused.
 * Values are String, Number, Boolean, null, List and Map (in the text's order).
 */
public final class Json {
    /** A number as it stands in the text: it is signed by its lexeme (SIG-012). */
    public record Number(String lexeme) {
        /** Its value where it is a plainly written integer of at most 2^53 - 1, else null (RSP-007). */
        public Long integer() {
            if (!lexeme.matches("-?[0-9]{1,16}")) return null;
            long value = Long.parseLong(lexeme);
            return Math.abs(value) < 1L << 53 ? value : null;
        }
    }

    /** The text is no JSON. */
    public static class Malformed extends Exception {
        Malformed(String what, int at) {
            super(what + " at index " + at);
        }
    }

    /** An object names a member twice: readers differ about which one counts (SEC-005). */
    public static final class Duplicate extends Malformed {
        Duplicate(String name, int at) {
            super("the member " + quote(name) + " stands twice", at);
        }
    }

    private static final int MAX_DEPTH = 128;
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    public static Object parse(String text) throws Malformed {
        Json parser = new Json(text);
        Object value = parser.value(0);
        parser.space();
        if (parser.at < text.length()) throw new Malformed("expected the end", parser.at);
        return value;
    }

    /** Orders texts as their UTF-8 bytes are ordered; String.compareTo orders UTF-16 units (SIG-002). */
    public static int compareBytes(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    /** A value as compact JSON with sorted names: how `data` signs what is no string (SIG-011). */
    public static String compact(Object value) {
        if (value instanceof String string) return quote(string);
        if (value instanceof Number number) return number.lexeme();
        StringBuilder made = new StringBuilder();
        if (value instanceof List<?> items) {
            for (Object item : items) made.append(made.isEmpty() ? "[" : ",").append(compact(item));
            return items.isEmpty() ? "[]" : made.append(']').toString();
        }
        if (value instanceof Map<?, ?> members) {
            members.keySet().stream().map(name -> (String) name).sorted(Json::compareBytes).forEach(name -> made
                .append(made.isEmpty() ? "{" : ",").append(quote(name)).append(':').append(compact(members.get(name))));
            return members.isEmpty() ? "{}" : made.append('}').toString();
        }
        return String.valueOf(value);
    }

    public static String quote(String string) {
        StringBuilder made = new StringBuilder("\"");
        for (char unit : string.toCharArray()) {
            switch (unit) {
                case '"', '\\' -> made.append('\\').append(unit);
                case '\b' -> made.append("\\b");
                case '\f' -> made.append("\\f");
                case '\n' -> made.append("\\n");
                case '\r' -> made.append("\\r");
                case '\t' -> made.append("\\t");
                default -> {
                    if (unit < 0x20) made.append(String.format("\\u%04x", (int) unit));
                    else made.append(unit);
                }
            }
        }
        return made.append('"').toString();
    }

    private Object value(int depth) throws Malformed {
        if (depth > MAX_DEPTH) throw new Malformed("too deep", at);
        space();
        if (take('{')) return object(depth);
        if (take('[')) return array(depth);
        if (take('"')) return string();
        if (word("true")) return true;
        if (word("false")) return false;
        if (word("null")) return null;
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) throw new Malformed("expected a value", at);
        at = number.end();
        return new Number(number.group());
    }

    private Map<String, Object> object(int depth) throws Malformed {
        Map<String, Object> members = new LinkedHashMap<>();
        space();
        if (take('}')) return members;
        do {
            space();
            int start = at;
            expect('"');
            String name = string();
            space();
            expect(':');
            if (members.containsKey(name)) throw new Duplicate(name, start);
            members.put(name, value(depth + 1));
            space();
        } while (take(','));
        expect('}');
        return members;
    }

    private List<Object> array(int depth) throws Malformed {
        List<Object> items = new ArrayList<>();
        space();
        if (take(']')) return items;
        do {
            items.add(value(depth + 1));
            space();
        } while (take(','));
        expect(']');
        return items;
    }

    private String string() throws Malformed {
        StringBuilder made = new StringBuilder();
        while (at < text.length()) {
            char unit = text.charAt(at++);
            if (unit == '"') return made.toString();
            if (unit < 0x20) break;
            made.append(unit == '\\' ? escape() : unit);
        }
        throw new Malformed("expected the end of a string", at);
    }

    private char escape() throws Malformed {
        char letter = at < text.length() ? text.charAt(at++) : 0;
        int simple = "\"\\/bfnrt".indexOf(letter);
        if (simple >= 0) return "\"\\/\b\f\n\r\t".charAt(simple);
        if (letter == 'u' && at + 4 <= text.length() && text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        throw new Malformed("expected an escape", at);
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at++;
    }

    private boolean take(char wanted) {
        boolean found = at < text.length() && text.charAt(at) == wanted;
        if (found) at++;
        return found;
    }

    private boolean word(String wanted) {
        boolean found = text.startsWith(wanted, at);
        if (found) at += wanted.length();
        return found;
    }

    private void expect(char wanted) throws Malformed {
        if (!take(wanted)) throw new Malformed("expected " + wanted, at);
    }
}
