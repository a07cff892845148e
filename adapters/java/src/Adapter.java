import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import ksher.Client;
import ksher.Json;
import ksher.Signing;
import ksher.Webhook;

/** The Java client behind the adapter protocol: java -cp adapters/java/build Adapter */
public final class Adapter {
    private static final List<String> OPS =
        List.of("canonicalize", "sign", "verify", "create", "cancel", "query", "notify");
    private static final Map<String, HttpClient> CLIENTS = new ConcurrentHashMap<>();
    private static final Map<String, Webhook> WEBHOOKS = new ConcurrentHashMap<>();
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] none) throws Exception {
        ExecutorService workers = Executors.newCachedThreadPool();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Map<?, ?> request = (Map<?, ?>) Json.parse(line);
            workers.execute(() -> OUT.print(Json.compact(answer(request)) + "\n"));
        }
        workers.shutdown();
        workers.awaitTermination(1, TimeUnit.SECONDS);
        System.exit(0);
    }

    private static Map<String, Object> answer(Map<?, ?> request) {
        Object id = request.get("id");
        try {
            Object ok = op((String) request.get("op"), (Map<?, ?>) request.get("args"));
            if (ok != null) return Map.of("id", id, "ok", ok);
            return Map.of("id", id, "error", Map.of("kind", "unsupported", "message", "no op " + request.get("op")));
        } catch (Exception broke) {
            return Map.of("id", id, "error", Map.of("kind", "failed", "message", broke.toString()));
        }
    }

    private static Map<String, ?> op(String op, Map<?, ?> args) throws Exception {
        return switch (op) {
            case "hello" -> Map.of("protocol", new Json.Number("1"), "name", "Java port", "version", "1",
                "language", "Java", "ops", OPS, "concurrent", true, "tls", true);
            case "canonicalize" -> Map.of("canonical", Signing.canonical(params(args)));
            case "sign" -> Map.of("sign",
                Signing.sign(Signing.canonical(params(args)), Signing.privateKey(text(args, "private_key"))));
            case "verify" -> Map.of("valid", verify(args));
            case "create" -> told(client(args).create(text(args, "mch_order_no"),
                ((Json.Number) args.get("total_fee")).integer(), text(args, "fee_type"), text(args, "channel_list"),
                args.containsKey("attach") ? Map.of("attach", text(args, "attach")) : Map.of()));
            case "cancel" -> cancel(args);
            case "query" -> told(client(args).query(text(args, "mch_order_no")));
            case "notify" -> {
                var key = Signing.publicKey(text(args, "public_key"));
                var found = WEBHOOKS.computeIfAbsent(text(args, "public_key"), pem -> new Webhook(key))
                    .receive(text(args, "body"));
                yield Map.of("outcome", found.outcome(), "reply", found.reply());
            }
            default -> null;
        };
    }

    private static boolean verify(Map<?, ?> args) throws Exception {
        try {
            Object data = Json.parse(text(args, "data_text"));
            return Signing.verifyData(data, args.get("sign"), Signing.publicKey(text(args, "public_key")));
        } catch (Json.Malformed bad) {
            return false;
        }
    }

    private static Map<String, ?> cancel(Map<?, ?> args) throws Exception {
        long began = System.nanoTime();
        Client client = client(args);
        Client.Result result = client.cancel(text(args, "mch_order_no"));
        if (result.outcome().equals("unknown") || result.outcome().equals("failed")) {
            // RTY-003: ask before the caller is told
            Duration left = client.timeout().minusNanos(System.nanoTime() - began);
            Duration within = left.toMillis() < 500 ? Duration.ofMillis(500) : left;
            System.err.println("the query says " + client.query(text(args, "mch_order_no"), within).outcome());
        }
        return told(result);
    }

    private static Map<String, ?> told(Client.Result result) {
        if (!result.because().isEmpty()) System.err.println(result.outcome() + ": " + result.because());
        if (result.payContent() == null) return Map.of("outcome", result.outcome());
        return Map.of("outcome", result.outcome(), "pay_content", result.payContent());
    }

    private static Client client(Map<?, ?> args) throws Exception {
        String ca = args.containsKey("ca") ? text(args, "ca") : "";
        HttpClient http = CLIENTS.get(ca);
        if (http == null) CLIENTS.put(ca, http = ca.isEmpty() ? Client.httpBuilder().build() : trusting(ca));
        return new Client(text(args, "base_url"), text(args, "appid"), Signing.privateKey(text(args, "private_key")),
            Signing.publicKey(text(args, "public_key")), (String) args.get("lang"),
            Duration.ofMillis(((Json.Number) args.get("timeout_ms")).integer()), http);
    }

    private static HttpClient trusting(String pem) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var certificate = CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        store.setCertificateEntry("ca", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return Client.httpBuilder().sslContext(context).build();
    }

    private static Map<String, String> params(Map<?, ?> args) {
        Map<String, String> params = new TreeMap<>();
        ((Map<?, ?>) args.get("params")).forEach((name, value) -> params.put((String) name, (String) value));
        return params;
    }

    private static String text(Map<?, ?> args, String name) {
        return (String) args.get(name);
    }
}
