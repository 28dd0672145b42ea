//! Power losses: a writer dies at any change or sync, the disk forgets what was not synced in any way it may, and what
//! was acknowledged is still there.

use super::sim::SimDisk;
use super::*;
use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher};
use std::path::Path;

const ROOT: &str = "atlas";
const VAULT: &str = "vault";

/// The largest group that these tests append: so many entries may have come to be that nobody was told of.
const LARGEST: u64 = 3;

/// What a program does, one acknowledged step after the other.
#[derive(Debug, Clone, Copy)]
enum Step {
    Create,
    Append,
    /// Appends this many entries under one checkpoint.
    Group(u64),
    /// Redacts operation 1 of this entry.
    Redact(u64),
    /// Appends an entry whose values are sealed, but for the last.
    Seal,
    /// Puts the values of this entry into their place, and then out of the vault.
    Unseal(u64),
}

/// What was acknowledged.
#[derive(Debug, Clone, Default)]
struct Told {
    created: bool,
    size: u64,
    redacted: Vec<u64>,
    sealed: Vec<u64>,
    opened: Vec<u64>,
}

/// Entries have five operations in three parts, except in the long ledger, whose first have one.
fn value(entry: u64, operation: u32) -> String {
    format!("value {operation} of entry {entry}, which nobody shall find again")
}

fn open(disk: &SimDisk) -> Result<Ledger, LedgerError> {
    let mut ledger = Ledger::open(Arc::new(DirStorage::on(Box::new(disk.clone()), ROOT)))?;
    ledger.limit_parts(400);
    Ok(ledger)
}

fn append(ledger: &mut Ledger) -> Result<u64, LedgerError> {
    append_group(ledger, 1)
}

fn draft(entry: u64) -> (Draft<'static>, Vec<Operation>) {
    let texts: Vec<String> = (0..5).map(|operation| value(entry, operation)).collect();
    (Draft { day: DAY, author: "power" }, operations(&texts.iter().map(String::as_str).collect::<Vec<_>>()))
}

fn salts_from(first: u64) -> impl FnMut() -> [u8; 32] {
    let mut salt = [7; 32];
    salt[0] = first as u8;
    move || {
        salt[1] += 1;
        salt
    }
}

fn vault(disk: &SimDisk) -> DirStorage {
    DirStorage::on(Box::new(disk.clone()), VAULT)
}

fn seal(disk: &SimDisk) -> Result<u64, LedgerError> {
    let mut ledger = open(disk)?;
    let first = ledger.checkpoint().size;
    let (draft, mut operations) = draft(first);
    let notice = operations.pop().expect("five");
    ledger.append_sealed(&key(), draft, (operations, notice), &vault(disk), &mut salts_from(first))
}

fn append_group(ledger: &mut Ledger, count: u64) -> Result<u64, LedgerError> {
    let first = ledger.checkpoint().size;
    let entry = draft;
    let mut salts = salts_from(first);
    let entries: Vec<_> = (first..first + count).map(entry).collect();
    Ok(ledger.append_group(&key(), &entries, &mut salts)?.start)
}

fn take(disk: &SimDisk, step: Step, told: &mut Told) -> Result<(), LedgerError> {
    match step {
        Step::Create => {
            Ledger::create(Arc::new(DirStorage::on(Box::new(disk.clone()), ROOT)), &key())?;
            told.created = true;
        }
        Step::Append => {
            let mut ledger = open(disk)?;
            append(&mut ledger)?;
            told.size = ledger.checkpoint().size;
        }
        Step::Group(count) => {
            let mut ledger = open(disk)?;
            append_group(&mut ledger, count)?;
            told.size = ledger.checkpoint().size;
        }
        Step::Redact(entry) => {
            open(disk)?.redact(&[OperationId { entry, operation: 1 }])?;
            told.redacted.push(entry);
        }
        Step::Seal => {
            let entry = seal(disk)?;
            (told.size, told.sealed) = (entry + 1, [&told.sealed[..], &[entry]].concat());
        }
        Step::Unseal(entry) => {
            open(disk)?.unseal(entry, &vault(disk))?;
            told.opened.push(entry);
            forget(&vault(disk), entry)?;
        }
    }
    Ok(())
}

