//! Where pictures are drawn: the ground and the fonts, read when first needed, and how many are drawn at once.

use std::path::PathBuf;
use std::sync::OnceLock;

use axum::body::Bytes;

use super::gate::{Gate, Pass};
use super::ground::Ground;
use super::raster::Fonts;

/// Pictures drawn at once; a picture takes a core for a tenth of a second.
const AT_ONCE: usize = 2;

/// Requests that may wait for a picture; more are sent away for now.
const WAITING: usize = 24;

/// The studio of a site.
pub(crate) struct Studio {
    shapes: [Bytes; 2],
    fonts: Vec<PathBuf>,
    ground: OnceLock<Ground>,
    known: OnceLock<Fonts>,
    gate: Gate,
}

impl Studio {
    /// With the coarse and the fine shapes of the ground, and these font files before the system's.
    pub fn new(shapes: [Bytes; 2], fonts: Vec<PathBuf>) -> Self {
        let (ground, known, gate) = (OnceLock::new(), OnceLock::new(), Gate::new(AT_ONCE, WAITING));
        Self { shapes, fonts, ground, known, gate }
    }

    /// The ground.
    pub fn ground(&self) -> &Ground {
        self.ground.get_or_init(|| Ground::read(&self.shapes[0], &self.shapes[1]))
    }

    /// The fonts.
    pub fn fonts(&self) -> &Fonts {
        self.known.get_or_init(|| Fonts::load(&self.fonts))
    }

    /// Leave to draw; `None` if too many wait already.
    pub fn enter(&self) -> Option<Pass<'_>> {
        self.gate.enter()
    }
}
