//! Codes that change every thirty seconds (RFC 6238 over RFC 4226, HMAC-SHA-1, six digits), for log-in without script.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Seconds that a code lasts.
const STEP: i64 = 30;

/// A clock may be off by so many steps, one way or the other.
const SLACK: i64 = 1;

/// The length of a secret: what RFC 4226 recommends.
pub const SECRET: usize = 20;

/// The step whose code was typed, if it is one of those around now and later than the last one used.
pub fn verify(secret: &[u8], typed: &str, now: i64, last: i64) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let typed: u32 = digits.parse().ok().filter(|_| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit()))?;
    let step = now.div_euclid(STEP);
    (step - SLACK..=step + SLACK).find(|step| *step > last && code(secret, *step, 6) == typed)
}

/// The code of a moment, for whoever holds the secret.
pub fn code_at(secret: &[u8], now: i64) -> String {
    format!("{:06}", code(secret, now.div_euclid(STEP), 6))
}

fn code(secret: &[u8], step: i64, digits: u32) -> u32 {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("invariant: HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 15);
    let cut = [hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]];
    u32::from_be_bytes(cut) % 10_u32.pow(digits)
}

/// A secret as people type it into an authenticator: base 32 (RFC 4648) in groups of four.
pub fn spelt(secret: &[u8]) -> String {
    let plain = base32(secret);
    let groups: Vec<&str> = (0..plain.len()).step_by(4).map(|at| &plain[at..plain.len().min(at + 4)]).collect();
    groups.join(" ")
}

/// The address that an authenticator reads.
pub fn address(secret: &[u8], issuer: &str, account: &str) -> String {
    let word =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    let (issuer, account) = (word(issuer), word(account));
    format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", base32(secret))
}

fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_rfc_6238_appendix_b() {
        let vectors = [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ];
        for (now, expected) in vectors {
            assert_eq!(code(SEED, now / STEP, 8), expected, "{now}");
        }
    }

    #[test]
    fn codes_are_those_of_rfc_4226_appendix_d() {
        let vectors = [755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489];
        for (step, expected) in (0..).zip(vectors) {
            assert_eq!(code(SEED, step, 6), expected, "{step}");
        }
    }

    #[test]
    fn a_code_counts_once_and_only_around_its_time() {
        let now = 1_111_111_109;
        let typed = code_at(SEED, now);
        let step = verify(SEED, &typed, now, 0).unwrap();
        assert_eq!(verify(SEED, &typed, now, step), None, "a second time");
        assert_eq!(verify(SEED, &format!(" {} {} ", &typed[..3], &typed[3..]), now + STEP, 0), Some(step));
        assert_eq!(verify(SEED, &typed, now + 2 * STEP, 0), None, "too late");
        assert_eq!(verify(SEED, &typed, now - 2 * STEP, 0), None, "too early");
        for wrong in ["", "12345", "1234567", "abcdef", "+12345", "一二三四五六"] {
            assert_eq!(verify(SEED, wrong, now, 0), None, "{wrong}");
        }
    }

    #[test]
    fn secrets_are_spelt_in_base_32_as_rfc_4648_says() {
        for (plain, expected) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB")]
        {
            assert_eq!(base32(plain.as_bytes()), expected);
        }
        assert_eq!(spelt(b"foobar"), "MZXW 6YTB OI");
        assert_eq!(
            address(b"foobar", "My Atlas", "río"),
            "otpauth://totp/My%20Atlas:r%C3%ADo?secret=MZXW6YTBOI&issuer=My%20Atlas"
        );
    }
}
