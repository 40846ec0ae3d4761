//! What two organisers wrote at the same time, laid side by side. Pure.
//!
//! A form carries the fingerprint of each field as it was shown: the version of the event, field by field. What
//! only one of both has changed is simply so; where both changed the same field to different things, whoever saves
//! last chooses.

use super::model::{Conflict, FIELDS, LISTS, Sheet, THEMES};

/// Every field, in the order of the form.
pub fn fields() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().copied().chain([THEMES]).chain(LISTS.iter().map(|list| list.as_str()))
}

/// The fingerprints of all fields, as they stand in the form.
#[must_use]
#[cfg(feature = "ssr")]
pub fn fingerprints(sheet: &Sheet) -> String {
    fingerprints_of(fields(), sheet)
}

/// The same of a form with these fields.
#[must_use]
#[cfg(feature = "ssr")]
pub fn fingerprints_of(fields: impl Iterator<Item = &'static str>, sheet: &Sheet) -> String {
    fields.map(|field| print(sheet.get(field))).collect::<Vec<_>>().join(" ")
}

/// Fingerprints that agree with nothing in these fields: a choice that has not been made yet is asked for again.
#[must_use]
pub fn without_of(
    fields: impl Iterator<Item = &'static str>,
    base: &str,
    unsettled: impl Fn(&str) -> bool,
) -> String {
    let prints = base.split(' ').zip(fields);
    let kept = prints.map(|(print, field)| if unsettled(field) { "?" } else { print });
    kept.collect::<Vec<_>>().join(" ")
}

/// Only told apart from another text of the same field by the same people: a few characters are enough.
#[cfg(feature = "ssr")]
fn print(value: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(value.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// What came of laying a form beside what is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Every field as it is to be, those in conflict as the form has them.
    pub sheet: Sheet,
    /// What both have changed.
    pub conflicts: Vec<Conflict>,
}

/// Lays the form `mine`, which was shown with the fingerprints `base`, beside what is saved now. `chosen` says of a
/// field whose words are to stand, if that has been asked: `true` for mine.
#[must_use]
#[cfg(feature = "ssr")]
pub fn merge(
    mine: &Sheet,
    theirs: &Sheet,
    base: &str,
    asked: impl Fn(&str) -> bool,
    chosen: impl Fn(&str) -> Option<bool>,
) -> Merged {
    merge_of(fields(), mine, theirs, base, asked, chosen)
}

/// The same of a form with these fields.
#[must_use]
#[cfg(feature = "ssr")]
pub fn merge_of(
    fields: impl Iterator<Item = &'static str>,
    mine: &Sheet,
    theirs: &Sheet,
    base: &str,
    asked: impl Fn(&str) -> bool,
    chosen: impl Fn(&str) -> Option<bool>,
) -> Merged {
    let shown: Vec<&str> = base.split(' ').collect();
    let mut sheet = Sheet::default();
    let mut conflicts = Vec::new();
    for (at, field) in fields.enumerate() {
        let (my, their) = (mine.get(field), theirs.get(field));
        let shown = shown.get(at).copied().unwrap_or_default();
        let (my_print, their_print) = (print(my), print(their));
        let value = if my == their || (my_print == shown && !asked(field)) {
            their
        } else if their_print != shown {
            conflicts.push(Conflict { field: field.to_owned(), theirs: their.to_owned() });
            my
        } else if asked(field) {
            match chosen(field) {
                Some(true) => my,
                Some(false) => their,
                None => {
                    conflicts.push(Conflict { field: field.to_owned(), theirs: their.to_owned() });
                    my
                }
            }
        } else {
            my
        };
        sheet.set(field, value);
    }
    Merged { sheet, conflicts }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn sheet(title: &str, venue: &str, slots: &str) -> Sheet {
        let mut sheet = Sheet::default();
        sheet.set("title_sv", title);
        sheet.set("venue", venue);
        sheet.set("slots", slots);
        sheet
    }

    fn lay(mine: &Sheet, theirs: &Sheet, shown: &Sheet) -> Merged {
        merge(mine, theirs, &fingerprints(shown), |_| false, |_| None)
    }

    #[test]
    fn what_only_one_has_changed_is_so() {
        let shown = sheet("A", "Salen", "25\tX");
        let merged = lay(&sheet("B", "Salen", "25\tX"), &sheet("A", "Torget", "15\tX"), &shown);
        assert!(merged.conflicts.is_empty());
        assert_eq!(merged.sheet.get("title_sv"), "B");
        assert_eq!(merged.sheet.get("venue"), "Torget");
        assert_eq!(merged.sheet.get("slots"), "15\tX");
    }

    #[test]
    fn where_both_changed_the_same_one_is_asked_and_the_form_keeps_mine() {
        let shown = sheet("A", "Salen", "");
        let (mine, theirs) = (sheet("B", "Salen", ""), sheet("C", "Torget", ""));
        let merged = lay(&mine, &theirs, &shown);
        assert_eq!(merged.conflicts, [Conflict { field: "title_sv".into(), theirs: "C".into() }]);
        assert_eq!((merged.sheet.get("title_sv"), merged.sheet.get("venue")), ("B", "Torget"));

        // Then the form comes back, shown with what they had saved.
        let base = fingerprints(&theirs);
        let again =
            |chosen| merge(&merged.sheet, &theirs, &base, |field| field == "title_sv", |_| chosen);
        assert_eq!(again(None).conflicts.len(), 1, "one has to choose");
        assert_eq!(again(Some(true)).sheet.get("title_sv"), "B");
        assert_eq!(again(Some(false)).sheet.get("title_sv"), "C");
        // A row moved in between saves nothing, and so settles nothing either.
        let unsettled = without_of(fields(), &base, |field| field == "title_sv");
        assert_eq!(
            merge(&merged.sheet, &theirs, &unsettled, |_| false, |_| None).conflicts.len(),
            1
        );
        // And a third one was quicker.
        let third =
            merge(&merged.sheet, &sheet("D", "Torget", ""), &base, |_| true, |_| Some(true));
        assert_eq!(third.conflicts.len(), 1);
    }

    #[test]
    fn who_wrote_the_same_agrees_and_a_form_without_fingerprints_takes_nothing_away() {
        let shown = sheet("A", "", "");
        assert!(lay(&sheet("B", "", ""), &sheet("B", "", ""), &shown).conflicts.is_empty());
        let merged = merge(&sheet("B", "", ""), &shown, "", |_| false, |_| None);
        assert_eq!(merged.conflicts.len(), 1);
    }
}
