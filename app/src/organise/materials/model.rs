//! What organisers see of the files of materials. Pure.

use crate::events::model::words;
use crate::materials::file::{MaterialFile, Reading};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

words! {
    /// What materials are of; as it stands in addresses.
    About { Event = "events", Programme = "programmes" }
}

words! {
    /// Why a file is not taken.
    FileProblem {
        /// None was chosen.
        NoFile = "no_file",
        /// There is nothing in it.
        Empty = "empty",
        /// It is larger than may be.
        TooLarge = "too_large",
        /// It is nothing that is taken.
        NotTaken = "not_taken",
        /// It is of a format of Office from before 2007.
        Old = "old",
        /// There are programs in it.
        Macros = "macros",
        /// It is called something else than what it is.
        Otherwise = "otherwise",
        /// It is not all there, or broken.
        Broken = "broken",
        /// There is no room on the server.
        Full = "full",
    }
}

/// A file as organisers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What readers are told.
    pub file: MaterialFile,
    /// What it was called when it was sent.
    pub name: String,
    /// When it came.
    #[serde(with = "crate::wire::date")]
    pub came: Date,
    /// How its reading stands.
    pub reading: Option<Reading>,
}

/// The page of the file of one material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePage {
    /// The number of the material.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Where it is on the web.
    pub url: Option<String>,
    /// It is announced for later.
    pub is_announced: bool,
    /// Its event is a draft.
    pub is_draft: bool,
    /// What it belongs to, and the page where that is edited.
    pub home: (String, String),
    /// Its file.
    pub kept: Option<Kept>,
    /// What reads files is not on the server.
    pub is_unreadable_here: bool,
}

impl FilePage {
    /// Something is still to be read.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        let reading = self.kept.as_ref().and_then(|kept| kept.reading.as_ref());
        reading.is_some_and(|reading| reading.state.is_open())
    }
}

/// A material in the list of those of an event or a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// It is announced for later.
    pub is_announced: bool,
    /// Its file.
    pub file: Option<MaterialFile>,
    /// How its reading stands.
    pub reading: Option<Reading>,
}

/// The form on its way back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedFile {
    /// What is wrong with the file.
    pub problem: Option<FileProblem>,
    /// What was chosen beside it: the material is here now.
    pub is_here: Option<bool>,
}
