//! Time-stamping authorities by RFC 3161: what they are asked, and whether their answer holds.
//!
//! The answer is a signed message (RFC 5652). Its signer's certificate is the one that the signed attributes name by its
//! digest (RFC 5816); signature and path are checked by the libraries that check those of web sites.

use rustls::pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime};
use sha2::{Digest, Sha256, Sha384, Sha512};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert, ring};
use x509_cert::Certificate;
use x509_cert::der::Decode;
use x509_cert::ext::pkix::ExtendedKeyUsage;

use super::asn1::{INTEGER, OCTETS, OID, SEQUENCE, SET, TIME, Value, Values, integer, value};
use super::{Question, StampError, Word};

// Object identifiers, as their content in DER.
const SHA1: &[u8] = &[0x2b, 0x0e, 3, 2, 0x1a];
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
const SHA384: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2];
const SHA512: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3];
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
const TST_INFO: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x10, 1, 4];
const SIGNER: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x10, 2, 0x0c];
const SIGNER_V2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x10, 2, 0x2f];
const TIME_STAMPING: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 8];

/// How signatures are made that are taken.
static SIGNATURES: &[&dyn SignatureVerificationAlgorithm] = &[
    ring::RSA_PKCS1_2048_8192_SHA256,
    ring::RSA_PKCS1_2048_8192_SHA384,
    ring::RSA_PKCS1_2048_8192_SHA512,
    ring::ECDSA_P256_SHA256,
    ring::ECDSA_P256_SHA384,
    ring::ECDSA_P384_SHA256,
    ring::ECDSA_P384_SHA384,
    ring::ED25519,
];

/// What an authority is asked: its word for these bytes, with its certificate.
pub fn request(digest: &[u8; 32], nonce: u64) -> Vec<u8> {
    let algorithm = value(SEQUENCE, &[value(OID, SHA256), vec![5, 0]].concat());
    let imprint = value(SEQUENCE, &[algorithm, value(OCTETS, digest)].concat());
    value(SEQUENCE, &[integer(1), imprint, integer(nonce), vec![1, 1, 0xff]].concat())
}

/// Checks an answer.
pub fn check(answer: &[u8], question: &Question) -> Result<Word, StampError> {
    let message = Message::read(token(answer)?)?;
    let certificate = message.signer()?;
    let info = Info::read(message.content)?;
    if info.algorithm != SHA256 || info.imprint != question.digest {
        return refused("it is about other bytes");
    }
    if question.nonce.is_some_and(|nonce| integer(nonce) != info.nonce) {
        return refused("it answers another question");
    }
    let entity = CertificateDer::from(certificate.whole);
    let entity = EndEntityCert::try_from(&entity).map_err(|error| StampError::new(error.to_string()))?;
    message.signature_holds(&entity)?;
    let vouched = vouched(&entity, &message, &info, &question.roots)?;
    Ok(Word { at: info.at()?, authority: named(certificate.whole)?, vouched })
}

fn refused<T>(what: &str) -> Result<T, StampError> {
    Err(StampError::new(what))
}

/// The signed message of an answer.
fn token(answer: &[u8]) -> Result<Value<'_>, StampError> {
    let mut outer = Values::new(answer);
    let mut parts = outer.need(SEQUENCE, "an answer")?.inner();
    let status = parts.need(SEQUENCE, "a status")?.inner().need(INTEGER, "a status")?.content;
    if !matches!(status, [0] | [1]) {
        return refused("the authority has refused");
    }
    if outer.next().is_some() {
        return refused("something stands behind it");
    }
    parts.need(SEQUENCE, "a stamp")
}

/// A signed message with one signer.
struct Message<'a> {
    certificates: Vec<Value<'a>>,
    content: &'a [u8],
    digest: &'a [u8],
    attributes: Value<'a>,
    signature: &'a [u8],
}

impl<'a> Message<'a> {
    fn read(token: Value<'a>) -> Result<Self, StampError> {
        let mut parts = token.inner();
        if parts.need(OID, "a type")?.content != SIGNED_DATA {
            return refused("it is no signed message");
        }
        let signed = parts.need(0xa0, "a content")?.inner().need(SEQUENCE, "a signed message")?;
        let mut parts = signed.inner();
        parts.need(INTEGER, "a version")?;
        parts.need(SET, "its digests")?;
        let mut inside = parts.need(SEQUENCE, "what is signed")?.inner();
        if inside.need(OID, "a type")?.content != TST_INFO {
            return refused("what is signed is no time stamp");
        }
        let content = inside.need(0xa0, "what is signed")?.inner().need(OCTETS, "what is signed")?.content;
        let certificates = parts.if_next(0xa0)?.map(|set| set.inner().collect()).transpose()?.unwrap_or_default();
        parts.if_next(0xa1)?;
        let mut signers = parts.need(SET, "a signer")?.inner();
        let mut signer = signers.need(SEQUENCE, "a signer")?.inner();
        if signers.next().is_some() {
            return refused("several have signed it");
        }
        signer.need(INTEGER, "a version")?;
        // Who signed it is told by the attributes, which are signed; this is not.
        signer.next().transpose()?;
        let digest = signer.need(SEQUENCE, "a digest")?.inner().need(OID, "a digest")?.content;
        let attributes = signer.need(0xa0, "signed attributes")?;
        signer.need(SEQUENCE, "a kind of signature")?;
        let signature = signer.need(OCTETS, "a signature")?.content;
        Ok(Self { certificates, content, digest, attributes, signature })
    }

