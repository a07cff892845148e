//! The Rust client behind the adapter protocol: cargo build --release, then adapters/rust/target/release/adapter

use std::collections::HashMap;
use std::io::{stdin, stdout, BufRead, Write};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use ksher::{canonical, post, verify_data, Believed, Client, Json, Params, PrivateKey, PublicKey, Webhook};

const OPS: [&str; 7] = ["canonicalize", "sign", "verify", "create", "cancel", "query", "notify"];

type Webhooks = Mutex<HashMap<String, Arc<Webhook>>>;

fn main() {
    let webhooks: Arc<Webhooks> = Arc::default();
    let mut running = Vec::new();
    for line in stdin().lock().lines() {
        let line = line.expect("stdin is UTF-8");
        let (request, halved) = read(&line);
        let webhooks = webhooks.clone();
        running.retain(|thread: &thread::JoinHandle<()>| !thread.is_finished());
        running.push(thread::spawn(move || {
            let answer = answer(&request, halved, &webhooks).compact();
            writeln!(stdout().lock(), "{answer}").expect("stdout is open");
        }));
    }
    for thread in running {
        thread.join().expect("an operation ends");
    }
}

/// A request, or one without the halves of surrogate pairs, which no Rust string can hold: then `true` stands beside it.
/// JSON.stringify escapes no others; `data_text` is JSON within JSON, its backslashes are doubled, and it stays whole.
fn read(line: &str) -> (Json, bool) {
    if let Ok(request) = Json::parse(line) {
        return (request, false);
    }
    let (mut kept, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once('\\') {
        kept.push_str(before);
        let is_half = after.len() >= 5 && after.is_char_boundary(2) && matches!(&after[..2], "ud" | "uD");
        let length = if is_half { 5 } else { 1 };
        if !is_half {
            kept.push('\\');
            kept.push_str(&after[..length]);
        }
        rest = &after[length..];
    }
    kept.push_str(rest);
    (Json::parse(&kept).expect("a request is one line of JSON"), true)
}

fn answer(request: &Json, halved: bool, webhooks: &Webhooks) -> Json {
    let op = request.get("op").and_then(Json::text).unwrap_or_default();
    let id = request.get("id").cloned().unwrap_or(Json::Null);
    let made = match run(op, halved, request.get("args").unwrap_or(&Json::Null), webhooks) {
        Ok(Some(ok)) => ("ok", ok),
        Ok(None) => ("error", object([("kind", text("unsupported")), ("message", text(op))])),
        Err(message) => ("error", object([("kind", text("failed")), ("message", text(&message))])),
    };
    object([("id", id), made])
}

fn run(op: &str, halved: bool, args: &Json, webhooks: &Webhooks) -> Result<Option<Json>, String> {
    let arg = |name: &str| args.get(name).and_then(Json::text).ok_or_else(|| format!("expected {name}"));
    if halved && op != "verify" {
        return Err("half a surrogate pair has no UTF-8".into());
    }
    let public_key = || PublicKey::read(arg("public_key")?);
    Ok(Some(match op {
        "hello" => object([
            ("protocol", Json::Number("1".into())),
            ("name", text("Rust port")),
            ("version", text("1")),
            ("language", text("Rust")),
            ("ops", Json::Array(OPS.map(text).into())),
            ("concurrent", Json::Bool(true)),
        ]),
        "canonicalize" => object([("canonical", text(&canonical(&params(args)?)))]),
        "sign" => {
            let key = PrivateKey::read(arg("private_key")?)?;
            object([("sign", text(&key.sign(&canonical(&params(args)?))?))])
        }
        "verify" => {
            let data = Json::parse(arg("data_text")?).ok();
            object([("valid", Json::Bool(verify_data(data.as_ref(), args.get("sign"), &public_key()?)))])
        }
        "create" => {
            let names = ["mch_order_no", "total_fee", "fee_type", "channel_list", "attach"];
            let given = names.iter().filter_map(|name| args.get(name).map(|value| (name.to_string(), plain(value))));
            told(client(args)?.create(given.collect()))
        }
        "cancel" => told(client(args)?.cancel(arg("mch_order_no")?)),
        "query" => told(client(args)?.query(arg("mch_order_no")?)),
        "notify" => {
            let made = Arc::new(Webhook::new(public_key()?));
            let webhook = webhooks.lock().unwrap().entry(arg("public_key")?.into()).or_insert(made).clone();
            let found = webhook.receive(arg("body")?);
            object([("outcome", text(found.outcome)), ("reply", text(found.reply))])
        }
        _ => return Ok(None),
    }))
}

fn client(args: &Json) -> Result<Client, String> {
    let arg = |name: &str| args.get(name).and_then(Json::text).ok_or_else(|| format!("expected {name}"));
    let timeout = args.get("timeout_ms").and_then(Json::integer).ok_or("expected timeout_ms")?;
    Ok(Client {
        base_url: arg("base_url")?.into(),
        appid: arg("appid")?.into(),
        private_key: PrivateKey::read(arg("private_key")?)?,
        public_key: PublicKey::read(arg("public_key")?)?,
        lang: arg("lang").ok().map(String::from),
        timeout: Duration::from_millis(timeout.unsigned_abs()),
        post,
    })
}

fn told(Believed { outcome, because, pay_content }: Believed) -> Json {
    if !because.is_empty() {
        eprintln!("{outcome}: {because}");
    }
    let link = pay_content.map(|link| ("pay_content".to_string(), Json::Text(link)));
    Json::Object([("outcome".to_string(), text(outcome))].into_iter().chain(link).collect())
}

fn params(args: &Json) -> Result<Params, String> {
    let Some(Json::Object(members)) = args.get("params") else { return Err("expected params".into()) };
    Ok(members.iter().map(|(name, value)| (name.clone(), plain(value))).collect())
}

fn plain(value: &Json) -> String {
    value.text().map_or_else(|| value.compact(), String::from)
}

fn text(text: &str) -> Json {
    Json::Text(text.into())
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.map(|(name, value)| (name.to_string(), value)).into())
}
