//! What the caller may believe of an envelope.

use crate::canonical::verify_data;
use crate::json::Json;
use crate::rsa::PublicKey;

/// The code of gateway_pay for an order that is paid already.
const ORDER_IS_PAID: i64 = 1;
const TEXT_MEMBERS: [&str; 14] = [
    "appid",
    "attach",
    "cash_fee_type",
    "channel",
    "channel_order_no",
    "fee_type",
    "ksher_order_no",
    "mch_order_no",
    "nonce_str",
    "openid",
    "pay_mch_order_no",
    "rate",
    "result",
    "time_end",
];

/// An outcome, why where it is `unknown` or `untrusted`, and the payment link of a created order.
#[derive(Debug)]
pub struct Believed {
    pub outcome: &'static str,
    pub because: String,
    pub pay_content: Option<String>,
}

impl Believed {
    pub(crate) fn new(outcome: &'static str, because: impl Into<String>) -> Self {
        Self { outcome, because: because.into(), pay_content: None }
    }
}

fn cancel_outcome(code: i64) -> Option<&'static str> {
    Some(match code {
        0 => "cancelled",
        -1 => "rejected",
        -2 => "bad_signature",
        -3 => "not_found",
        -4 => "already_paid",
        -5 => "already_cancelled",
        -6 => "failed",
        _ => return None,
    })
}

fn query_outcome(result: &str) -> Option<&'static str> {
    Some(match result {
        "SUCCESS" => "paid",
        "CLOSED" => "closed",
        "NOTPAY" => "unpaid",
        "PENDING" | "USERPAYING" | "NOTSURE" => "pending",
        "PAYERROR" => "failed",
        "REFUND" => "refunded",
        "FAIL" => "not_found",
        _ => return None,
    })
}

pub(crate) fn code(envelope: &Json) -> Option<i64> {
    envelope.get("code").and_then(Json::integer)
}

/// The code decides, nothing else (RSP-001 to RSP-004); the answer carries no signature.
pub(crate) fn cancelled(envelope: &Json) -> Believed {
    match code(envelope).and_then(cancel_outcome) {
        Some(outcome) => Believed::new(outcome, ""),
        None => Believed::new("unknown", "the code is not documented"),
    }
}

pub(crate) fn created(envelope: &Json, key: &PublicKey) -> Believed {
    match code(envelope) {
        Some(0) if verify_data(envelope.get("data"), envelope.get("sign"), key) => {
            match envelope.get("data").and_then(|data| data.get("pay_content")).and_then(Json::text) {
                Some(link) if !link.is_empty() => {
                    Believed { pay_content: Some(link.into()), ..Believed::new("created", "") }
                }
                _ => Believed::new("unknown", "the signed data has no pay_content"),
            }
        }
        Some(0) => Believed::new("unknown", "the signature is not the gateway's over this data"),
        Some(code) if code == ORDER_IS_PAID || cancel_outcome(code).is_some() => Believed::new("rejected", ""),
        _ => Believed::new("unknown", "the code is not documented"),
    }
}

/// Signature, then shape, then whose order it is, then its result (QRY-001 to QRY-009).
pub(crate) fn queried(envelope: &Json, key: &PublicKey, order: &str, appid: &str) -> Believed {
    match code(envelope) {
        Some(0) => {}
        Some(-3) => return Believed::new("not_found", ""),
        _ => return Believed::new("unknown", "the code is not documented"),
    }
    let data = match trusted(envelope, key) {
        Ok(data) => data,
        Err(because) => return Believed::new("untrusted", because),
    };
    let text = |name: &str| data.get(name).and_then(Json::text);
    if text("mch_order_no") != Some(order) || text("appid") != Some(appid) {
        return Believed::new("untrusted", "the signed data is about another order or merchant");
    }
    match text("result").and_then(query_outcome) {
        Some(outcome) => Believed::new(outcome, ""),
        None => Believed::new("unknown", "the result is not documented"),
    }
}

/// The data of a query answer or webhook, or why it is not the gateway's word. Nothing separates the signed pairs, so
/// after the signature every documented member must be there, of its type (QRY-002, QRY-007).
pub(crate) fn trusted<'a>(envelope: &'a Json, key: &PublicKey) -> Result<&'a Json, String> {
    let data = envelope.get("data");
    let Some(data) = data.filter(|_| verify_data(data, envelope.get("sign"), key)) else {
        return Err("the signature is not the gateway's over this data".into());
    };
    if let Some(name) = TEXT_MEMBERS.iter().find(|name| data.get(name).and_then(Json::text).is_none()) {
        return Err(format!("{name} is not there as a string"));
    }
    let is_integer = |value: Option<&Json>| value.and_then(Json::integer).is_some();
    let cash = data.get("cash_fee");
    if is_integer(data.get("total_fee")) && (is_integer(cash) || cash.and_then(Json::text).is_some()) {
        Ok(data)
    } else {
        Err("total_fee or cash_fee is not there as an integer".into())
    }
}