/// Runs until the writer dies; gives what was acknowledged by then.
fn run(disk: &SimDisk, steps: &[Step], mut told: Told) -> Told {
    for step in steps {
        if take(disk, *step, &mut told).is_err() {
            break;
        }
    }
    told
}

/// What is wrong with a disk after a power loss.
fn flaw(disk: &SimDisk, told: &Told) -> Result<(), String> {
    let storage = DirStorage::on(Box::new(disk.clone()), ROOT);
    let ledger = match open(disk) {
        Err(error) if told.created => return Err(format!("the ledger does not open: {error}")),
        Err(_) => return recreate(disk),
        Ok(ledger) => ledger,
    };
    let verdict = verify(&storage, Some(&key().verifying_key()));
    let size = verdict.size;
    if !verdict.holds() {
        return Err(format!("{:?}", verdict.findings));
    }
    if !(told.size..=told.size + LARGEST).contains(&size) {
        return Err(format!("acknowledged `{}`, there `{size}`", told.size));
    }
    ledger.entries(0..size).try_for_each(|entry| check_entry(&ledger, entry, told))?;
    for entry in told.sealed.iter().filter(|entry| !told.opened.contains(entry)) {
        let copy = disk.after_death();
        let opened = open(&copy).and_then(|ledger| ledger.unseal(*entry, &vault(&copy)));
        opened.map_err(|error| format!("the sealed values of entry `{entry}` can't be read: {error}"))?;
    }
    if let Some(entry) = told.redacted.iter().find(|entry| holds_bytes(disk, value(**entry, 1).as_bytes())) {
        return Err(format!("the redacted value of entry `{entry}` is still there"));
    }
    Ok(())
}

fn check_entry(ledger: &Ledger, entry: Result<Entry, LedgerError>, told: &Told) -> Result<(), String> {
    let entry = entry.map_err(|error| error.to_string())?;
    let number = entry.number;
    let mut wrong = None;
    let read = ledger.operations(&entry, |id, record| {
        let fits = match record {
            Record::Live { bytes, .. } if entry.author == "desk" => bytes.starts_with(b"operation"),
            Record::Live { bytes, .. } => bytes == value(number, id.operation).as_bytes(),
            // A redaction under way may have been carried out already.
            Record::Redacted { .. } => id.operation == 1,
            Record::Sealed => id.operation < 4 && !told.opened.contains(&number),
        };
        let redacted = matches!(record, Record::Redacted { .. });
        if !fits || (told.redacted.contains(&number) && id.operation == 1 && !redacted) {
            wrong = Some(id);
        }
    });
    read.map_err(|error| error.to_string())?;
    wrong.map_or(Ok(()), |id| Err(format!("operation `{id}` is another")))
}

fn holds_bytes(disk: &SimDisk, needle: &[u8]) -> bool {
    let mut holds = false;
    disk.each_file(|_, bytes| holds |= bytes.windows(needle.len()).any(|window| window == needle));
    holds
}

/// A ledger whose making was not acknowledged may be absent; then it can be made.
fn recreate(disk: &SimDisk) -> Result<(), String> {
    take(disk, Step::Create, &mut Told::default()).map_err(|error| format!("it can't be made again: {error}"))
}

/// The next writer works on as if nothing had been.
fn work_on(disk: &SimDisk) -> Result<(), String> {
    let mut ledger = open(disk).map_err(|error| error.to_string())?;
    append(&mut ledger).map_err(|error| format!("the next append fails: {error}"))?;
    let storage = DirStorage::on(Box::new(disk.clone()), ROOT);
    let verdict = verify(&storage, Some(&key().verifying_key()));
    if verdict.holds() { Ok(()) } else { Err(format!("after the next append: {:?}", verdict.findings)) }
}

