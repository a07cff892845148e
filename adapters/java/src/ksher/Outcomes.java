package ksher;

import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;

/** What the caller may believe of an envelope. */
final class Outcomes {
    static final Map<Long, String> CANCEL = Map.of(
        0L, "cancelled", -1L, "rejected", -2L, "bad_signature", -3L, "not_found", -4L, "already_paid",
        -5L, "already_cancelled", -6L, "failed");
    private static final Map<String, String> QUERY = Map.of(
        "SUCCESS", "paid", "CLOSED", "closed", "NOTPAY", "unpaid", "PENDING", "pending", "USERPAYING", "pending",
        "NOTSURE", "pending", "PAYERROR", "failed", "REFUND", "refunded", "FAIL", "not_found");
    private static final List<String> TEXT_MEMBERS = List.of(
        "appid", "attach", "cash_fee_type", "channel", "channel_order_no", "fee_type", "ksher_order_no", "mch_order_no",
        "nonce_str", "openid", "pay_mch_order_no", "rate", "result", "time_end");
    /** The code of gateway_pay for an order that is paid already. */
    private static final long ORDER_IS_PAID = 1;

    private Outcomes() {}

    /** The code decides, nothing else (RSP-001 to RSP-004); the answer carries no signature. */
    static Client.Result cancel(Map<String, Object> envelope) {
        Long code = code(envelope);
        String outcome = code == null ? null : CANCEL.get(code);
        return outcome == null ? undocumented(envelope) : Client.Result.of(outcome);
    }

    static Client.Result create(Map<String, Object> envelope, RSAPublicKey key) {
        Long code = code(envelope);
        if (code == null) return undocumented(envelope);
        if (code == ORDER_IS_PAID || (code != 0 && CANCEL.containsKey(code))) return Client.Result.of("rejected");
        if (code != 0) return undocumented(envelope);
        if (!Signing.verifyData(envelope.get("data"), envelope.get("sign"), key))
            return Client.Result.of("unknown", "the signature is not the gateway's over this data");
        Object link = ((Map<?, ?>) envelope.get("data")).get("pay_content");
        return link instanceof String text && !text.isEmpty()
            ? new Client.Result("created", "", text)
            : Client.Result.of("unknown", "the signed data has no pay_content");
    }

    /** Signature, then shape, then whose order it is, then its result (QRY-001 to QRY-009). */
    static Client.Result query(Map<String, Object> envelope, RSAPublicKey key, String order, String appid) {
        Long code = code(envelope);
        if (code != null && code == -3) return Client.Result.of("not_found");
        if (code == null || code != 0) return undocumented(envelope);
        String because = untrusted(envelope, key);
        if (because != null) return Client.Result.of("untrusted", because);
        Map<?, ?> data = (Map<?, ?>) envelope.get("data");
        if (!order.equals(data.get("mch_order_no")) || !appid.equals(data.get("appid")))
            return Client.Result.of("untrusted", "the signed data is about another order or merchant");
        String outcome = QUERY.get((String) data.get("result"));
        return outcome == null ? Client.Result.of("unknown", "the result is not documented") : Client.Result.of(outcome);
    }

    /**
     * Why a query answer or webhook is not the gateway's word, or null. Nothing separates the signed pairs, so after the
     * signature every documented member must be there, of its type (QRY-002, QRY-007).
     */
    static String untrusted(Map<String, Object> envelope, RSAPublicKey key) {
        if (!Signing.verifyData(envelope.get("data"), envelope.get("sign"), key))
            return "the signature is not the gateway's over this data";
        Map<?, ?> data = (Map<?, ?>) envelope.get("data");
        for (String name : TEXT_MEMBERS)
            if (!(data.get(name) instanceof String)) return name + " is not there as a string";
        if (!isInteger(data.get("total_fee"))) return "total_fee is not there as an integer";
        Object cash = data.get("cash_fee");
        return cash instanceof String || isInteger(cash) ? null : "cash_fee is not there as an integer";
    }

    static Long code(Map<String, Object> envelope) {
        return envelope.get("code") instanceof Json.Number number ? number.integer() : null;
    }

    private static boolean isInteger(Object value) {
        return value instanceof Json.Number number && number.integer() != null;
    }

    private static Client.Result undocumented(Map<String, Object> envelope) {
        return Client.Result.of("unknown", "the code " + Json.compact(envelope.get("code")) + " is not documented");
    }
}
