//! Secrets: made here, given out once, and kept as their hash alone.

use crate::error::AppError;
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// So many letters of six bits each.
const LENGTH: usize = 43;

/// A new one: 258 random bits in the alphabet of RFC 4648 §5 (base64url).
///
/// # Errors
/// [`AppError::Internal`] if the machine has no randomness.
pub fn new() -> Result<String, AppError> {
    let mut bytes = [0_u8; LENGTH];
    OsRng.try_fill_bytes(&mut bytes).map_err(|error| {
        tracing::error!(%error, "no randomness to be had");
        AppError::Internal
    })?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 63)])).collect())
}

/// What is kept of a secret; `None` for a text that can be none, which is not looked up.
#[must_use]
pub fn hash(secret: &str) -> Option<Vec<u8>> {
    (secret.len() == LENGTH && secret.bytes().all(|byte| ALPHABET.contains(&byte)))
        .then(|| Sha256::digest(secret.as_bytes()).to_vec())
}

/// A text in a few signs, by which it is known again. No secret.
#[must_use]
pub fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_the_same_and_each_has_a_hash() {
        let (one, other) = (new().unwrap(), new().unwrap());
        assert_ne!(one, other);
        assert_eq!(hash(&one).unwrap().len(), 32);
        assert_ne!(hash(&one), hash(&other));
    }

    #[test]
    fn what_can_be_no_secret_is_not_looked_up() {
        let mut secret = new().unwrap();
        secret.pop();
        for bad in
            ["", "a", &secret, &format!("{secret}%"), &format!("{secret}å"), &"a".repeat(10_000)]
        {
            assert_eq!(hash(bad), None);
        }
    }
}
