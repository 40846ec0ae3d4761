//! The rules of the player. Pure. Times are milliseconds from the beginning.

use crate::events::model::words;
use crate::recordings::page_model::RecordingPage;
use crate::recordings::watching::model::{Interval, union};
use serde::{Deserialize, Serialize};

/// What somebody wants the player to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Play, or pause.
    Toggle,
    /// Play.
    Play,
    /// So much on, or back.
    Step(i32),
    /// To this place.
    To(i32),
    /// To so many tenths of it.
    Tenth(i32),
    /// To its end.
    End,
    /// Louder or softer, in hundredths.
    Louder(i32),
    /// The loudness, in hundredths.
    Volume(i32),
    /// Sound off, or on again.
    Mute,
    /// Captions off, or on again.
    Captions,
    /// The whole screen, or not any more.
    FullScreen,
    /// A small window of its own, or not any more.
    SmallWindow,
    /// The next speed, or the one before.
    Faster(i32),
    /// This speed, in hundredths.
    Speed(i32),
    /// Fetch it once more.
    TryAgain,
}

/// A step of the keys j and l and of the buttons.
pub const TEN: i32 = 10_000;
/// A step of the arrows.
pub const FIVE: i32 = 5_000;
/// A step of Page Up and Page Down on the bar.
pub const MINUTE: i32 = 60_000;
/// The speeds that one can choose, in hundredths.
pub const SPEEDS: [i32; 8] = [50, 75, 100, 125, 150, 175, 200, 250];

/// What has the focus within the player, as far as its keys are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The bar with the place.
    Bar,
    /// A button, a link, a heading that opens: space is theirs.
    Button,
    /// A slider of the browser's own: arrows, Home and End are its.
    Slider,
    /// A list of the browser's own, or a field: all keys are theirs.
    Field,
    /// Anything else.
    Other,
}

/// What a key does. Keys together with Control, Alt or Meta are the browser's and never get here.
#[must_use]
pub fn command(key: &str, focus: Focus) -> Option<Command> {
    if focus == Focus::Field {
        return None;
    }
    let is_slider = focus == Focus::Slider;
    Some(match key {
        " " | "Enter" if focus == Focus::Button => return None,
        " " | "k" | "K" => Command::Toggle,
        "j" | "J" => Command::Step(-TEN),
        "l" | "L" => Command::Step(TEN),
        "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End" | "PageUp"
        | "PageDown"
            if is_slider =>
        {
            return None;
        }
        "ArrowLeft" => Command::Step(-FIVE),
        "ArrowRight" => Command::Step(FIVE),
        "ArrowUp" if focus == Focus::Bar => Command::Step(FIVE),
        "ArrowDown" if focus == Focus::Bar => Command::Step(-FIVE),
        "PageUp" if focus == Focus::Bar => Command::Step(MINUTE),
        "PageDown" if focus == Focus::Bar => Command::Step(-MINUTE),
        "ArrowUp" => Command::Louder(5),
        "ArrowDown" => Command::Louder(-5),
        "m" | "M" => Command::Mute,
        "c" | "C" => Command::Captions,
        "f" | "F" => Command::FullScreen,
        "<" => Command::Faster(-1),
        ">" => Command::Faster(1),
        "Home" => Command::To(0),
        "End" => Command::End,
        digit => {
            let digit = digit.parse::<u8>().ok().filter(|tenth| digit.len() == 1 && *tenth < 10);
            Command::Tenth(digit?.into())
        }
    })
}

/// The speed so many steps from this one.
#[must_use]
pub fn stepped(speed: i32, steps: i32) -> i32 {
    let at = SPEEDS.iter().position(|known| *known >= speed).unwrap_or(SPEEDS.len() - 1);
    let last = i32::try_from(SPEEDS.len() - 1).unwrap_or_default();
    let at = (i32::try_from(at).unwrap_or_default() + steps).clamp(0, last);
    SPEEDS[usize::try_from(at).unwrap_or_default()]
}

words! {
    /// How large captions are.
    Size { Small = "small", Normal = "normal", Large = "large", Huge = "huge" }
}

