//! What can be done with all captions at once: moved, stretched, a name put right, a speaker renamed. The same in the
//! browser, which does it in the editor, and on the server, which shows what would become of it. Pure.

use crate::captions::clock;
use crate::captions::markup;
use crate::captions::model::{Cue, MAX_SPEAKER};
use crate::captions::rename::{Replacing, replace};
use crate::captions::retime::{Anchor, NoLine, Retiming, retime};
use crate::events::model::words;
use serde::{Deserialize, Serialize};

words! {
    /// What is done.
    Deed {
        /// Moves all by as much as one moment, or stretches by two.
        Retime = "retime",
        /// Finds words and puts others in their place.
        Replace = "replace",
        /// Gives a speaker another name.
        Speaker = "speaker",
    }
}

words! {
    /// Why it cannot be done.
    ToolProblem {
        /// This is no time.
        NoTime = "no_time",
        /// Both moments are the same.
        SameMoment = "same_moment",
        /// Time would run backwards.
        Reversed = "reversed",
        /// More than ten times longer or shorter.
        TooFar = "too_far",
        /// Nothing would be left.
        AllGone = "all_gone",
        /// There is nothing to look for.
        Nothing = "nothing",
        /// It is nowhere to be found.
        NotFound = "not_found",
        /// A name is longer than a name.
        TooLong = "too_long",
    }
}

/// Why it cannot be done, and which field is to be put right.
pub type Wrong = (&'static str, ToolProblem);

/// What became of the captions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// All of them.
    pub cues: Vec<Cue>,
    /// What is told.
    pub told: Told,
}

/// What is told of a change of all captions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// How often something was replaced, or in how many cues.
    pub count: usize,
    /// The first and the last cue: when each began, and when it begins now.
    pub moved: Vec<(i32, i32)>,
    /// How many hold it and stay as they are.
    pub left: usize,
    /// How many would be over before the beginning or begin after the end, and are not there any more.
    pub fell_off: usize,
    /// How many were cut there.
    pub cut: usize,
}

/// Does it, as the fields of a form ask for it.
///
/// # Errors
/// Why it cannot be done.
pub fn run(
    deed: Deed,
    cues: &[Cue],
    duration_ms: Option<i32>,
    value: impl Fn(&str) -> String,
) -> Result<Done, Wrong> {
    match deed {
        Deed::Retime => run_retime(cues, duration_ms, value),
        Deed::Replace => {
            let (find, put) = (value("find"), value("put"));
            let find = find.trim();
            if find.is_empty() {
                return Err(("find", ToolProblem::Nothing));
            }
            let how = Replacing {
                find,
                put: put.trim(),
                whole_words: value("whole") == "yes",
                same_case: value("case") == "yes",
            };
            let replaced = replace(cues, how);
            if replaced.count == 0 && replaced.left.is_empty() {
                return Err(("find", ToolProblem::NotFound));
            }
            let (count, left) = (replaced.count, replaced.left.len());
            Ok(Done { cues: replaced.cues, told: Told { count, left, ..Told::default() } })
        }
        Deed::Speaker => run_speaker(cues, value("from").trim(), value("to").trim()),
    }
}

fn run_retime(
    cues: &[Cue],
    duration_ms: Option<i32>,
    value: impl Fn(&str) -> String,
) -> Result<Done, Wrong> {
    let time = |field: &'static str| clock::read(&value(field)).ok_or((field, ToolProblem::NoTime));
    let one = Anchor { from_ms: time("a_from")?, to_ms: time("a_to")? };
    let is_one = value("b_from").trim().is_empty() && value("b_to").trim().is_empty();
    let how = if is_one {
        Retiming::shift(one)
    } else {
        let other = Anchor { from_ms: time("b_from")?, to_ms: time("b_to")? };
        Retiming::stretch(one, other).map_err(|no| match no {
            NoLine::SameMoment => ("b_from", ToolProblem::SameMoment),
            NoLine::Reversed => ("b_to", ToolProblem::Reversed),
            NoLine::TooFar => ("b_to", ToolProblem::TooFar),
        })?
    };
    let retimed = retime(cues, how, duration_ms);
    if retimed.cues.is_empty() {
        return Err(("a_to", ToolProblem::AllGone));
    }
    let within = |time: i64| i32::try_from(time.max(0)).unwrap_or(i32::MAX);
    let mut ends: Vec<_> = cues.first().into_iter().chain(cues.last()).collect();
    ends.dedup_by_key(|cue| cue.start_ms);
    let told = Told {
        count: retimed.cues.len(),
        moved: ends.iter().map(|cue| (cue.start_ms, within(how.at(cue.start_ms)))).collect(),
        fell_off: retimed.fell_off.len(),
        cut: retimed.cut,
        ..Told::default()
    };
    Ok(Done { cues: retimed.cues, told })
}

/// Every voice that has exactly this name gets the other one; with none, nobody is named any more.
fn run_speaker(cues: &[Cue], from: &str, to: &str) -> Result<Done, Wrong> {
    if from.is_empty() {
        return Err(("from", ToolProblem::Nothing));
    }
    if to.chars().count() > MAX_SPEAKER {
        return Err(("to", ToolProblem::TooLong));
    }
    let mut done = Done::default();
    for cue in cues {
        if !cue.voices().iter().any(|voice| voice.speaker.as_deref() == Some(from)) {
            done.cues.push(cue.clone());
            continue;
        }
        let renamed = match &cue.marked {
            None => Ok(Cue { speaker: (!to.is_empty()).then(|| to.to_owned()), ..cue.clone() }),
            Some(text) => {
                let text = markup::parse(text).map_speakers(|name| {
                    if name == from { to.to_owned() } else { name.to_owned() }
                });
                cue.clone().with_text(&markup::parse(&text.to_string()))
            }
        };
        match renamed {
            Ok(renamed) => {
                done.told.count += 1;
                done.cues.push(renamed);
            }
            Err(_) => {
                done.told.left += 1;
                done.cues.push(cue.clone());
            }
        }
    }
    if done.told.count == 0 { Err(("from", ToolProblem::NotFound)) } else { Ok(done) }
}

