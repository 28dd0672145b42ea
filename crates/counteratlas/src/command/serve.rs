//! `serve`: shows an atlas as a web site and follows its ledger.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use axum::Router;
use axum::serve::ListenerExt;
use edition::{Follower, Publication};
use tokio::net::TcpListener;
use ui::Witnesses;
use web::{Assets, WebState};

use crate::args::Serve;
use crate::atlas::Atlas;
use crate::originals::Originals;
use crate::public_log::{Hidden, PublicLog};
use crate::publication::{Guard, Shown};
use crate::report::say;
use crate::witnessing::Witnessing;

/// How often the ledger's head is looked at: one small file.
const LOOK: Duration = Duration::from_millis(200);

/// How long answers under way may take once the server is told to stop.
const PATIENCE: Duration = Duration::from_secs(2);

/// Serves until the process is told to stop.
pub fn run(args: &Serve) -> Result<bool> {
    crate::no_core::forbid();
    let atlas = Atlas::open(&args.atlas)?;
    let begun = Instant::now();
    let follower = Follower::open(atlas.ledger()?, atlas.vocabulary()?)?;
    let log = PublicLog::new(&args.atlas, &follower);
    let guard = Guard::of(&atlas);
    let Shown { edition, problems } = guard.show(&follower, None)?;
    tell_held(&problems, edition.head().size);
    let (held, shown) = (!problems.is_empty(), Publication::of(&edition));
    let (items, links) = (edition.items().len(), edition.rows().len());
    let state = WebState::published_by(atlas.setup(), Arc::new(edition), Assets::built());
    let state = state.with_lists(Arc::new(desk::ListReader)).with_texts(Arc::new(atlas.texts()));
    let state = Arc::new(crate::inbox::opened(&atlas, state));
    let originals = Originals::new(atlas.archive());
    originals.set(&follower);
    say(&format!("opened {items} items and {links} links in {:.1} s", begun.elapsed().as_secs_f32()));
    let following = Following {
        follower,
        originals: originals.clone(),
        hidden: log.hidden(),
        folder: args.atlas.clone(),
        said: None,
        guard,
        shown,
        held,
    };
    following.witnesses().into_iter().for_each(|said| state.witnessed(said));
    let (watched, searched) = (Arc::downgrade(&state), state.clone());
    thread::Builder::new().name("follow".into()).spawn(move || follow(following, &watched))?;
    thread::Builder::new().name("prepare".into()).spawn(move || searched.prepare())?;
    let site = log.router().merge(web::router(state));
    let runtime = tokio::runtime::Runtime::new()?;
    match args.evidence {
        None => runtime.block_on(listen(args.listen, site))?,
        Some(address) => runtime.block_on(async {
            tokio::try_join!(listen(address, originals.router()), listen(args.listen, site)).map(drop)
        })?,
    }
    Ok(true)
}

/// Serves until Ctrl-C or SIGTERM.
pub async fn listen(address: SocketAddr, site: Router) -> Result<()> {
    answer_on(bind(address).await?, site).await
}

/// Takes an address.
pub async fn bind(address: SocketAddr) -> Result<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.with_context(|| format!("can't listen on `{address}`; hint: name another with `--listen`"))
}

/// Serves on an address that was taken until Ctrl-C or SIGTERM.
pub async fn answer_on(listener: TcpListener, site: Router) -> Result<()> {
    say(&format!("serving on http://{} (press Ctrl-C to stop)", listener.local_addr()?));
    // Without this, small answers wait for the reader's delayed acknowledgement: 40 ms each.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let told = Arc::new(tokio::sync::Notify::new());
    let (tell, hear) = (told.clone(), told.clone());
    let site = site.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, site).with_graceful_shutdown(async move {
        stopped().await;
        tell.notify_one();
    });
    // A reader who keeps a connection open must not keep the server from stopping.
    tokio::select! {
        done = serving => done?,
        () = async { hear.notified().await; tokio::time::sleep(PATIENCE).await } => {}
    }
    Ok(())
}

/// Ends on Ctrl-C or SIGTERM.
async fn stopped() {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("the system lets a process handle its own signals");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    say("stopping");
}

/// What is followed: the ledger, and what stands beside it.
struct Following {
    follower: Follower,
    originals: Originals,
    hidden: Hidden,
    folder: PathBuf,
    /// What the pages say of witnesses by now.
    said: Option<Witnesses>,
    guard: Guard,
    /// The edition that readers see.
    shown: Publication,
    /// Whether the newest edition is held back.
    held: bool,
}

/// Says why the newest edition is not shown.
fn tell_held(problems: &[model::Problem], shown: u64) {
    problems.iter().for_each(|problem| say(&problem.to_string()));
    if !problems.is_empty() {
        say(&format!("counteratlas: NOT PUBLISHED: the newest edition is held back; edition {shown} is shown"));
    }
}

/// Publishes a new edition whenever the ledger has grown; ends with the server.
fn follow(mut following: Following, state: &Weak<WebState>) {
    let mut last = String::new();
    while let Some(state) = state.upgrade() {
        match following.once(&state) {
            Ok(()) => last.clear(),
            Err(error) if error.to_string() == last => {}
            Err(error) => {
                last = error.to_string();
                say(&format!("counteratlas: the ledger can't be followed: {error:#}; the last edition stays on show"));
            }
        }
        drop(state);
        thread::sleep(LOOK);
    }
}

impl Following {
    fn once(&mut self, state: &WebState) -> Result<()> {
        let grown = self.follower.follow()?;
        let witnesses = self.witnesses();
        // A writer may have published what was held back.
        let released = self.held && self.guard.last()?.is_some_and(|last| last.size > self.shown.size);
        if grown || released {
            self.hidden.set(&self.follower);
            self.originals.set(&self.follower);
            let Shown { edition, problems } = self.guard.show(&self.follower, Some(&self.shown))?;
            let (number, links) = (edition.head().size, edition.rows().len());
            tell_held(&problems, number);
            (self.held, self.shown) = (!problems.is_empty(), Publication::of(&edition));
            state.publish_witnessed(Arc::new(edition), witnesses.clone().unwrap_or_default());
            say(&format!("now showing edition {number} with {links} links"));
        } else if witnesses != self.said {
            state.witnessed(witnesses.clone().unwrap_or_default());
        }
        self.said = witnesses;
        Ok(())
    }

    /// What pages say of the witnesses; what can't be read is no witness.
    fn witnesses(&self) -> Option<Witnesses> {
        let ledger = self.follower.ledger();
        let witnessing = Witnessing::of(&self.folder).ok()?;
        Some(witnessing.shown(&witnessing.cosigned(ledger, ledger.checkpoint()).ok()?))
    }
}
