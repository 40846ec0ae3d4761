//! What is read out of a letter's form, and whom it is for.

use super::model::{Draft, LetterProblem, PostedLetter, Whom, read};
use crate::organise::people::query::PeopleQuery;
use crate::signup::model::Status;

fn posted(pairs: &[(&str, &str)]) -> PostedLetter {
    let pairs = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    PostedLetter { pairs, ..PostedLetter::default() }
}

#[test]
fn a_letter_has_a_line_and_a_text() {
    let draft =
        read(&posted(&[("subject", " Hej\r\nBcc: x@y.se "), ("text", "En\r\n\r\n**två**\n ")]));
    assert_eq!(
        draft,
        Ok(Draft { subject: "Hej Bcc: x@y.se".into(), body: "En\n\n**två**".into() })
    );
    let wrong = read(&posted(&[("text", " ")])).unwrap_err();
    assert_eq!(
        wrong,
        [("subject".into(), LetterProblem::NoSubject), ("text".into(), LetterProblem::NoText)]
    );
    let long =
        read(&posted(&[("subject", &"å".repeat(151)), ("text", &"å".repeat(10_001))])).unwrap_err();
    assert_eq!(
        long,
        [("subject".into(), LetterProblem::LongSubject), ("text".into(), LetterProblem::LongText)]
    );
}

#[test]
fn it_is_for_those_whom_one_was_looking_at() {
    let all = PeopleQuery::default();
    let some = PeopleQuery::from_pairs([("q", "åsa")]);
    assert_eq!(posted(&[]).whom(&all), Whom::Everybody);
    assert_eq!(posted(&[]).whom(&some), Whom::Matching);
    assert_eq!(posted(&[("sign_up", "7")]).whom(&some), Whom::Chosen);
    assert_eq!(posted(&[("which", "matching"), ("sign_up", "7")]).whom(&all), Whom::Matching);
    assert_eq!(posted(&[("whom", "line"), ("sign_up", "7")]).whom(&some), Whom::Line);
    assert_eq!(posted(&[("whom", "oneself")]).whom(&all), Whom::Everybody);
}

#[test]
fn who_is_not_coming_is_written_to_only_where_that_is_asked_for() {
    for &whom in Whom::ALL {
        let gone = [Status::Cancelled, Status::Refused];
        assert!(!whom.statuses(false).iter().any(|status| gone.contains(status)), "{whom:?}");
    }
    assert!(Whom::Chosen.statuses(true).contains(&Status::Cancelled));
    assert!(!Whom::Line.statuses(true).contains(&Status::Cancelled));
}
