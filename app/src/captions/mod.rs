//! What is said in a recording: captions and subtitles, and the chapters of it. Files in WebVTT and SRT are read and
//! written here, by rules that know neither database nor page.

pub mod chapters;
pub mod clock;
mod entities;
pub mod fault;
pub mod markup;
pub mod model;
pub mod paragraphs;
pub mod rename;
pub mod retime;
mod settings;
pub mod srt;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(test)]
mod tests;
mod timing;
pub mod vtt;
pub mod write;
