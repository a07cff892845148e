//! Calls of the gateway.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::canonical::{canonical, Params};
use crate::json::{Json, JsonError};
use crate::outcomes::{cancelled, created, queried, Believed};
use crate::rsa::{PrivateKey, PublicKey};

pub struct Client {
    /// `https://gateway.ksher.com/api`; the endpoint is appended and nothing else changed.
    pub base_url: String,
    pub appid: String,
    pub private_key: PrivateKey,
    /// The gateway's (QRY-008).
    pub public_key: PublicKey,
    /// `en`, `cn`, `th`, or none.
    pub lang: Option<String>,
    /// For each exchange as a whole (RSP-008).
    pub timeout: Duration,
    /// Posts a form to a URL within a time-out: [`crate::post`], or one over a library that speaks TLS.
    pub post: fn(&str, &str, Duration) -> Result<Vec<u8>, String>,
}

/// Why no envelope came: what was wrong, and whether a member stood twice.
struct NoEnvelope(String, bool);

impl Client {
    /// Creates an order from the documented fields of gateway_pay (`mch_order_no`, `total_fee` in satang, `fee_type`,
    /// `channel_list`, ...): `created` only with a payment link that the gateway signed.
    pub fn create(&self, order: Params) -> Believed {
        match self.call("/gateway_pay", order, self.timeout) {
            Ok(envelope) => created(&envelope, &self.public_key),
            Err(NoEnvelope(because, _)) => Believed::new("unknown", because),
        }
    }

    /// Cancels an order. Its answer carries no signature, so after `unknown` or `failed` the order is queried before the
    /// caller is told (RTY-003).
    pub fn cancel(&self, order: &str) -> Believed {
        let began = Instant::now();
        let believed = match self.call("/cancel_order", only(order), self.timeout) {
            Ok(envelope) => cancelled(&envelope),
            Err(NoEnvelope(because, _)) => Believed::new("unknown", because),
        };
        if !matches!(believed.outcome, "unknown" | "failed") {
            return believed;
        }
        let left = self.timeout.saturating_sub(began.elapsed()).max(Duration::from_millis(500));
        let found = self.query_within(order, left).outcome;
        Believed { because: format!("{}; a query says {found}", believed.because), ..believed }
    }

    pub fn query(&self, order: &str) -> Believed {
        self.query_within(order, self.timeout)
    }

    fn query_within(&self, order: &str, timeout: Duration) -> Believed {
        match self.call("/gateway_order_query", only(order), timeout) {
            Ok(envelope) => queried(&envelope, &self.public_key, order, &self.appid),
            Err(NoEnvelope(because, twice)) => Believed::new(if twice { "untrusted" } else { "unknown" }, because),
        }
    }

    /// Signs and posts a form with a nonce and a time stamp of its own (REQ-008, RTY-002), and opens the envelope.
    fn call(&self, path: &str, mut params: Params, timeout: Duration) -> Result<Json, NoEnvelope> {
        params.insert("appid".into(), self.appid.clone());
        params.insert("nonce_str".into(), nonce());
        params.insert("time_stamp".into(), time_stamp(SystemTime::now()));
        if let Some(lang) = &self.lang {
            params.insert("lang".into(), lang.clone());
        }
        let no_envelope = |because: String| NoEnvelope(because, false);
        let sign = self.private_key.sign(&canonical(&params)).map_err(no_envelope)?;
        params.insert("sign".into(), sign);
        let form: Vec<_> = params.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let body = (self.post)(&format!("{}{path}", self.base_url), &form.join("&"), timeout).map_err(no_envelope)?;
        let text = String::from_utf8(body).map_err(|_| no_envelope("the answer is no UTF-8".into()))?;
        match Json::parse(&text) {
            Ok(envelope @ Json::Object(_)) => Ok(envelope),
            Ok(_) => Err(no_envelope("the answer is no JSON object".into())),
            Err(JsonError::Duplicate(name)) => Err(NoEnvelope(format!("{name} stands twice in the answer"), true)),
            Err(JsonError::Malformed(at)) => Err(no_envelope(format!("the answer is no JSON from byte {at} on"))),
        }
    }
}

fn only(order: &str) -> Params {
    Params::from([("mch_order_no".into(), order.into())])
}

/// Percent-encoding that every form decoder undoes exactly (REQ-006).
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._*".contains(&byte) {
            encoded.push(byte as char);
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// 32 hex digits. The library has no random numbers, but seeds the keys of its hash maps (SipHash) from the system's.
fn nonce() -> String {
    let half = || RandomState::new().build_hasher().finish();
    thread_local!(static SEED: (RandomState, RandomState) = (RandomState::new(), RandomState::new()));
    let salt = half();
    SEED.with(|(a, b)| format!("{:016x}{:016x}", a.hash_one(salt), b.hash_one(salt)))
}

/// `yyyyMMddHHmmss`, UTC (REQ-007).
fn time_stamp(now: SystemTime) -> String {
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, rest) = (seconds / 86_400 + 719_468, seconds % 86_400);
    // Days since 0000-03-01: years begin in March, so that leap days come last.
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let march_month = (5 * of_year + 2) / 153;
    let (month, date) = ((march_month + 2) % 12 + 1, of_year - (153 * march_month + 2) / 5 + 1);
    let year = year + era * 400 + u64::from(month <= 2);
    format!("{year:04}{month:02}{date:02}{:02}{:02}{:02}", rest / 3600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn time_stamps_know_leap_days_and_new_years() {
        let at = |seconds| super::time_stamp(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "19700101000000");
        assert_eq!(at(951_782_400), "20000229000000");
        assert_eq!(at(1_767_225_599), "20251231235959");
        assert_eq!(at(1_835_481_601), "20280301000001");
    }
}
