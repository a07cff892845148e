//! What is signed (SIG-001 to SIG-005).

use std::collections::BTreeMap;

use crate::json::Json;
use crate::rsa::PublicKey;

/// Decoded names and values. `String` is ordered by its UTF-8 bytes, as the signature wants it (SIG-002).
pub type Params = BTreeMap<String, String>;

/// `name=value` of all params but `sign`, by name, with nothing between and values as they are.
pub fn canonical(params: &Params) -> String {
    let signed = params.iter().filter(|(name, _)| *name != "sign");
    signed.map(|(name, value)| format!("{name}={value}")).collect()
}

/// Whether a signature covers the members of `data`, all of them and only those (QRY-001, QRY-004).
pub fn verify_data(data: Option<&Json>, sign: Option<&Json>, key: &PublicKey) -> bool {
    let (Some(Json::Object(members)), Some(Json::Text(signature))) = (data, sign) else { return false };
    let text = |value: &Json| value.text().map_or_else(|| value.compact(), String::from);
    let params = members.iter().map(|(name, value)| (name.clone(), text(value))).collect();
    key.verify(&canonical(&params), signature)
}
