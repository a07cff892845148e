// JSON in as little as an adapter needs. Use your own library if you have one.
import java.math.BigDecimal

/** Objects are LinkedHashMap, arrays are ArrayList, numbers are BigDecimal. */
class Json private constructor(private val text: String) {
    private var at = 0

    private fun peek(): Char {
        while (text[at] in " \t\r\n") at++
        return text[at]
    }

    private fun take(expected: Char): Boolean {
        if (peek() != expected) return false
        at++
        return true
    }

    private fun value(): Any? = when (peek()) {
        '{' -> {
            val map = LinkedHashMap<String, Any?>()
            at++
            if (!take('}')) {
                do {
                    peek()
                    val name = string()
                    take(':')
                    map[name] = value()
                } while (take(','))
                take('}')
            }
            map
        }
        '[' -> {
            val list = ArrayList<Any?>()
            at++
            if (!take(']')) {
                do list.add(value()) while (take(','))
                take(']')
            }
            list
        }
        '"' -> string()
        't' -> { at += 4; true }
        'f' -> { at += 5; false }
        'n' -> { at += 4; null }
        else -> {
            val from = at
            while (at < text.length && text[at] in "+-.eE0123456789") at++
            BigDecimal(text.substring(from, at))
        }
    }

    private fun string(): String {
        val out = StringBuilder()
        at++
        while (text[at] != '"') {
            if (text[at] != '\\') {
                out.append(text[at++])
                continue
            }
            val c = text[at + 1]
            at += 2
            when (c) {
                'u' -> { out.append(text.substring(at, at + 4).toInt(16).toChar()); at += 4 }
                'n' -> out.append('\n')
                'r' -> out.append('\r')
                't' -> out.append('\t')
                'b' -> out.append('\b')
                'f' -> out.append('\u000c')
                else -> out.append(c)
            }
        }
        at++
        return out.toString()
    }

    companion object {
        fun read(text: String): Any? = Json(text).value()

        fun write(value: Any?): String = when (value) {
            null, is Boolean -> value.toString()
            is Map<*, *> -> value.entries.joinToString(",", "{", "}") { quote(it.key.toString()) + ":" + write(it.value) }
            is List<*> -> value.joinToString(",", "[", "]") { write(it) }
            is Number -> BigDecimal(value.toString()).toPlainString()
            else -> quote(value.toString())
        }

        private fun quote(text: String): String = text.map {
            if (it == '"' || it == '\\') "\\$it"
            else if (it < ' ' || it.isSurrogate()) "\\u%04x".format(it.code)
            else it.toString()
        }.joinToString("", "\"", "\"")
    }
}
