// Adapter of your client for Ksherproof: JSON Lines on stdin and stdout, one request a line, one answer a line.
// Build: cargo build --release; run: target/release/adapter. Logs go to stderr: eprintln!. Nothing else may be printed.
// For the signature: the crates rsa and md-5 (feature oid), or openssl. ring has no MD5 and no keys under 2048 bits.
#![allow(dead_code)]
mod json;

use json::{object, Json};
use std::io::{BufRead, Write};

type Op = fn(&Json) -> Result<Json, String>;

// YOUR CLIENT: the exact text that it signs for args.get("params"): Ok(object([("canonical", text.into())]))
fn canonicalize(_args: &Json) -> Result<Json, String> {
    Err("canonicalize is not filled in".into())
}

// YOUR CLIENT: the signature of args.get("params") with args.text("private_key") (PEM): ("sign", hex.into())
fn sign(_args: &Json) -> Result<Json, String> {
    Err("sign is not filled in".into())
}

// YOUR CLIENT: whether args.text("sign") fits args.text("data_text"): ("valid", Json::Bool(true))
fn verify(_args: &Json) -> Result<Json, String> {
    Err("verify is not filled in".into())
}

// YOUR CLIENT at args.text("base_url"): create args.text("mch_order_no"): ("outcome", "created".into())
fn create(_args: &Json) -> Result<Json, String> {
    Err("create is not filled in".into())
}

// YOUR CLIENT at args.text("base_url"), with args.text("private_key"): cancel args.text("mch_order_no"):
// ("outcome", "cancelled".into()): or already_cancelled, already_paid, not_found, failed ...; a time-out that throws: unknown
fn cancel(_args: &Json) -> Result<Json, String> {
    Err("cancel is not filled in".into())
}

// YOUR CLIENT: query args.text("mch_order_no"), verify with args.text("public_key"): ("outcome", "paid".into())
fn query(_args: &Json) -> Result<Json, String> {
    Err("query is not filled in".into())
}

// YOUR SERVER'S HANDLER: args.text("body") is the raw body: ("outcome", "paid".into()), ("reply", text.into())
fn notify(_args: &Json) -> Result<Json, String> {
    Err("notify is not filled in".into())
}

// An operation is offered as soon as its function stands here in place of None: Some(cancel).
const OPS: [(&str, Option<Op>); 7] = [
    ("canonicalize", None), ("sign", None), ("verify", None),
    ("create", None), ("cancel", None), ("query", None), ("notify", None),
];

fn hello() -> Json {
    let ops = OPS.iter().filter(|(_, run)| run.is_some()).map(|(name, _)| (*name).into()).collect();
    object([
        ("protocol", Json::Number("1".into())), ("name", "my client".into()), ("version", "0.1.0".into()),
        ("language", "Rust".into()), ("ops", Json::List(ops)), ("concurrent", Json::Bool(false)),
    ])
}

fn main() {
    for line in std::io::stdin().lock().lines() {
        let Some(request) = line.ok().and_then(|text| json::read(&text)) else { continue };
        let op = request.text("op");
        let found = OPS.iter().find(|(name, _)| *name == op).and_then(|(_, run)| *run);
        let args = request.get("args").cloned().unwrap_or_else(|| object([]));
        let error = |kind: &str, message: String| ("error", object([("kind", kind.into()), ("message", message.into())]));
        let body = match (op, found) {
            ("hello", _) => ("ok", hello()),
            (_, None) => error("unsupported", format!("no {op}")),
            (_, Some(run)) => run(&args).map_or_else(|message| error("failed", message), |ok| ("ok", ok)),
        };
        let id = request.get("id").cloned().unwrap_or(Json::Null);
        println!("{}", object([("id", id), body]).write());
        std::io::stdout().flush().ok();
    }
}
