//! A client of Ksher Gateway Pay: create, cancel, query, webhook. The standard library only.
//!
//! It has RSA and MD5 of its own, since Rust's library has neither, and no TLS: give [`Client::post`] a function over an
//! HTTP library of your choice for `https`. Its RSA does not run in constant time. The ids in comments are requirements of
//! the protocol.

mod bigint;
mod canonical;
mod client;
mod http;
mod json;
mod md5;
mod outcomes;
mod rsa;
mod webhook;

pub use canonical::{canonical, verify_data, Params};
pub use client::Client;
pub use http::post;
pub use json::{Json, JsonError};
pub use outcomes::Believed;
pub use rsa::{PrivateKey, PublicKey};
pub use webhook::Webhook;