/// Who speaks in these captions, each once, in the order of their first words.
#[must_use]
pub fn speakers(cues: &[Cue]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for cue in cues {
        let voices = if cue.marked.is_some() { cue.voices() } else { Vec::new() };
        let named = voices.into_iter().filter_map(|voice| voice.speaker);
        for name in named.chain(cue.speaker.clone()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::vtt;

    fn cues() -> Vec<Cue> {
        vtt::parse(
            "WEBVTT\n\n00:10.000 --> 00:12.000\n<v Åsa>Åsa och Åsas bok\n\n00:20.000 --> 00:22.000\n<v Bo>Hej <i>Åsa</i>!\n\n\
             00:30.000 --> 00:31.000\n<v Bo>Ja<v Åsa>Nej",
        )
        .unwrap()
        .cues
    }

    fn ask(deed: Deed, fields: &[(&str, &str)]) -> Result<Done, Wrong> {
        run(deed, &cues(), Some(60_000), |name| {
            fields.iter().find(|it| it.0 == name).map(|it| it.1.to_owned()).unwrap_or_default()
        })
    }

    #[test]
    fn one_moment_moves_and_two_stretch() {
        let done = ask(Deed::Retime, &[("a_from", "0:10"), ("a_to", "0:12,500")]).unwrap();
        assert_eq!(done.told.moved, [(10_000, 12_500), (30_000, 32_500)]);
        assert_eq!(done.cues[1].start_ms, 22_500);
        let two = [("a_from", "0:10"), ("a_to", "0:10"), ("b_from", "0:20"), ("b_to", "0:30")];
        let done = ask(Deed::Retime, &two).unwrap();
        assert_eq!(done.told.moved, [(10_000, 10_000), (30_000, 50_000)]);
        assert_eq!((done.cues[2].start_ms, done.cues[2].end_ms), (50_000, 52_000));
        let early = [("a_from", "0:25"), ("a_to", "0:00")];
        let done = ask(Deed::Retime, &early).unwrap();
        assert_eq!((done.told.fell_off, done.told.count), (2, 1));
    }

    #[test]
    fn what_makes_no_sense_is_told_at_its_field() {
        use ToolProblem::{AllGone, NoTime, NotFound, Nothing, Reversed, SameMoment, TooFar};
        for (deed, fields, expected) in [
            (Deed::Retime, vec![("a_from", "x"), ("a_to", "0:01")], ("a_from", NoTime)),
            (Deed::Retime, vec![("a_from", "0:01")], ("a_to", NoTime)),
            (
                Deed::Retime,
                vec![("a_from", "0:01"), ("a_to", "0:01"), ("b_from", "0:09")],
                ("b_to", NoTime),
            ),
            (
                Deed::Retime,
                vec![("a_from", "0:01"), ("a_to", "0:01"), ("b_from", "0:01"), ("b_to", "0:02")],
                ("b_from", SameMoment),
            ),
            (
                Deed::Retime,
                vec![("a_from", "0:01"), ("a_to", "0:09"), ("b_from", "0:05"), ("b_to", "0:02")],
                ("b_to", Reversed),
            ),
            (
                Deed::Retime,
                vec![("a_from", "0:01"), ("a_to", "0:01"), ("b_from", "0:02"), ("b_to", "1:02")],
                ("b_to", TooFar),
            ),
            (Deed::Retime, vec![("a_from", "0:01"), ("a_to", "9:00")], ("a_to", AllGone)),
            (Deed::Replace, vec![("find", " ")], ("find", Nothing)),
            (Deed::Replace, vec![("find", "finns inte")], ("find", NotFound)),
            (Deed::Speaker, vec![("to", "Bo")], ("from", Nothing)),
            (Deed::Speaker, vec![("from", "bo"), ("to", "Bo")], ("from", NotFound)),
        ] {
            assert_eq!(ask(deed, &fields).unwrap_err(), expected, "{fields:?}");
        }
    }

    #[test]
    fn a_name_is_put_right_as_a_whole_word_also_where_it_begins_with_a_ring() {
        let fields = [("find", "Åsa"), ("put", "Asta"), ("whole", "yes"), ("case", "yes")];
        let done = ask(Deed::Replace, &fields).unwrap();
        assert_eq!(done.cues[0].words, "Asta och Åsas bok");
        assert_eq!(done.cues[1].words, "Hej Asta!");
        // The words twice, and the name of who speaks twice.
        assert_eq!(done.told.count, 4);
        let done = ask(Deed::Replace, &[("find", "åsa"), ("put", "Asta")]).unwrap();
        assert_eq!(done.cues[0].words, "Asta och Astas bok");
    }

    #[test]
    fn a_speaker_gets_another_name_and_the_words_stay() {
        let done = ask(Deed::Speaker, &[("from", "Åsa"), ("to", "Åsa Ek")]).unwrap();
        assert_eq!(done.told.count, 2);
        assert_eq!(speakers(&done.cues), ["Åsa Ek", "Bo"]);
        assert_eq!(done.cues[0].words, "Åsa och Åsas bok");
        let done = ask(Deed::Speaker, &[("from", "Bo"), ("to", "")]).unwrap();
        assert_eq!(speakers(&done.cues), ["Åsa"]);
        assert_eq!(done.cues[1].marked.as_deref(), Some("Hej <i>Åsa</i>!"));
    }
}
