// JSON in as little as an adapter needs. Use your own library if you have one.
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects are LinkedHashMap, arrays are List, numbers are BigDecimal. */
public final class Json {
    private final String text;
    private int at = 0;

    private Json(String text) { this.text = text; }

    static Object read(String text) { return new Json(text).value(); }

    private char peek() {
        while (" \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
        return text.charAt(at);
    }

    private boolean take(char expected) {
        if (peek() != expected) return false;
        at++;
        return true;
    }

    private Object value() {
        switch (peek()) {
            case '{': {
                Map<String, Object> map = new LinkedHashMap<>();
                at++;
                if (take('}')) return map;
                do {
                    peek();
                    String name = string();
                    take(':');
                    map.put(name, value());
                } while (take(','));
                take('}');
                return map;
            }
            case '[': {
                List<Object> list = new ArrayList<>();
                at++;
                if (take(']')) return list;
                do list.add(value()); while (take(','));
                take(']');
                return list;
            }
            case '"': return string();
            case 't': at += 4; return true;
            case 'f': at += 5; return false;
            case 'n': at += 4; return null;
            default: {
                int from = at;
                while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
                return new BigDecimal(text.substring(from, at));
            }
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            if (c != '\\') { out.append(c); continue; }
            c = text.charAt(++at);
            if (c == 'u') {
                out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                at += 4;
            } else out.append("nrtbf".indexOf(c) < 0 ? c : "\n\r\t\b\f".charAt("nrtbf".indexOf(c)));
        }
        at++;
        return out.toString();
    }

    static String write(Object value) {
        if (value instanceof Map<?, ?> map)
            return "{" + String.join(",", map.entrySet().stream().map(e -> quote(e.getKey().toString()) + ":" + write(e.getValue())).toList()) + "}";
        if (value instanceof List<?> list) return "[" + String.join(",", list.stream().map(Json::write).toList()) + "]";
        if (value == null || value instanceof Boolean) return String.valueOf(value);
        return value instanceof Number number ? new BigDecimal(number.toString()).toPlainString() : quote(value.toString());
    }

    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray())
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < 0x20 || Character.isSurrogate(c)) out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        return out.append('"').toString();
    }
}
