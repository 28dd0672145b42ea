//! How good a capture is, said honestly: complete, partial, a wall, or an error, with the reason.
//!
//! A wall is what a site shows instead of the page. It is kept, for it is what was received, but it is no evidence of
//! what the page says.

use model::Grade;

use super::page::Page;

/// What was received, as far as it matters for the grade.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Status of the last response.
    pub status: u16,
    /// The response was cut.
    pub cut: bool,
    /// Path and query that were asked for.
    pub asked: &'a str,
    /// Path and query that answered.
    pub answered: &'a str,
    /// The page, if it is one.
    pub page: Option<&'a Page>,
    /// Bytes of the body when decoded.
    pub length: usize,
    /// Requisites that were asked for and did not come.
    pub missing: usize,
}

/// Pages with less text than this may be a wall or an apology; longer ones are taken at their word.
const SHORT: usize = 1_500;

/// Pages with less text than this that run scripts show nothing without them.
const EMPTY: usize = 120;

/// Words of pages that want to know whether a person is there.
const BOT: [&str; 17] = [
    "captcha",
    "just a moment",
    "checking your browser",
    "verify you are human",
    "are you a robot",
    "access denied",
    "request blocked",
    "attention required",
    "unusual traffic",
    "enable javascript and cookies",
    "ddos protection",
    "安全验证",
    "人机验证",
    "验证码",
    "访问被拒绝",
    "访问过于频繁",
    "проверка браузера",
];

/// Words of pages that want a name and a password.
const LOGIN: [&str; 8] = ["log in", "login", "sign in", "subscribe to continue", "登录", "登入", "войти", "вход"];

/// Words of pages that want consent first.
const CONSENT: [&str; 7] = [
    "before you continue",
    "we value your privacy",
    "accept all cookies",
    "consent to",
    "cookie settings",
    "同意并继续",
    "принять все",
];

/// Words of pages that say that there is no such page, though their status does not.
const GONE: [&str; 13] = [
    "404",
    "not found",
    "page doesn't exist",
    "page does not exist",
    "no longer available",
    "has been removed",
    "页面不存在",
    "找不到",
    "已删除",
    "无法找到",
    "页面未找到",
    "内容不存在",
    "страница не найдена",
];

/// The grade and its reason: a word such as `login` or `soft-404`.
pub fn grade(seen: &Seen<'_>) -> (Grade, &'static str) {
    let words = seen.page.map(Words::of).unwrap_or_default();
    match seen.status {
        401 | 402 | 407 => return (Grade::Wall, "login"),
        403 | 429 | 503 if words.short && words.have(&BOT) => return (Grade::Wall, "bot"),
        403 => return (Grade::Wall, "forbidden"),
        404 | 410 => return (Grade::Error, "gone"),
        451 => return (Grade::Error, "legal"),
        400.. => return (Grade::Error, "status"),
        300..=399 => return (Grade::Error, "redirects"),
        _ => {}
    }
    if let Some(wall) = seen.page.and_then(|page| stands_before(seen, page, &words)) {
        return wall;
    }
    match seen {
        Seen { length: 0, .. } => (Grade::Error, "empty"),
        Seen { cut: true, .. } => (Grade::Partial, "cut"),
        Seen { missing: 1.., .. } => (Grade::Partial, "requisites"),
        _ => (Grade::Complete, "whole"),
    }
}

fn stands_before(seen: &Seen<'_>, page: &Page, words: &Words) -> Option<(Grade, &'static str)> {
    if !words.short {
        return None;
    }
    if words.have(&BOT) {
        return Some((Grade::Wall, "bot"));
    }
    if page.asks_password || (seen.asked != seen.answered && words.title(&LOGIN)) {
        return Some((Grade::Wall, "login"));
    }
    if words.have(&CONSENT) {
        return Some((Grade::Wall, "consent"));
    }
    let sent_home = seen.asked.len() > 1 && seen.asked != seen.answered && seen.answered == "/";
    if words.title(&GONE) || (words.length < SHORT / 5 && words.have(&GONE)) || sent_home {
        return Some((Grade::Error, "soft-404"));
    }
    (page.scripted && words.length < EMPTY).then_some((Grade::Partial, "shell"))
}

