package ksher;

import java.security.interfaces.RSAPublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges raw webhook bodies and counts each payment once (WHK-001 to WHK-004). */
public final class Webhook {
    private static final String ACCEPTED = "{\"result\": \"SUCCESS\", \"msg\": \"OK\"}";
    private static final String NOT_ACCEPTED = "{\"result\": \"FAIL\", \"msg\": \"NOT ACCEPTED\"}";
    private final RSAPublicKey publicKey;
    /** Which payments were reported; a shop keeps this in its database. */
    private final Set<List<Object>> seen = new HashSet<>();

    /** What a webhook came to, the body to answer with, and whether the payment is a new one. */
    public record Notified(String outcome, String reply, boolean newPayment) {}

    public Webhook(RSAPublicKey publicKey) {
        this.publicKey = publicKey;
    }

    @SuppressWarnings("unchecked")
    public synchronized Notified receive(String body) {
        Object parsed;
        try {
            parsed = Json.parse(body);
        } catch (Json.Duplicate twice) {
            return new Notified("untrusted", NOT_ACCEPTED, false);
        } catch (Json.Malformed bad) {
            return new Notified("unknown", NOT_ACCEPTED, false);
        }
        if (!(parsed instanceof Map<?, ?>)) return new Notified("unknown", NOT_ACCEPTED, false);
        Map<String, Object> envelope = (Map<String, Object>) parsed;
        if (Outcomes.untrusted(envelope, publicKey) != null) return new Notified("untrusted", NOT_ACCEPTED, false);
        Map<String, Object> data = (Map<String, Object>) envelope.get("data");
        Long code = Outcomes.code(envelope);
        if (code == null || code != 0 || !"SUCCESS".equals(data.get("result")))
            return new Notified("unknown", NOT_ACCEPTED, false);
        boolean isNew = seen.add(List.of(data.get("appid"), data.get("mch_order_no"), data.get("ksher_order_no")));
        return new Notified("paid", ACCEPTED, isNew);
    }
}
