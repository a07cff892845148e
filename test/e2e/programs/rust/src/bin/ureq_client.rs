//! ureq with rustls and the system's authorities.

use std::time::Duration;
use ureq::tls::{RootCerts, TlsConfig};

fn main() {
    intercepted::run(post);
}

fn post(url: &str, form: &str, timeout: Duration) -> Result<Vec<u8>, String> {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = ureq::Agent::config_builder().tls_config(tls).timeout_global(Some(timeout)).build();
    let request = ureq::Agent::new_with_config(config).post(url).content_type("application/x-www-form-urlencoded");
    let body = request.send(form).and_then(|mut answer| answer.body_mut().read_to_vec());
    body.map(intercepted::shown).map_err(|error| format!("{error:?}"))
}
