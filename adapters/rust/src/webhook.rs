//! Webhooks (WHK-001 to WHK-004).

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use crate::json::{Json, JsonError};
use crate::outcomes::{code, trusted};
use crate::rsa::PublicKey;

const ACCEPTED: &str = r#"{"result": "SUCCESS", "msg": "OK"}"#;
const NOT_ACCEPTED: &str = r#"{"result": "FAIL", "msg": "NOT ACCEPTED"}"#;

/// Judges raw webhook bodies and counts each payment once.
pub struct Webhook {
    public_key: PublicKey,
    /// Which payments were reported; a shop keeps this in its database.
    seen: Mutex<HashSet<[String; 3]>>,
}

/// What a webhook came to, the body to answer it with, and whether it reports a payment for the first time.
pub struct Notified {
    pub outcome: &'static str,
    pub reply: &'static str,
    pub is_new: bool,
}

impl Webhook {
    pub fn new(public_key: PublicKey) -> Self {
        Self { public_key, seen: Mutex::default() }
    }

    /// Judges a raw body: accepted only for a trusted payment, a late one of a cancelled order among them.
    pub fn receive(&self, body: &str) -> Notified {
        let refused = |outcome| Notified { outcome, reply: NOT_ACCEPTED, is_new: false };
        let envelope = match Json::parse(body) {
            Ok(envelope @ Json::Object(_)) => envelope,
            Err(JsonError::Duplicate(_)) => return refused("untrusted"),
            _ => return refused("unknown"),
        };
        let Ok(data) = trusted(&envelope, &self.public_key) else { return refused("untrusted") };
        let text = |name: &str| data.get(name).and_then(Json::text).unwrap_or_default().to_string();
        if code(&envelope) != Some(0) || text("result") != "SUCCESS" {
            return refused("unknown");
        }
        let payment = ["appid", "mch_order_no", "ksher_order_no"].map(text);
        let is_new = self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(payment);
        Notified { outcome: "paid", reply: ACCEPTED, is_new }
    }
}
