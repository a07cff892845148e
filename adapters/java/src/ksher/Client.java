package ksher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A client of Ksher Gateway Pay; Java 17 or later, no libraries. Calls return outcomes for whatever the gateway and the
 * network do. The ids in comments are requirements of the protocol.
 *
 * @param baseUrl https://gateway.ksher.com/api; the endpoint is appended and nothing else changed
 * @param lang en, cn, th or null
 * @param timeout for each exchange as a whole, to the last byte (RSP-008)
 * @param http one that follows no redirects (SEC-003) and verifies certificates (SEC-002), as {@link #httpBuilder()} does
 */
public record Client(
    String baseUrl, String appid, RSAPrivateKey privateKey, RSAPublicKey publicKey, String lang, Duration timeout,
    HttpClient http) {

    private static final int MOST_ANSWER_BYTES = 1 << 20;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DateTimeFormatter TIME_STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    /** An outcome, why where it is unknown or untrusted, and the payment link of a created order. */
    public record Result(String outcome, String because, String payContent) {
        static Result of(String outcome) {
            return new Result(outcome, "", null);
        }

        static Result of(String outcome, String because) {
            return new Result(outcome, because, null);
        }
    }

    /** No envelope came. */
    private static final class NoEnvelope extends Exception {
        final boolean doubled;

        NoEnvelope(String why, boolean doubled) {
            super(why);
            this.doubled = doubled;
        }
    }

    public static HttpClient.Builder httpBuilder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
    }

    /** Creates an order: `created` only with a payment link that the gateway signed. totalFee is in satang. */
    public Result create(String order, long totalFee, String feeType, String channelList, Map<String, String> more) {
        Map<String, String> fields = new TreeMap<>(more);
        fields.putAll(Map.of("mch_order_no", order, "total_fee", Long.toString(totalFee), "fee_type", feeType,
            "channel_list", channelList));
        try {
            return Outcomes.create(call("/gateway_pay", fields, timeout), publicKey);
        } catch (NoEnvelope none) {
            return Result.of("unknown", none.getMessage());
        }
    }

    public Result cancel(String order) {
        try {
            return Outcomes.cancel(call("/cancel_order", Map.of("mch_order_no", order), timeout));
        } catch (NoEnvelope none) {
            return Result.of("unknown", none.getMessage());
        }
    }

    public Result query(String order) {
        return query(order, timeout);
    }

    public Result query(String order, Duration within) {
        try {
            var envelope = call("/gateway_order_query", Map.of("mch_order_no", order), within);
            return Outcomes.query(envelope, publicKey, order, appid);
        } catch (NoEnvelope none) {
            return Result.of(none.doubled ? "untrusted" : "unknown", none.getMessage());
        }
    }

    /** Signs and posts a form with a nonce and a time stamp of its own (REQ-008, RTY-002), and opens the envelope. */
    private Map<String, Object> call(String path, Map<String, String> fields, Duration within) throws NoEnvelope {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        Map<String, String> params = new TreeMap<>(fields);
        params.put("appid", appid);
        params.put("nonce_str", HexFormat.of().formatHex(nonce));
        params.put("time_stamp", LocalDateTime.now(ZoneOffset.UTC).format(TIME_STAMP));
        if (lang != null) params.put("lang", lang);
        try {
            params.put("sign", Signing.sign(Signing.canonical(params), privateKey));
        } catch (GeneralSecurityException | CharacterCodingException unsigned) {
            throw new IllegalArgumentException("it cannot be signed", unsigned);
        }
        String form = params.entrySet().stream()
            .map(param -> encode(param.getKey()) + "=" + encode(param.getValue()))
            .collect(Collectors.joining("&"));
        byte[] body = post(baseUrl + path, form, within);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            if (Json.parse(text) instanceof Map<?, ?> envelope) {
                @SuppressWarnings("unchecked")
                Map<String, Object> members = (Map<String, Object>) envelope;
                return members;
            }
            throw new NoEnvelope("the answer is no JSON object", false);
        } catch (Json.Malformed | CharacterCodingException bad) {
            throw new NoEnvelope("the answer is no JSON: " + bad.getMessage(), bad instanceof Json.Duplicate);
        }
    }

    private byte[] post(String url, String form, Duration within) throws NoEnvelope {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form, StandardCharsets.US_ASCII))
            .build();
        // HttpRequest.timeout ends with the answer's headers; this one ends with its last byte (RSP-008).
        CompletableFuture<HttpResponse<InputStream>> exchange =
            http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        CompletableFuture<byte[]> body = exchange.thenApplyAsync(Client::read);
        try {
            return body.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException broke) {
            throw new NoEnvelope("the exchange broke off: " + broke.getCause(), false);
        } catch (TimeoutException late) {
            throw new NoEnvelope("time-out", false);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NoEnvelope("interrupted; the request may have arrived", false);
        } finally {
            exchange.whenComplete((response, failure) -> {
                if (response != null) close(response.body());
            });
            exchange.cancel(true);
        }
    }

    private static byte[] read(HttpResponse<InputStream> response) {
        try (InputStream answer = response.body()) {
            if (response.statusCode() != 200) throw new IOException("HTTP status " + response.statusCode());
            byte[] body = answer.readNBytes(MOST_ANSWER_BYTES + 1);
            if (body.length > MOST_ANSWER_BYTES) throw new IOException("the answer is larger than 1 MiB");
            return body;
        } catch (IOException broke) {
            throw new java.io.UncheckedIOException(broke);
        }
    }

    private static void close(InputStream answer) {
        try {
            answer.close();
        } catch (IOException closedAlready) {
            // nothing is left to do
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
