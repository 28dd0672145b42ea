//! `desk`: the editors' pages, and the first account.

mod captor;
mod writer;

use std::net::SocketAddr;
use std::sync::Arc;

use ::desk::accounts::{Role, Roles};
use ::desk::site::{self, Setup};
use ::desk::store::Store;
use anyhow::{Context, Result, bail};
use web::Assets;

use super::serve;
use crate::args::{AddAdmin, Desk, DeskCommand};
use crate::atlas::Atlas;
use crate::inbox::Outside;
use crate::report::{out, say};
use writer::AtlasWriter;

/// Listens until the process is told to stop, or makes an account.
pub fn run(args: &Desk) -> Result<bool> {
    match &args.command {
        Some(DeskCommand::AddAdmin(args)) => add_admin(args),
        None => listen(args),
    }
}

fn add_admin(args: &AddAdmin) -> Result<bool> {
    let store = store(&Atlas::open(&args.atlas)?)?;
    let invited = ::desk::accounts::invite(&store, &Outside, None, (&args.name, Roles::of([Role::Admin])))?;
    let token = invited.map_err(|refused| anyhow::anyhow!("{}", refused.reason()))?;
    out(&format!("{}/enrol/{}", args.address.trim_end_matches('/'), token.text()));
    say("open it within a day; it counts once");
    Ok(true)
}

fn listen(args: &Desk) -> Result<bool> {
    crate::no_core::forbid();
    let folder = args.atlas.as_ref().context("the atlas folder is missing")?;
    let atlas = Atlas::open(folder)?;
    check(args.listen, args.address.as_deref())?;
    let store = Arc::new(store(&atlas)?);
    let writer = Arc::new(AtlasWriter::open(&atlas, &args.manners)?);
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let listener = serve::bind(args.listen).await?;
        let address = match &args.address {
            Some(address) => address.trim_end_matches('/').to_owned(),
            None => format!("http://localhost:{}", listener.local_addr()?.port()),
        };
        let setup = setup(&atlas, address);
        let desk = site::Desk::open(store, Arc::new(Outside), writer, atlas.vocabulary()?, setup)?;
        let desk = desk.with_texts(Arc::new(atlas.texts()));
        serve::answer_on(listener, site::router(Arc::new(desk))).await
    })?;
    Ok(true)
}

fn store(atlas: &Atlas) -> Result<Store> {
    Ok(Store::open(&atlas.desk())?)
}

/// Log-ins and drafts cross no network in the clear.
fn check(listen: SocketAddr, address: Option<&str>) -> Result<()> {
    let secure = address.is_some_and(|address| address.starts_with("https://"));
    let host = address.and_then(|address| address.split_once("://")).map(|(_, host)| host);
    let local = |host: &str| ["localhost", "127.0.0.1"].contains(&host.split(':').next().unwrap_or(host));
    let local = listen.ip().is_loopback() && host.is_none_or(local);
    if !secure && !local {
        bail!(
            "the desk takes log-ins over TLS or on this machine alone; hint: listen on 127.0.0.1, put a proxy with a \
             certificate in front of it, and name its address: `--address https://desk.example.org`"
        );
    }
    Ok(())
}

fn setup(atlas: &Atlas, address: String) -> Setup {
    let assets = Assets::built();
    let files = assets.served().map(|(path, mime, bytes)| (path.to_owned(), (mime, bytes.to_vec()))).collect();
    Setup { imprint: Arc::new(atlas.setup().imprint), address, assets: assets.urls().clone(), files }
}