/// A disk to begin with, all of it durable, what it holds, and the steps that are then taken.
fn scripts() -> Vec<(SimDisk, Told, Vec<Step>)> {
    let new = (SimDisk::new(), Told::default(), vec![Step::Create, Step::Append, Step::Append]);
    let some = SimDisk::new();
    let held = run(&some, &[Step::Create, Step::Append, Step::Append, Step::Append], Told::default());
    let redacting = vec![Step::Append, Step::Redact(1), Step::Group(LARGEST), Step::Redact(3), Step::Append];
    let long = SimDisk::holding(ROOT, &crash::thin(254));
    let filling = vec![Step::Append, Step::Group(LARGEST), Step::Append];
    let held_long = Told { created: true, size: 254, ..Told::default() };
    let sealing = vec![Step::Seal, Step::Append, Step::Unseal(3), Step::Redact(3), Step::Seal];
    let (some, held_too) = (some.settled(), held.clone());
    vec![new, (some.clone(), held, redacting), (some, held_too, sealing), (long, held_long, filling)]
}

fn dice(mut seed: u64) -> impl FnMut(usize) -> usize {
    seed |= 1;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as usize
    };
    // One loss in three forgets all names that were not synced, one in three none.
    let share = [0, 50, 100][next() % 3];
    move |bound| if bound == 2 { usize::from(next() % 100 < share) } else { next() % bound }
}

fn digest(disk: &SimDisk) -> u64 {
    let mut hasher = DefaultHasher::new();
    disk.each_file(|path, bytes| (path, bytes).hash(&mut hasher));
    hasher.finish()
}

/// Where a writer may have died, and what was acknowledged by then; also where a second one died that came after the
/// first without any power loss between them.
fn deaths(seed: u64, (disk, held, steps): &(SimDisk, Told, Vec<Step>)) -> Vec<(SimDisk, Told)> {
    let whole = disk.after_death();
    run(&whole, steps, held.clone());
    let mut random = dice(seed);
    let mut deaths = Vec::new();
    for call in 0..=whole.calls() {
        let dead = disk.dying_at(call);
        let told = run(&dead, steps, held.clone());
        let size = open(&dead.after_death()).map_or(0, |ledger| ledger.checkpoint().size);
        if told.created {
            let second = dead.after_death().dying_at(random(40) + 1);
            // The second writer saw what lay there, acknowledged or not.
            let seen = Told { size, ..told.clone() };
            let again = run(&second, &[Step::Group(2), Step::Append], seen.clone());
            // As long as it has acknowledged nothing itself, only what the first acknowledged has to stay.
            deaths.push((second, if again.size == size { told.clone() } else { again }));
        }
        deaths.push((dead, told));
    }
    deaths
}

