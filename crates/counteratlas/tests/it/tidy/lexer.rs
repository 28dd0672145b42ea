//! Rust source without its comments and texts, line for line, so that words and braces in them don't count.

/// A file's code: what is left when comments, strings and character literals are blanked out.
pub fn code(source: &str) -> String {
    let mut rest = source;
    let mut out = String::with_capacity(source.len());
    while let Some(first) = rest.chars().next() {
        let (length, is_code) = token(rest, first, out.chars().next_back());
        let (token, tail) = rest.split_at(length);
        if is_code {
            out.push_str(token);
        } else {
            out.extend(token.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        }
        rest = tail;
    }
    out
}

/// The length of what stands at the start of `rest`, and whether it is code.
fn token(rest: &str, first: char, before: Option<char>) -> (usize, bool) {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), false);
    }
    match first {
        '"' => (string(rest), false),
        'r' | 'b' | 'c' if !in_word => prefixed(rest).map_or((1, true), |length| (length, false)),
        '\'' => character(rest).map_or((1, true), |length| (length, false)),
        _ => (first.len_utf8(), true),
    }
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The length of `"…"` with its escapes.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// The length of `b"…"`, `c"…"`, `r"…"`, `br#"…"#` and the like, if one stands here.
fn prefixed(rest: &str) -> Option<usize> {
    let word = rest.find(|c: char| !c.is_ascii_lowercase())?;
    let prefix = &rest[..word];
    if !["r", "b", "c", "br", "cr"].contains(&prefix) {
        return None;
    }
    let hashes = rest[word..].bytes().take_while(|b| *b == b'#').count();
    if !rest[word + hashes..].starts_with('"') {
        return None;
    }
    if !prefix.ends_with('r') {
        return (hashes == 0).then(|| word + string(&rest[word..]));
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let body = word + hashes + 1;
    Some(rest[body..].find(&end).map_or(rest.len(), |at| body + at + end.len()))
}

/// The length of a character literal; none for a lifetime or a label.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, c) = chars.next()?;
    if c != '\\' {
        let (at, end) = chars.next()?;
        return (end == '\'').then_some(at + 1);
    }
    let (after, _) = chars.next()?;
    rest[after + 1..].find('\'').map(|at| after + 1 + at + 1)
}

#[test]
fn comments_and_literals_are_blanked_and_nothing_else() {
    let check = |source: &str, left: &str| {
        assert_eq!(code(source).split_whitespace().collect::<Vec<_>>().join(" "), left, "{source}");
    };
    check("a // fn {\nb", "a b");
    check("a /* x /* { */ y */ b", "a b");
    check(r#"f("}\"", x)"#, "f( , x)");
    check(r##"f(r#"a"}"#, br"\", b"\"")"##, "f( , , )");
    check(r"m('{', '\'', '\u{7b}', 'a')", "m( , , , )");
    check("fn f<'a>(x: &'a str) { 'l: loop {} }", "fn f<'a>(x: &'a str) { 'l: loop {} }");
    check("var\"x\" number_r", "var number_r");
}
