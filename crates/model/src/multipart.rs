//! Forms with files (RFC 7578), read from a body that is already in memory and bounded.

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'b> {
    /// Its name.
    pub name: String,
    /// The name of the file, if it is one.
    pub file: Option<String>,
    /// What is in it.
    pub bytes: &'b [u8],
}

/// The fields of a form; `None` if the body is none.
pub fn parts<'b>(mime: &str, body: &'b [u8]) -> Option<Vec<Part<'b>>> {
    let boundary = boundary(mime)?;
    let (first, between) = (format!("--{boundary}"), format!("\r\n--{boundary}"));
    let mut rest = body.strip_prefix(first.as_bytes())?;
    let mut all = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Some(all);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let head_end = find(rest, b"\r\n\r\n")?;
        let head = std::str::from_utf8(&rest[..head_end]).ok()?;
        rest = &rest[head_end + 4..];
        let end = find(rest, between.as_bytes())?;
        all.push(Part { name: parameter(head, "name")?, file: parameter(head, "filename"), bytes: &rest[..end] });
        rest = &rest[end + between.len()..];
    }
}

fn boundary(mime: &str) -> Option<String> {
    let rest = mime.strip_prefix("multipart/form-data")?;
    let value = rest.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?;
    let value = value.trim_matches('"');
    (!value.is_empty() && value.len() <= 70).then(|| value.to_owned())
}

/// A parameter of the disposition, as browsers write it: `"` is `%22`.
fn parameter(head: &str, name: &str) -> Option<String> {
    let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let start = line.find(&format!("; {name}=\""))? + name.len() + 4;
    let value = &line[start..];
    Some(value[..value.find('"')?].replace("%22", "\""))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == first)?;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MIME: &str = "multipart/form-data; boundary=----x7";

    fn body(fields: &[(&str, &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, bytes) in fields {
            body.extend(format!("------x7\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n").bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"------x7--\r\n");
        body
    }

    #[test]
    fn fields_and_files_are_told_apart() {
        let body = b"------x7\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\na\r\nb\r\n------x7--\r\n";
        assert_eq!(parts(MIME, body), Some(vec![Part { name: "list".into(), file: None, bytes: b"a\r\nb" }]));
        assert_eq!(parts("text/plain", body), None);
        assert_eq!(parts(MIME, &body[..40]), None);
    }

    proptest! {
        #[test]
        fn any_bytes_come_through(one in proptest::collection::vec(any::<u8>(), 0..60), two in "[-x7\r\n]{0,20}") {
            prop_assume!(!two.contains("\r\n------x7"));
            let body = body(&[("one", &one), ("two", two.as_bytes())]);
            let found = parts(MIME, &body).expect("a form");
            prop_assert_eq!((found[0].bytes, found[1].bytes), (one.as_slice(), two.as_bytes()));
        }

        #[test]
        fn no_body_is_too_strange(body in "[-x7\r\n:;\"a=]{0,80}") {
            let _ = parts(MIME, body.as_bytes());
        }
    }
}