    /// The only value of a signed attribute.
    fn attribute(&self, wanted: &[u8]) -> Result<Option<Value<'a>>, StampError> {
        let mut found = None;
        for attribute in self.attributes.inner() {
            let mut parts = attribute?.inner();
            if parts.need(OID, "an attribute's name")?.content == wanted {
                let mut values = parts.need(SET, "an attribute's value")?.inner();
                let one = values.next().transpose()?;
                if found.is_some() || one.is_none() || values.next().is_some() {
                    return refused("an attribute has not one value");
                }
                found = one;
            }
        }
        Ok(found)
    }

    /// The certificate that the signed attributes name.
    fn signer(&self) -> Result<Value<'a>, StampError> {
        let (hash, algorithm) = match (self.attribute(SIGNER_V2)?, self.attribute(SIGNER)?) {
            (Some(named), _) => {
                let mut id = first_id(named)?;
                let algorithm = id.if_next(SEQUENCE)?;
                let algorithm = algorithm.map(|one| one.inner().need(OID, "a digest")).transpose()?;
                (id.need(OCTETS, "the signer's digest")?.content, algorithm.map_or(SHA256, |oid| oid.content))
            }
            (None, Some(named)) => (first_id(named)?.need(OCTETS, "the signer's digest")?.content, SHA1),
            (None, None) => return refused("it does not say who signed it"),
        };
        let mut all = self.certificates.iter();
        let signer = all.find(|one| digest(algorithm, one.whole).is_some_and(|ours| ours == hash));
        signer.copied().ok_or_else(|| StampError::new("the signer's certificate is not in it"))
    }

    fn signature_holds(&self, entity: &EndEntityCert<'_>) -> Result<(), StampError> {
        if self.attribute(CONTENT_TYPE)?.map(|oid| oid.content) != Some(TST_INFO) {
            return refused("what is signed is no time stamp");
        }
        if self.digest == SHA1 {
            return refused("it is signed by way of SHA-1");
        }
        let stated = self.attribute(MESSAGE_DIGEST)?.map(|octets| octets.content.to_vec());
        if stated.is_none() || stated != digest(self.digest, self.content) {
            return refused("its content was changed");
        }
        // Signed is the set itself, not its place in the message (RFC 5652, 5.4).
        let signed = value(SET, self.attributes.content);
        let mut all = SIGNATURES.iter();
        let holds = all.any(|algorithm| entity.verify_signature(*algorithm, &signed, self.signature).is_ok());
        if holds { Ok(()) } else { refused("its signature does not hold") }
    }
}

/// The first of the certificates that an attribute names: the signer's (RFC 5035, 3).
fn first_id(named: Value<'_>) -> Result<Values<'_>, StampError> {
    let ids = named.inner().need(SEQUENCE, "the signer")?;
    Ok(ids.inner().need(SEQUENCE, "the signer")?.inner())
}

fn digest(algorithm: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    Some(match algorithm {
        SHA1 => sha1::Sha1::digest(bytes).to_vec(),
        SHA256 => Sha256::digest(bytes).to_vec(),
        SHA384 => Sha384::digest(bytes).to_vec(),
        SHA512 => Sha512::digest(bytes).to_vec(),
        _ => return None,
    })
}

/// What is signed.
struct Info<'a> {
    algorithm: &'a [u8],
    imprint: &'a [u8],
    time: &'a [u8],
    nonce: &'a [u8],
}

impl<'a> Info<'a> {
    fn read(content: &'a [u8]) -> Result<Self, StampError> {
        let mut parts = Values::new(content).need(SEQUENCE, "a time stamp")?.inner();
        parts.need(INTEGER, "a version")?;
        parts.need(OID, "a policy")?;
        let mut imprint = parts.need(SEQUENCE, "a digest")?.inner();
        let algorithm = imprint.need(SEQUENCE, "a digest")?.inner().need(OID, "a digest")?.content;
        let imprint = imprint.need(OCTETS, "a digest")?.content;
        parts.need(INTEGER, "a number")?;
        let time = parts.need(TIME, "a time")?.content;
        parts.if_next(SEQUENCE)?;
        parts.if_next(1)?;
        let nonce = parts.if_next(INTEGER)?.map_or(&[][..], |nonce| nonce.whole);
        Ok(Self { algorithm, imprint, time, nonce })
    }

