//! Natural numbers as RSA needs them: 64-bit limbs, least significant first.

use std::cmp::Ordering;

#[derive(Clone, PartialEq, Eq)]
pub struct Natural(Vec<u64>);

impl Natural {
    pub fn from_bytes(big_endian: &[u8]) -> Self {
        let limb = |chunk: &[u8]| chunk.iter().fold(0, |limb, &byte| limb << 8 | u64::from(byte));
        Self(big_endian.rchunks(8).map(limb).collect()).trimmed()
    }

    /// Big-endian, with leading zeros up to a length that it must fit in.
    pub fn to_bytes(&self, length: usize) -> Vec<u8> {
        (0..length).rev().map(|i| (self.0.get(i / 8).copied().unwrap_or(0) >> (i % 8 * 8)) as u8).collect()
    }

    pub fn bits(&self) -> usize {
        self.0.last().map_or(0, |top| self.0.len() * 64 - top.leading_zeros() as usize)
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    fn bit(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|limb| limb >> (at % 64) & 1 == 1)
    }

    pub fn plus(&self, other: &Self) -> Self {
        let mut carry = false;
        let mut sum = Vec::new();
        for i in 0..self.0.len().max(other.0.len()) {
            let (a, b) = (self.0.get(i).copied().unwrap_or(0), other.0.get(i).copied().unwrap_or(0));
            let (half, first) = a.overflowing_add(b);
            let (limb, second) = half.overflowing_add(u64::from(carry));
            carry = first || second;
            sum.push(limb);
        }
        sum.push(u64::from(carry));
        Self(sum).trimmed()
    }

    /// `other` must not be the larger.
    pub fn minus(&self, other: &Self) -> Self {
        let mut borrow = false;
        let mut difference = Vec::with_capacity(self.0.len());
        for (i, &limb) in self.0.iter().enumerate() {
            let (half, first) = limb.overflowing_sub(other.0.get(i).copied().unwrap_or(0));
            let (whole, second) = half.overflowing_sub(u64::from(borrow));
            borrow = first || second;
            difference.push(whole);
        }
        Self(difference).trimmed()
    }

    pub fn times(&self, other: &Self) -> Self {
        let mut product = vec![0; self.0.len() + other.0.len()];
        for (i, &a) in self.0.iter().enumerate() {
            let mut carry = 0;
            for (j, &b) in other.0.iter().enumerate() {
                (product[i + j], carry) = step(product[i + j], a, b, carry);
            }
            product[i + other.0.len()] = carry;
        }
        Self(product).trimmed()
    }

    /// The remainder, bit by bit: done a few times for each signature.
    pub fn modulo(&self, modulus: &Self) -> Self {
        let mut rest = Self(Vec::new());
        for at in (0..self.bits()).rev() {
            rest = rest.plus(&rest);
            if self.bit(at) {
                rest = rest.plus(&Self(vec![1]));
            }
            if rest >= *modulus {
                rest = rest.minus(modulus);
            }
        }
        rest
    }

    /// `self ^ exponent mod modulus`, for an odd modulus (Montgomery).
    pub fn power(&self, exponent: &Self, modulus: &Self) -> Self {
        let field = Montgomery::new(modulus);
        let base = field.multiply(&self.modulo(modulus), &field.r_squared);
        let mut result = field.multiply(&Self(vec![1]), &field.r_squared);
        for at in (0..exponent.bits()).rev() {
            result = field.multiply(&result, &result);
            if exponent.bit(at) {
                result = field.multiply(&result, &base);
            }
        }
        field.multiply(&result, &Self(vec![1]))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

/// `sum + a * b + carry`, low limb and high.
fn step(sum: u64, a: u64, b: u64, carry: u64) -> (u64, u64) {
    let wide = u128::from(sum) + u128::from(a) * u128::from(b) + u128::from(carry);
    (wide as u64, (wide >> 64) as u64)
}

struct Montgomery<'a> {
    modulus: &'a Natural,
    /// `-1 / modulus mod 2^64`
    inverse: u64,
    r_squared: Natural,
}

impl<'a> Montgomery<'a> {
    fn new(modulus: &'a Natural) -> Self {
        let low = modulus.0[0];
        let mut inverse = 1_u64;
        for _ in 0..6 {
            inverse = inverse.wrapping_mul(2_u64.wrapping_sub(low.wrapping_mul(inverse)));
        }
        let mut r_squared = vec![0; 2 * modulus.0.len()];
        r_squared.push(1);
        Self { modulus, inverse: inverse.wrapping_neg(), r_squared: Natural(r_squared).modulo(modulus) }
    }

    /// `a * b / 2^(64 * limbs) mod modulus`
    fn multiply(&self, a: &Natural, b: &Natural) -> Natural {
        let n = &self.modulus.0;
        let mut sum = vec![0_u64; n.len() + 2];
        for i in 0..n.len() {
            let factor = a.0.get(i).copied().unwrap_or(0);
            let mut carry = 0;
            for (j, limb) in sum.iter_mut().enumerate().take(n.len()) {
                (*limb, carry) = step(*limb, factor, b.0.get(j).copied().unwrap_or(0), carry);
            }
            let (top, over) = sum[n.len()].overflowing_add(carry);
            (sum[n.len()], sum[n.len() + 1]) = (top, u64::from(over));
            let factor = sum[0].wrapping_mul(self.inverse);
            let (_, mut carry) = step(sum[0], factor, n[0], 0);
            for j in 1..n.len() {
                (sum[j - 1], carry) = step(sum[j], factor, n[j], carry);
            }
            let (top, over) = sum[n.len()].overflowing_add(carry);
            (sum[n.len() - 1], sum[n.len()]) = (top, sum[n.len() + 1] + u64::from(over));
        }
        let product = Natural(sum).trimmed();
        if product >= *self.modulus {
            product.minus(self.modulus)
        } else {
            product
        }
    }
}