words! {
    /// What captions look like.
    Colour { White = "white", Yellow = "yellow", Black = "black" }
}

/// How somebody wants to have captions and sound. It stays in their browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Taste {
    /// Captions are shown.
    pub captions: bool,
    /// In which language; nothing while nobody has chosen one.
    pub language: Option<String>,
    /// How large they are.
    pub size: Size,
    /// What they look like.
    pub colour: Colour,
    /// The speed, in hundredths.
    pub speed: i32,
    /// The loudness, in hundredths.
    pub volume: i32,
}

impl Default for Taste {
    fn default() -> Self {
        Self {
            captions: false,
            language: None,
            size: Size::Normal,
            colour: Colour::White,
            speed: 100,
            volume: 100,
        }
    }
}

impl Taste {
    /// As it was kept. Whatever cannot be read counts as not being there.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let read: Self = serde_json::from_str(text).unwrap_or_default();
        Self {
            speed: stepped(read.speed, 0),
            volume: read.volume.clamp(0, 100),
            language: read.language.filter(|language| matches!(language.as_str(), "sv" | "en")),
            ..read
        }
    }
}

/// A report is not sent sooner than so long after the one before, in milliseconds.
pub const REPORT_EVERY_MS: i32 = 10_000;
/// The same where nothing is kept of whoever watches, and it is counted alone.
pub const COUNT_EVERY_MS: i32 = 30_000;

/// How to tell what was watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Where to.
    pub address: String,
    /// How often at most.
    pub every_ms: i32,
    /// How long the recording is; 0 where that is not known.
    pub duration_ms: i32,
}

impl Telling {
    /// How that of a page at this address is told; nothing of a draft, and nothing to who wants nothing kept.
    #[must_use]
    pub fn of(page: &RecordingPage, address: &str) -> Option<Self> {
        let every_ms = match page.mine {
            Some(mine) if !mine.is_kept => return None,
            Some(_) => REPORT_EVERY_MS,
            None if page.is_draft => return None,
            None => COUNT_EVERY_MS,
        };
        let duration_ms = page.duration_ms.unwrap_or_default();
        Some(Self { address: format!("{address}/watched"), every_ms, duration_ms })
    }
}

/// Gathers what is played, until it is told. Time that was jumped over is not played.
#[derive(Clone, Debug, Default)]
pub struct Gatherer {
    /// Where the stretch that is being played began, and how far it has come.
    now: Option<Interval>,
    done: Vec<Interval>,
}

/// Between two signs of life players play no more than this, at the common speed.
const STRIDE_MS: i32 = 1_500;

impl Gatherer {
    /// It is being played and is here, at a speed in hundredths.
    pub fn plays(&mut self, at_ms: i32, speed: i32) {
        let stride = STRIDE_MS.saturating_mul(speed.max(100)) / 100;
        match &mut self.now {
            Some(now) if at_ms >= now.to && at_ms - now.to <= stride => now.to = at_ms,
            _ => {
                self.rests();
                self.now = Some(Interval { from: at_ms, to: at_ms });
            }
        }
    }

    /// It has been stopped, or is on its way to another place.
    pub fn rests(&mut self) {
        if let Some(now) = self.now.take().filter(|now| now.to > now.from) {
            self.done.push(now);
        }
    }

    /// What has been played and not been told: it counts as told from here on. See [`Gatherer::give_back`].
    pub fn take(&mut self) -> Vec<Interval> {
        if let Some(now) = &mut self.now
            && now.to > now.from
        {
            self.done.push(*now);
            now.from = now.to;
        }
        self.done = union(std::mem::take(&mut self.done));
        std::mem::take(&mut self.done)
    }

    /// It could not be told.
    pub fn give_back(&mut self, parts: Vec<Interval>) {
        self.done.extend(parts);
    }
}

