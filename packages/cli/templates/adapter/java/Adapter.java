// Adapter of your client for Ksherproof: JSON Lines on stdin and stdout, one request a line, one answer a line.
// Build: javac -d out Adapter.java Json.java; run: java -cp out Adapter (Java 17 and later).
// Logs go to stderr: System.err.println. Nothing else may be printed.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class Adapter {
    interface Op { Map<String, Object> run(Map<String, Object> args) throws Exception; }

    // YOUR CLIENT: the exact text that it signs for args.get("params"): return Map.of("canonical", text);
    static Map<String, Object> canonicalize(Map<String, Object> args) { throw stub("canonicalize"); }

    // YOUR CLIENT: the signature of args.get("params") with args.get("private_key_pkcs8") (PEM): Map.of("sign", hex)
    static Map<String, Object> sign(Map<String, Object> args) { throw stub("sign"); }

    // YOUR CLIENT: whether args.get("sign") fits args.get("data") ("data_text") under args.get("public_key"): Map.of("valid", true)
    static Map<String, Object> verify(Map<String, Object> args) { throw stub("verify"); }

    // YOUR CLIENT at args.get("base_url"), as args.get("appid"): create args.get("mch_order_no"):
    // Map.of("outcome", "created"): or rejected, unknown
    static Map<String, Object> create(Map<String, Object> args) { throw stub("create"); }

    // YOUR CLIENT at args.get("base_url"), with args.get("private_key_pkcs8"): cancel args.get("mch_order_no"):
    // Map.of("outcome", "cancelled"): or already_cancelled, already_paid, not_found, failed ...; a time-out that throws: unknown
    static Map<String, Object> cancel(Map<String, Object> args) { throw stub("cancel"); }

    // YOUR CLIENT: query args.get("mch_order_no"), verify the answer with args.get("public_key"):
    // Map.of("outcome", "paid"): or closed, unpaid, pending, failed, refunded, not_found, untrusted, unknown
    static Map<String, Object> query(Map<String, Object> args) { throw stub("query"); }

    // YOUR SERVER'S HANDLER: args.get("body") is the raw body: Map.of("outcome", "paid", "reply", text)
    static Map<String, Object> notify(Map<String, Object> args) { throw stub("notify"); }

    static final Map<String, Op> OPS = new LinkedHashMap<>();
    static {
        // An operation is offered as soon as its method stands here in place of null.
        OPS.put("canonicalize", null); // Adapter::canonicalize
        OPS.put("sign", null); // Adapter::sign
        OPS.put("verify", null); // Adapter::verify
        OPS.put("create", null); // Adapter::create
        OPS.put("cancel", null); // Adapter::cancel
        OPS.put("query", null); // Adapter::query
        OPS.put("notify", null); // Adapter::notify
    }

    static RuntimeException stub(String op) { return new UnsupportedOperationException(op + " is not filled in"); }

    static Map<String, Object> hello() {
        List<String> ops = OPS.keySet().stream().filter(op -> OPS.get(op) != null).toList();
        return Map.of("protocol", 1, "name", "my client", "version", "0.1.0", "language", "Java", "ops", ops, "concurrent", false);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> answer(Map<String, Object> request) {
        Object id = request.get("id");
        String op = (String) request.get("op");
        try {
            if (op.equals("hello")) return Map.of("id", id, "ok", hello());
            Op run = OPS.get(op);
            if (run == null) return Map.of("id", id, "error", Map.of("kind", "unsupported", "message", "no " + op));
            return Map.of("id", id, "ok", run.run((Map<String, Object>) request.getOrDefault("args", Map.of())));
        } catch (Exception error) {
            return Map.of("id", id, "error", Map.of("kind", "failed", "message", String.valueOf(error)));
        }
    }

    @SuppressWarnings("unchecked")
    public static void main(String[] argv) throws Exception {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isBlank()) continue;
            out.print(Json.write(answer((Map<String, Object>) Json.read(line))) + "\n");
            out.flush();
        }
    }
}
