//! A folder of one test: files to import, an atlas beside them, and the program run on it.

use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Output, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::tidy::root;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_counteratlas");

/// The folders of the sample, in the order in which `make run` names them.
pub const SAMPLE: [&str; 4] = ["foundation", "deployments", "networks", "coverage"];

/// An atlas called `atlas` in a temporary folder, verified when the test is over.
pub struct Atlas {
    folder: TempDir,
    sound: bool,
}

impl Atlas {
    /// An empty atlas.
    pub fn new() -> Self {
        let atlas = Self::none();
        atlas.run(["init"]).code(0);
        atlas
    }

    /// The folder of a test without an atlas in it.
    pub fn none() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder"), sound: true }
    }

    /// The sample, imported once for all tests; for reading only.
    pub fn sample() -> &'static Self {
        static SAMPLE_ATLAS: OnceLock<(Atlas, ChildStdin)> = OnceLock::new();
        let made = SAMPLE_ATLAS.get_or_init(|| {
            let atlas = Self::new();
            let folders = SAMPLE.map(|folder| root().join("sample").join(folder).display().to_string());
            atlas.run(["import"].into_iter().chain(folders.iter().map(String::as_str))).code(0);
            let removal = atlas.removal();
            (atlas, removal)
        });
        &made.0
    }

    /// Removes the folder when the pipe closes: a static value is never dropped, but a pipe closes with its process.
    fn removal(&self) -> ChildStdin {
        let mut keeper = Command::new("sh");
        keeper.args(["-c", "cat; sleep 1; rm -rf \"$0\""]).arg(self.folder.path());
        let keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        keeper.spawn().expect("sh runs").stdin.expect("invariant: it is piped")
    }

    /// Writes a file that the test imports.
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.put(path, bytes);
        self
    }

    /// Writes a file again.
    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("invariant: a file is in a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }

    /// A path in the test's folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Runs a command on the atlas: the first word is the command, the atlas is put behind it.
    pub fn run<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Ran {
        let mut words = words.into_iter();
        let command = words.next().expect("a command");
        self.program([command, "atlas"].into_iter().chain(words))
    }

    /// Runs the program in the test's folder with exactly these words.
    pub fn program<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Ran {
        let words: Vec<&str> = words.into_iter().collect();
        let output = Command::new(PROGRAM).args(&words).current_dir(self.folder.path()).output().expect("it runs");
        Ran { words: words.join(" "), output }
    }

    /// Says that the test has broken the ledger on purpose.
    pub fn broken(mut self) -> Self {
        self.sound = false;
        self
    }

    /// Every file of the atlas with its bytes, in order of their paths.
    pub fn bytes(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut all = Vec::new();
        read_below(&self.path("atlas"), &mut all);
        all.sort();
        all
    }
}

impl Drop for Atlas {
    fn drop(&mut self) {
        if self.sound && !std::thread::panicking() && self.path("atlas").exists() {
            self.run(["verify"]).code(0).stderr_has("the ledger is whole");
        }
    }
}

/// Every file below a folder with its bytes.
pub fn read_below(folder: &Path, all: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path().is_dir() {
            true => read_below(&entry.path(), all),
            false => all.push((entry.path(), std::fs::read(entry.path()).expect("a file"))),
        }
    }
}

/// Whether bytes stand somewhere in others.
pub fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// What a run of the program came to.
pub struct Ran {
    words: String,
    output: Output,
}

impl Ran {
    /// Asserts the exit code: 0 done, 1 problems, 2 could not run.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.output.status.code(), Some(code), "{}", self.told());
        self
    }

    /// Asserts that standard output is exactly this.
    #[track_caller]
    pub fn stdout(self, text: &str) -> Self {
        assert_eq!(self.out(), text, "{}", self.told());
        self
    }

    /// Asserts that standard output holds this.
    #[track_caller]
    pub fn stdout_has(self, text: &str) -> Self {
        assert!(self.out().contains(text), "no `{text}`\n{}", self.told());
        self
    }

    /// Asserts that standard error holds this.
    #[track_caller]
    pub fn stderr_has(self, text: &str) -> Self {
        assert!(self.err().contains(text), "no `{text}`\n{}", self.told());
        self
    }

    /// Asserts that standard error does not hold this.
    #[track_caller]
    pub fn stderr_lacks(self, text: &str) -> Self {
        assert!(!self.err().contains(text), "`{text}`\n{}", self.told());
        self
    }

    /// Standard output.
    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }

    /// Standard error.
    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out()).unwrap_or_else(|error| panic!("{error}\n{}", self.told()))
    }

    fn told(&self) -> String {
        let shorten = |text: String| text.chars().take(4000).collect::<String>();
        format!("counteratlas {}\n{}\n{}\n{}", self.words, self.output.status, shorten(self.out()), shorten(self.err()))
    }
}