#[derive(Default)]
struct Words {
    title: String,
    text: String,
    length: usize,
    short: bool,
}

impl Words {
    fn of(page: &Page) -> Self {
        let length = page.paragraphs.iter().map(|paragraph| paragraph.chars().count()).sum();
        let short = length < SHORT;
        let text = if short { page.paragraphs.join("\n").to_lowercase() } else { String::new() };
        Self { title: page.title.to_lowercase(), text, length, short }
    }

    fn title(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.title.contains(word))
    }

    fn have(&self, words: &[&str]) -> bool {
        self.title(words) || words.iter().any(|word| self.text.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graded(status: u16, html: &str) -> (Grade, &'static str) {
        let page = super::super::page::page(html);
        let seen =
            Seen { status, cut: false, asked: "/a", answered: "/a", page: Some(&page), length: html.len(), missing: 0 };
        grade(&seen)
    }

    fn long(words: &str) -> String {
        format!("<title>Report</title><p>{words} {}", "Cameras were installed in the city. ".repeat(60))
    }

    #[test]
    fn pages_are_complete_and_walls_and_apologies_are_not() {
        assert_eq!(graded(200, &long("")), (Grade::Complete, "whole"));
        for (status, html, expected) in [
            (200, "<title>Just a moment...</title>", (Grade::Wall, "bot")),
            (403, "<title>x</title><p>Please solve the CAPTCHA", (Grade::Wall, "bot")),
            (403, "<p>no", (Grade::Wall, "forbidden")),
            (200, "<title>百度安全验证</title>", (Grade::Wall, "bot")),
            (401, "", (Grade::Wall, "login")),
            (200, "<form><input type=password>", (Grade::Wall, "login")),
            (200, "<p>Before you continue to the site", (Grade::Wall, "consent")),
            (404, "<p>x", (Grade::Error, "gone")),
            (451, "<p>x", (Grade::Error, "legal")),
            (500, "<p>x", (Grade::Error, "status")),
            (302, "", (Grade::Error, "redirects")),
            (200, "<title>404</title><p>Home", (Grade::Error, "soft-404")),
            (200, "<title>政府网</title><p>您访问的页面不存在", (Grade::Error, "soft-404")),
            (200, "<div id=root></div><script src=app.js></script>", (Grade::Partial, "shell")),
            (200, "", (Grade::Error, "empty")),
        ] {
            assert_eq!(graded(status, html), expected, "{status} {html}");
        }
    }

    #[test]
    fn a_long_page_that_speaks_of_walls_is_none() {
        for words in ["captcha", "page not found", "log in", "accept all cookies"] {
            assert_eq!(graded(200, &long(words)), (Grade::Complete, "whole"), "{words}");
        }
    }

    #[test]
    fn a_page_that_answers_for_another_is_gone_or_a_wall() {
        let page = super::super::page::page("<title>Portal</title><p>Welcome to the portal of the city");
        let seen = Seen {
            status: 200,
            cut: false,
            asked: "/news/17",
            answered: "/",
            page: Some(&page),
            length: 9,
            missing: 0,
        };
        assert_eq!(grade(&seen), (Grade::Error, "soft-404"));
        assert_eq!(grade(&Seen { asked: "/", ..seen }), (Grade::Complete, "whole"));
        assert_eq!(grade(&Seen { answered: "/news/17", missing: 2, ..seen }), (Grade::Partial, "requisites"));
        assert_eq!(grade(&Seen { answered: "/news/17", cut: true, ..seen }), (Grade::Partial, "cut"));
        let login = super::super::page::page("<title>Sign in</title>");
        assert_eq!(grade(&Seen { answered: "/login", page: Some(&login), ..seen }), (Grade::Wall, "login"));
    }
}
