//! PEM keys, and RSASSA-PKCS1-v1_5 with MD5 (RFC 8017).

use crate::bigint::Natural;
use crate::md5::md5;

/// DigestInfo { AlgorithmIdentifier { md5, NULL }, OCTET STRING (16) }: RFC 8017, 9.2, note 1.
const MD5_PREFIX: [u8; 18] =
    [0x30, 0x20, 0x30, 0x0c, 0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05, 0x05, 0x00, 0x04, 0x10];

pub struct PublicKey {
    n: Natural,
    e: Natural,
}

pub struct PrivateKey {
    public: PublicKey,
    p: Natural,
    q: Natural,
    dp: Natural,
    dq: Natural,
    qinv: Natural,
}

impl PublicKey {
    /// From PEM, SPKI or PKCS#1 (SIG-010).
    pub fn read(pem: &str) -> Result<Self, String> {
        let (label, der) = decode_pem(pem)?;
        let pkcs1 = match label.as_str() {
            "RSA PUBLIC KEY" => der.as_slice(),
            // a BIT STRING begins with the count of its unused bits
            "PUBLIC KEY" => item(items(item(items(&der)?, 0)?)?, 1)?.get(1..).unwrap_or(&[]),
            _ => return Err(format!("expected a public key, found {label}")),
        };
        let numbers = items(item(items(pkcs1)?, 0)?)?;
        Ok(Self { n: odd(item(numbers.clone(), 0)?)?, e: Natural::from_bytes(item(numbers, 1)?) })
    }

    /// Bytes of the modulus, which is the length of a signature (SIG-009).
    fn size(&self) -> usize {
        self.n.bits().div_ceil(8)
    }

    /// Whether a signature, hex of either case, is exactly this key's over a text: the recovered block is compared as a
    /// whole (SIG-008, QRY-009).
    pub fn verify(&self, canonical: &str, signature: &str) -> bool {
        let Some(raw) = from_hex(signature) else { return false };
        let s = Natural::from_bytes(&raw);
        raw.len() == self.size()
            && s < self.n
            && s.power(&self.e, &self.n).to_bytes(self.size()) == encoded(canonical, self.size())
    }
}

impl PrivateKey {
    /// From PEM, PKCS#1 (as the merchant portal issues it) or PKCS#8 (SIG-010).
    pub fn read(pem: &str) -> Result<Self, String> {
        let (label, der) = decode_pem(pem)?;
        let pkcs1 = match label.as_str() {
            "RSA PRIVATE KEY" => der.as_slice(),
            "PRIVATE KEY" => item(items(item(items(&der)?, 0)?)?, 2)?,
            _ => return Err(format!("expected a private key, found {label}")),
        };
        let numbers = items(item(items(pkcs1)?, 0)?)?;
        let number = |at: usize| item(numbers.clone(), at).map(Natural::from_bytes);
        Ok(Self {
            public: PublicKey { n: odd(item(numbers.clone(), 1)?)?, e: number(2)? },
            p: odd(item(numbers.clone(), 4)?)?,
            q: odd(item(numbers.clone(), 5)?)?,
            dp: number(6)?,
            dq: number(7)?,
            qinv: number(8)?,
        })
    }

    /// The signature of a text's UTF-8 bytes in lower-case hex, leading zeros kept (SIG-006 to SIG-009).
    pub fn sign(&self, canonical: &str) -> Result<String, String> {
        let Self { public, p, q, dp, dq, qinv } = self;
        let block = encoded(canonical, public.size());
        let m = Natural::from_bytes(&block);
        let (m1, m2) = (m.power(dp, p), m.power(dq, q));
        let difference = m1.plus(p).minus(&m2.modulo(p));
        let s = m2.plus(&difference.times(qinv).modulo(p).times(q));
        // A fault in one half would give the factors away to whoever sees the signature.
        if s.power(&public.e, &public.n) != m {
            return Err("the private key's numbers do not fit together".into());
        }
        Ok(s.to_bytes(public.size()).iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// EMSA-PKCS1-v1_5 (RFC 8017, 9.2).
fn encoded(canonical: &str, size: usize) -> Vec<u8> {
    let mut block = vec![0xff; size.saturating_sub(35)];
    block.splice(0..2, [0, 1]);
    block.push(0);
    block.extend(MD5_PREFIX);
    block.extend(md5(canonical.as_bytes()));
    block
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

fn odd(bytes: &[u8]) -> Result<Natural, String> {
    let number = Natural::from_bytes(bytes);
    let fits = bytes.last().is_some_and(|byte| byte % 2 == 1) && number.bits() >= 200;
    fits.then_some(number).ok_or_else(|| "the key's numbers are no RSA key".into())
}

fn decode_pem(pem: &str) -> Result<(String, Vec<u8>), String> {
    let found = || {
        let (label, rest) = pem.split_once("-----BEGIN ")?.1.split_once("-----")?;
        let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
        Some((label.to_string(), from_base64(body)?))
    };
    found().ok_or_else(|| "expected a PEM block, found none".into())
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes().filter(|letter| !letter.is_ascii_whitespace() && *letter != b'=') {
        bits = bits << 6 | ALPHABET.iter().position(|&known| known == letter)? as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}

/// The contents of DER values that follow one another.
fn items(mut der: &[u8]) -> Result<Vec<&[u8]>, String> {
    let mut found = Vec::new();
    while let [_tag, first, rest @ ..] = der {
        let octets = if *first < 0x80 { 0 } else { usize::from(first & 0x7f) };
        let cut = || "the key is cut short".to_string();
        let size = rest.get(..octets).filter(|_| octets <= 4).ok_or_else(cut)?;
        let length =
            if octets == 0 { usize::from(*first) } else { size.iter().fold(0, |sum, &b| sum << 8 | usize::from(b)) };
        found.push(rest.get(octets..octets + length).ok_or_else(cut)?);
        der = &rest[octets + length..];
    }
    Ok(found)
}

fn item(items: Vec<&[u8]>, at: usize) -> Result<&[u8], String> {
    items.get(at).copied().ok_or_else(|| "the key lacks a number".into())
}