/// As a report has it: `0-12000,60000-61500`.
#[must_use]
pub fn written(parts: &[Interval]) -> String {
    let parts: Vec<_> = parts.iter().map(|part| format!("{}-{}", part.from, part.to)).collect();
    parts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_what_people_know_them_for() {
        for (key, does) in [
            (" ", Command::Toggle),
            ("k", Command::Toggle),
            ("j", Command::Step(-TEN)),
            ("L", Command::Step(TEN)),
            ("ArrowLeft", Command::Step(-FIVE)),
            ("ArrowUp", Command::Louder(5)),
            ("<", Command::Faster(-1)),
            ("7", Command::Tenth(7)),
            ("Home", Command::To(0)),
            ("End", Command::End),
        ] {
            assert_eq!(command(key, Focus::Other), Some(does), "{key}");
        }
        for key in ["Tab", "Escape", "a", "10", "F5", "", "+1", "٣"] {
            assert_eq!(command(key, Focus::Other), None, "{key}");
        }
    }

    #[test]
    fn what_has_the_focus_keeps_its_own_keys() {
        assert_eq!(command(" ", Focus::Button), None);
        assert_eq!(command("Enter", Focus::Button), None);
        assert_eq!(command("k", Focus::Button), Some(Command::Toggle));
        for key in ["ArrowLeft", "ArrowUp", "Home", "PageDown"] {
            assert_eq!(command(key, Focus::Slider), None, "{key}");
        }
        assert_eq!(command("m", Focus::Slider), Some(Command::Mute));
        assert_eq!(command("ArrowUp", Focus::Bar), Some(Command::Step(FIVE)));
        assert_eq!(command("PageDown", Focus::Bar), Some(Command::Step(-MINUTE)));
        assert_eq!(command("k", Focus::Field), None);
    }

    #[test]
    fn speeds_have_two_ends() {
        assert_eq!(stepped(100, 1), 125);
        assert_eq!(stepped(100, -1), 75);
        assert_eq!(stepped(250, 1), 250);
        assert_eq!(stepped(50, -3), 50);
        assert_eq!(stepped(110, 0), 125);
        assert_eq!(stepped(9_999, 0), 250);
    }

    #[test]
    fn what_was_kept_in_the_browser_is_read_leniently() {
        assert_eq!(Taste::read("nonsense"), Taste::default());
        assert_eq!(Taste::read("{\"size\":\"vast\"}"), Taste::default());
        let read =
            Taste::read("{\"captions\":true,\"speed\":-5,\"volume\":900,\"language\":\"xx\"}");
        assert_eq!((read.captions, read.speed, read.volume, read.language), (true, 50, 100, None));
        let mine = Taste { size: Size::Huge, colour: Colour::Black, ..Taste::default() };
        assert_eq!(Taste::read(&serde_json::to_string(&mine).unwrap()), mine);
    }

    #[test]
    fn only_what_is_played_is_gathered() {
        let mut gatherer = Gatherer::default();
        for at in [0, 250, 500, 1_700] {
            gatherer.plays(at, 100);
        }
        // A jump on, and one back.
        for at in [60_000, 60_250, 30_000, 30_400] {
            gatherer.plays(at, 100);
        }
        gatherer.rests();
        let taken = gatherer.take();
        assert_eq!(written(&taken), "0-1700,30000-30400,60000-60250");
        assert!(gatherer.take().is_empty());
        gatherer.give_back(taken);
        gatherer.plays(1_700, 100);
        gatherer.plays(2_000, 100);
        assert_eq!(written(&gatherer.take()), "0-2000,30000-30400,60000-60250");
        // It goes on without a gap.
        gatherer.plays(2_300, 100);
        assert_eq!(written(&gatherer.take()), "2000-2300");
    }

    #[test]
    fn at_twice_the_speed_strides_are_longer() {
        let mut gatherer = Gatherer::default();
        gatherer.plays(0, 200);
        gatherer.plays(2_900, 200);
        assert_eq!(written(&gatherer.take()), "0-2900");
        let mut gatherer = Gatherer::default();
        gatherer.plays(0, 100);
        gatherer.plays(2_900, 100);
        assert_eq!(written(&gatherer.take()), "");
    }
}