/// Makes this many different states and gives what is wrong with the first bad one.
fn try_states(count: usize, seed: u64, prepare: impl Fn(&SimDisk)) -> Result<usize, String> {
    let mut seen = HashSet::new();
    let scripts = scripts();
    scripts.iter().for_each(|(disk, _, _)| prepare(disk));
    let deaths: Vec<Vec<_>> = scripts.iter().map(|script| deaths(seed, script)).collect();
    for round in 0u64.. {
        // The long ledger takes long to verify.
        let lists = deaths.iter().enumerate().take(if round % 64 == 0 { 4 } else { 3 });
        for (at, (script, (dead, told))) in
            lists.flat_map(|(n, list)| list.iter().map(move |dead| (n, dead))).enumerate()
        {
            let left =
                dead.after_power_loss(&mut dice(seed ^ (round << 16 | at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
            if !seen.insert(digest(&left)) {
                continue;
            }
            let judged = flaw(&left, told).and_then(|()| if at % 4 == 0 { work_on_made(&left) } else { Ok(()) });
            judged.map_err(|what| format!("script {script}, seed {seed}, round {round}, death {at}: {what}"))?;
        }
        if seen.len() >= count {
            break;
        }
    }
    Ok(seen.len())
}

fn work_on_made(disk: &SimDisk) -> Result<(), String> {
    if open(disk).is_err() { Ok(()) } else { work_on(disk) }
}

fn wanted(default: usize) -> usize {
    std::env::var("COUNTERATLAS_CRASH_STATES").ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn no_power_loss_takes_an_acknowledged_entry_or_brings_back_a_redacted_value() {
    let begun = std::time::Instant::now();
    let count = wanted(50_000);
    let half = |seed| move || try_states(count / 2, seed, |_| ());
    let tried = std::thread::scope(|scope| {
        let (a, b) = (scope.spawn(half(1)), scope.spawn(half(0x5eed)));
        [a, b].map(|half| half.join().unwrap().unwrap_or_else(|what| panic!("{what}"))).iter().sum::<usize>()
    });
    println!("power loss: {tried} states, seeds 1 and 24301, 0 violations, {:.1} s", begun.elapsed().as_secs_f32());
}

/// Dice that give every sequence of choices one after the other. Of what may be left of a file that was not synced they
/// give three representatives: nothing of it, all of it, and zeros from a sector on.
struct Odometer {
    choices: Vec<(usize, usize)>,
    at: usize,
}

impl Odometer {
    fn roll(&mut self, bound: usize) -> usize {
        const FILE: [usize; 3] = [0, 1, 3];
        let sides = match bound {
            2 => 2,
            5 => FILE.len(),
            _ => return bound / 2,
        };
        if self.at == self.choices.len() {
            self.choices.push((0, sides));
        }
        let side = self.choices[self.at].0;
        self.at += 1;
        if bound == 5 { FILE[side] } else { side }
    }

    /// Turns to the next sequence; false after the last.
    fn turn(&mut self) -> bool {
        self.at = 0;
        while let Some((side, sides)) = self.choices.pop() {
            if side + 1 < sides {
                self.choices.push((side + 1, sides));
                return true;
            }
        }
        false
    }
}

#[test]
fn every_order_in_which_one_step_s_names_can_reach_the_disk_is_tried() {
    let [(empty, none, _), (some, held, _), _, _] = <[_; 4]>::try_from(scripts()).ok().unwrap();
    // Sealing touches so many names that their orders are drawn, like those of several steps.
    let steps =
        [(empty, none, Step::Create), (some.clone(), held.clone(), Step::Append), (some, held, Step::Redact(2))];
    for (disk, held, step) in steps {
        let whole = disk.after_death();
        run(&whole, &[step], held.clone());
        let mut states = HashSet::new();
        for call in 0..=whole.calls() {
            let dead = disk.dying_at(call);
            let told = run(&dead, &[step], held.clone());
            let mut odometer = Odometer { choices: Vec::new(), at: 0 };
            loop {
                let left = dead.after_power_loss(&mut |bound| odometer.roll(bound));
                if states.insert(digest(&left)) {
                    flaw(&left, &told).unwrap_or_else(|what| panic!("{step:?} at call {call}: {what}"));
                }
                if !odometer.turn() {
                    break;
                }
            }
        }
        println!("power loss in {step:?}: {} calls, {} states, all of them", whole.calls(), states.len());
        assert!(states.len() > whole.calls());
    }
}

/// Whether a disk skips a sync of this kind of this path.
type Lie = fn(&str, &Path) -> bool;

#[test]
fn a_disk_that_lies_about_any_kind_of_sync_is_caught_by_these_tests() {
    let lies: [(&str, Lie); 8] = [
        ("every file", |kind, _| kind == "file"),
        ("every folder", |kind, _| kind == "folder"),
        ("the new checkpoint", |_, path| path.ends_with("checkpoint.tmp")),
        ("the checkpoint's folder", |kind, path| kind == "folder" && path.ends_with("log")),
        ("segments", |kind, path| kind == "file" && path.starts_with("atlas/segments")),
        ("the segments' folder", |kind, path| kind == "folder" && path.ends_with("atlas/segments")),
        ("sealed values", |kind, path| kind == "file" && path.starts_with("vault/segments")),
        ("the sealed values' folder", |kind, path| kind == "folder" && path.ends_with("vault/segments")),
    ];
    for (what, lie) in lies {
        let caught = try_states(20_000, 7, |disk| disk.lie(lie));
        assert!(caught.is_err(), "nobody noticed that {what} is not synced");
    }
}
