// Adapter of your client for Ksherproof: JSON Lines on stdin and stdout, one request a line, one answer a line.
// Build: kotlinc Adapter.kt Json.kt -include-runtime -d adapter.jar; run: java -jar adapter.jar
// Logs go to stderr: System.err.println. Nothing else may be printed.
import java.io.FileDescriptor
import java.io.FileOutputStream
import java.io.PrintStream

typealias Args = Map<String, Any?>
typealias Op = (Args) -> Map<String, Any?>

fun stub(op: String): Nothing = throw NotImplementedError("$op is not filled in")

// YOUR CLIENT: the exact text that it signs for args["params"]: mapOf("canonical" to text)
fun canonicalize(args: Args): Map<String, Any?> = stub("canonicalize")

// YOUR CLIENT: the signature of args["params"] with args["private_key_pkcs8"] (PEM): mapOf("sign" to hex)
fun sign(args: Args): Map<String, Any?> = stub("sign")

// YOUR CLIENT: whether args["sign"] fits args["data"] under args["public_key"]: mapOf("valid" to true)
fun verify(args: Args): Map<String, Any?> = stub("verify")

// YOUR CLIENT at args["base_url"], as args["appid"]: create args["mch_order_no"] over args["total_fee"]:
// mapOf("outcome" to "created"): or rejected, unknown
fun create(args: Args): Map<String, Any?> = stub("create")

// YOUR CLIENT at args["base_url"], with args["private_key_pkcs8"], args["timeout_ms"]: cancel args["mch_order_no"]:
// mapOf("outcome" to "cancelled"): or already_cancelled, already_paid, not_found, failed ...; a time-out that throws: unknown
fun cancel(args: Args): Map<String, Any?> = stub("cancel")

// YOUR CLIENT: query args["mch_order_no"], verify the answer with args["public_key"]:
// mapOf("outcome" to "paid"): or closed, unpaid, pending, failed, refunded, not_found, untrusted, unknown
fun query(args: Args): Map<String, Any?> = stub("query")

// YOUR SERVER'S HANDLER: args["body"] is the raw body: mapOf("outcome" to "paid", "reply" to text)
fun notify(args: Args): Map<String, Any?> = stub("notify")

// An operation is offered as soon as its function stands here in place of null.
val ops: Map<String, Op?> = linkedMapOf(
    "canonicalize" to null, // ::canonicalize
    "sign" to null, // ::sign
    "verify" to null, // ::verify
    "create" to null, // ::create
    "cancel" to null, // ::cancel
    "query" to null, // ::query
    "notify" to null, // ::notify
)

fun hello(args: Args): Map<String, Any?> = mapOf(
    "protocol" to 1,
    "name" to "my client",
    "version" to "0.1.0",
    "language" to "Kotlin",
    "ops" to ops.filterValues { it != null }.keys.toList(),
    "concurrent" to false,
)

@Suppress("UNCHECKED_CAST")
fun answer(request: Args): Map<String, Any?> {
    val id = request["id"]
    val op = request["op"].toString()
    return try {
        val found: Op? = if (op == "hello") ::hello else ops[op]
        if (found == null) mapOf("id" to id, "error" to mapOf("kind" to "unsupported", "message" to "no $op"))
        else mapOf("id" to id, "ok" to found((request["args"] ?: emptyMap<String, Any?>()) as Args))
    } catch (error: Throwable) {
        mapOf("id" to id, "error" to mapOf("kind" to "failed", "message" to error.toString()))
    }
}

@Suppress("UNCHECKED_CAST")
fun main() {
    val out = PrintStream(FileOutputStream(FileDescriptor.out), false, "UTF-8")
    System.`in`.bufferedReader(Charsets.UTF_8).forEachLine { line ->
        if (line.isNotBlank()) {
            out.print(Json.write(answer(Json.read(line) as Args)) + "\n")
            out.flush()
        }
    }
}