    /// The digits of the time; what is finer than a second is left out.
    fn digits(&self) -> Result<[u32; 6], StampError> {
        let text = std::str::from_utf8(self.time).unwrap_or_default();
        let (whole, rest) = text.split_at_checked(14).ok_or_else(|| StampError::new("its time is malformed"))?;
        let fine = rest.strip_suffix('Z').is_some_and(|rest| {
            rest.trim_start_matches(['.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']).is_empty()
        });
        if !fine || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
            return refused("its time is malformed");
        }
        let part = |from: usize, to: usize| whole[from..to].parse().unwrap_or_default();
        let all = [part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 12), part(12, 14)];
        let [year, month, day, hour, minute, second] = all;
        let sound = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        if sound && hour < 24 && minute < 60 && second < 61 { Ok(all) } else { refused("its time is malformed") }
    }

    fn at(&self) -> Result<String, StampError> {
        let [year, month, day, hour, minute, second] = self.digits()?;
        Ok(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }

    /// The same in seconds since 1970.
    fn seconds(&self) -> Result<u64, StampError> {
        let [year, month, day, hour, minute, second] = self.digits()?.map(u64::from);
        // Days of the Gregorian calendar, counted from March, so that a leap day ends its year.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
        Ok(((days * 24 + hour) * 60 + minute) * 60 + second)
    }
}

/// Whether one of the trusted certificates vouches for the signer, at the time that it states.
fn vouched(
    entity: &EndEntityCert<'_>,
    message: &Message<'_>,
    info: &Info<'_>,
    roots: &[Vec<u8>],
) -> Result<bool, StampError> {
    let roots: Vec<CertificateDer<'_>> = roots.iter().map(|root| CertificateDer::from(root.as_slice())).collect();
    let anchors = roots.iter().filter_map(|root| anchor_from_trusted_cert(root).ok()).collect::<Vec<_>>();
    let between: Vec<CertificateDer<'_>> =
        message.certificates.iter().map(|one| CertificateDer::from(one.whole)).collect();
    let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(info.seconds()?));
    // Certificates above the signer's seldom name a purpose.
    let usage = KeyUsage::required_if_present(TIME_STAMPING);
    let path = entity.verify_for_usage(SIGNATURES, &anchors, &between, time, usage, None, None);
    match path {
        Ok(_) => Ok(true),
        Err(webpki::Error::UnknownIssuer) if anchors.is_empty() => Ok(false),
        Err(error) => Err(StampError::new(format!("its certificate does not hold: {error}"))),
    }
}

/// The name in a certificate, which has to be one for time stamps and nothing else (RFC 3161, 2.3).
fn named(certificate: &[u8]) -> Result<String, StampError> {
    let malformed = |error: x509_cert::der::Error| StampError::new(format!("its certificate is malformed: {error}"));
    let certificate = Certificate::from_der(certificate).map_err(malformed)?;
    let purpose = certificate.tbs_certificate().get_extension::<ExtendedKeyUsage>().map_err(malformed)?;
    let fits = purpose.is_some_and(|(critical, ExtendedKeyUsage(uses))| {
        critical && uses.iter().map(|oid| oid.as_bytes()).eq([TIME_STAMPING])
    });
    if !fits {
        return refused("its certificate is not one for time stamps");
    }
    Ok(certificate.tbs_certificate().subject().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand from RFC 3161, 2.4.1, and X.690.
    #[test]
    fn the_bytes_of_a_request_are_these() {
        let mut expected = vec![0x30, 0x3d, 2, 1, 1, 0x30, 0x31, 0x30, 0x0d, 6, 9];
        expected.extend(SHA256);
        expected.extend([5, 0, 4, 32]);
        expected.extend([7; 32]);
        expected.extend([2, 2, 1, 2, 1, 1, 0xff]);
        assert_eq!(request(&[7; 32], 258), expected);
    }

    #[test]
    fn times_are_days_and_seconds_and_nothing_else() {
        let info = |time: &'static str| Info { algorithm: &[], imprint: &[], time: time.as_bytes(), nonce: &[] };
        // `date -u -d 2026-11-22T14:05:06 +%s`, and a leap day.
        assert_eq!(info("20261122140506Z").seconds(), Ok(1_795_356_306));
        assert_eq!(info("20240229000000.123Z").seconds(), Ok(1_709_164_800));
        assert_eq!(info("19700101000000Z").seconds(), Ok(0));
        assert_eq!(info("20261122140506.5Z").at().as_deref(), Ok("2026-11-22T14:05:06Z"));
        for wrong in ["", "20261122140506", "2026112214050Z", "20261322140506Z", "20261122250506Z", "20261122140506.xZ"]
        {
            assert!(info(wrong).at().is_err(), "{wrong}");
        }
    }
}
