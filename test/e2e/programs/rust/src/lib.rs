//! What both clients share: the port of adapters/rust with another library's `post`, and the gateway's address built in.

use std::time::Duration;

/// Posts a form to an address, and gives the answer's body.
pub type Post = fn(&str, &str, Duration) -> Result<Vec<u8>, String>;

/// Calls what the arguments ask for; `post` prints what came.
pub fn run(post: Post) {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [appid, key, endpoint, order] = args.as_slice() else {
        panic!("expected APPID KEY ENDPOINT ORDER");
    };
    let client = ksher::Client {
        base_url: "https://gateway.ksher.com/api".into(),
        appid: appid.clone(),
        private_key: ksher::PrivateKey::read(&read(key)).expect("a private key"),
        public_key: ksher::PublicKey::read(&read(&gateway_key())).expect("a public key"),
        lang: None,
        timeout: Duration::from_secs(20),
        post,
    };
    let believed = if endpoint == "cancel_order" { client.cancel(order) } else { client.query(order) };
    if believed.outcome == "unknown" {
        eprintln!("{}", believed.because);
        std::process::exit(1);
    }
}

/// Prints a body and hands it on.
pub fn shown(body: Vec<u8>) -> Vec<u8> {
    println!("{}", String::from_utf8_lossy(&body));
    body
}

fn gateway_key() -> String {
    std::env::var("KSHERPROOF_GATEWAY_KEY").expect("KSHERPROOF_GATEWAY_KEY, which intercept sets")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
