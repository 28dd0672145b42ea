//! How it is seen: the public site, read-only, made from an edition and nothing else.
//!
//! [`routes`](self) is one table; [`url`](self) is the only place that makes addresses; every page has
//! a view (`view/`, what is said), a page (`page/`, how it looks) and a JSON twin of the same view.
//! No address or user agent of a reader is kept or written anywhere in this crate. An address is read only of whoever
//! sends a suggestion, and counted as `suggesting/turns.rs` says.

mod routes;
mod serve;
mod state;

mod ask;
mod assets;
mod bundle;
mod citation;
mod csv;
mod error_page;
mod face;
mod filtering;
mod order;
mod packet;
mod page;
mod part;
mod picked;
mod picture;
mod records;
mod reply;
mod report;
mod screening;
mod seal;
mod setup;
mod stream;
mod suggesting;
mod url;
mod view;
mod walking;

#[cfg(test)]
mod tests;

pub use assets::Assets;
pub use packet::{Cover, Packed, STYLE, bundle_pages};
pub use records::records;
pub use report::ScreenReport;
pub use routes::{Kind, Route, is_data, is_page, routes};
pub use screening::Screened;
pub use seal::{PlainFile, plain_file};
pub use serve::router;
pub use setup::Setup;
pub use state::WebState;
