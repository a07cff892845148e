//! reqwest with its own choice of TLS: rustls and the system's authorities.

use std::time::Duration;

fn main() {
    intercepted::run(post);
}

fn post(url: &str, form: &str, timeout: Duration) -> Result<Vec<u8>, String> {
    let request = reqwest::blocking::Client::new()
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .timeout(timeout)
        .body(form.to_string());
    let body = request.send().and_then(|answer| answer.bytes());
    body.map(|body| intercepted::shown(body.to_vec())).map_err(|error| format!("{error:?}"))
}
