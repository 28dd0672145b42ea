//! What the tests of the importers share: the committed vocabulary, and an atlas held in memory.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use edition::State;
use model::{Day, Operation, OperationNumber, Severity, Vocabulary};

use crate::world::World;
use crate::{InputFile, Options, Outcome, import};

pub(crate) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vocabulary/");
    Vocabulary::parse(|name| std::fs::read_to_string(format!("{folder}{name}")).ok()).0
});

/// The read-only data beside the project, where it is present.
pub(crate) fn shared() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    std::env::var_os("COUNTERATLAS_SHARED_DATA").map_or_else(|| beside.into(), PathBuf::from)
}

/// The sample atlas.
pub(crate) fn sample() -> PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../sample").into()
}

pub(crate) fn options() -> Options {
    Options { format: None, withdraw_missing: false, as_of: None, today: Day::new(2026, 11, 22).unwrap() }
}

pub(crate) fn file(label: &str, text: &str) -> InputFile {
    InputFile {
        label: label.to_owned(),
        shown: label.rsplit('/').next().unwrap().to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

/// Every CSV file below a folder, labelled from the folder's own parent on.
pub(crate) fn files(folder: &Path) -> Vec<InputFile> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path));
        } else if name.ends_with(".csv") || name.ends_with(".csv.gz") {
            let shown = path.strip_prefix(folder.parent().unwrap()).unwrap().to_string_lossy().into_owned();
            found.push(InputFile { label: name, shown, bytes: std::fs::read(&path).unwrap() });
        }
    }
    found
}

/// An atlas in memory.
#[derive(Default, Clone)]
pub(crate) struct Atlas {
    pub state: State,
}

impl Atlas {
    /// What an import would do.
    pub fn look(&self, files: &[InputFile], options: &Options) -> Outcome {
        import(files, options, &VOCABULARY, &self.state, &mut |_| {})
    }

    /// Imports, and applies what comes out as the next entry.
    pub fn import(&mut self, files: &[InputFile]) -> Outcome {
        let outcome = self.look(files, &options());
        self.apply(outcome.operations.clone());
        outcome
    }

    pub fn apply(&mut self, operations: Vec<Operation>) {
        let entry = u32::try_from(self.state.entries()).unwrap();
        for (operation, number) in operations.into_iter().zip(0..) {
            // Through the bytes, as the ledger keeps them.
            let bytes = operation.to_bytes();
            self.state.apply_bytes(OperationNumber { entry, operation: number }, operation.kind(), &bytes);
        }
        assert_eq!(self.state.problems(), []);
    }

    /// The live claims of a record as `property value [sources]`.
    pub fn claims(&self, subject: &model::Subject) -> Vec<String> {
        let claims = crate::live::claims(&self.state, subject);
        let line = |(claim, evidence): &(&edition::ClaimRecord, Vec<&edition::EvidenceRecord>)| {
            let source = |e: &&edition::EvidenceRecord| {
                let id = &self.state.sources().at(e.source).id;
                let anchor =
                    e.passage.as_ref().and_then(|p| p.anchor.as_deref()).map_or(String::new(), |a| format!("#{a}"));
                format!("{id}{anchor}:{}", e.stance.word())
            };
            let sources: Vec<String> = evidence.iter().map(source).collect();
            let property = self.state.property(claim.property);
            format!("{property} {} [{}]", crate::diff::in_words(&claim.statement), sources.join(" "))
        };
        claims.iter().map(line).collect()
    }

    pub fn item(&self, id: &str) -> String {
        self.claims(&model::Subject::Item(model::Id::parse(id).unwrap())).join("\n")
    }

    pub fn link(&self, id: &str) -> String {
        self.claims(&model::Subject::Link(model::Id::parse(id).unwrap())).join("\n")
    }
}

/// A clock that stands still until it is moved, and chance that only counts.
#[derive(Default)]
pub(crate) struct Still {
    pub now: std::sync::atomic::AtomicI64,
    asked: std::sync::atomic::AtomicU64,
}

impl Still {
    pub fn at(now: i64) -> Self {
        Self { now: now.into(), ..Self::default() }
    }

    pub fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds, std::sync::atomic::Ordering::Relaxed);
    }
}

impl World for Still {
    fn now(&self) -> i64 {
        self.now.load(std::sync::atomic::Ordering::Relaxed)
    }

    fn today(&self) -> Day {
        Day::new(2026, 11, 22).unwrap()
    }

    fn random(&self) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        Sha256::digest(self.asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_be_bytes()).into()
    }
}

/// The problems as people read them.
pub(crate) fn problems(outcome: &Outcome) -> String {
    outcome.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The errors among them.
pub(crate) fn errors(outcome: &Outcome) -> Vec<String> {
    outcome.problems.iter().filter(|p| p.severity == Severity::Error).map(ToString::to_string).collect()
}
