//! Sheets of programmes and series, read.

use super::*;
use jiff::civil::date;

fn sheet(fields: &[(&str, &str)]) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.set("title_sv", "P");
    for (field, value) in fields {
        sheet.set(field, *value);
    }
    sheet
}

fn wrong(fields: &[(&str, &str)]) -> Vec<(String, PlanProblem)> {
    programme(&sheet(fields)).err().unwrap_or_default()
}

#[test]
fn a_period_is_known_to_the_year_the_month_or_the_day() {
    let edit = programme(&sheet(&[("starts_on", "2026"), ("ends_on", "2027")])).unwrap();
    assert_eq!((edit.starts, edit.ends), (Some(date(2026, 1, 1)), Some(date(2027, 12, 31))));
    assert_eq!(edit.precision, "year");
    assert_eq!(written(date(2027, 12, 31), "year"), "2027");
    let edit = programme(&sheet(&[("ends_on", "2027-02")])).unwrap();
    assert_eq!((edit.starts, edit.ends, edit.precision), (None, Some(date(2027, 2, 28)), "month"));
    let mixed = wrong(&[("starts_on", "2026"), ("ends_on", "2027-01")]);
    assert_eq!(mixed, [("ends_on".to_owned(), PlanProblem::MixedPeriod)]);
    let turned = wrong(&[("starts_on", "2027-02-03"), ("ends_on", "2027-02-02")]);
    assert_eq!(turned, [("ends_on".to_owned(), PlanProblem::EndsBefore)]);
    for bad in ["27", "2027-13", "2027-02-30", "mars", "0001"] {
        assert_eq!(wrong(&[("starts_on", bad)]).len(), 1, "{bad}");
    }
}

#[test]
fn sums_and_figures_are_whole_numbers() {
    let edit = programme(&sheet(&[("grant_sek", "1 200 000")])).unwrap();
    assert_eq!(edit.grant, Some(1_200_000));
    for bad in ["-1", "1,5", "en miljon", "99999999999999999999"] {
        assert_eq!(wrong(&[("grant_sek", bad)]).len(), 1, "{bad}");
    }
    let outcome = |value: &str, unit: &str| {
        wrong(&[("outcomes", &format!("{value}\t{unit}\tNöjda\t\t\t\n"))])
    };
    assert!(outcome("8", "of_ten").is_empty() && outcome("550", "count").is_empty());
    for (value, unit) in [("11", "of_ten"), ("101", "percent"), ("-1", "count"), ("8", "x")] {
        assert_eq!(outcome(value, unit).len(), 1, "{value} {unit}");
    }
}

#[test]
fn nobody_stands_there_twice_and_nothing_without_its_name() {
    assert_eq!(
        wrong(&[("partners", "Lund\nlund\n")]),
        [("partners".to_owned(), PlanProblem::SameOrganisation)]
    );
    assert_eq!(
        wrong(&[("platforms", "\tLunds kommun\n")]),
        [("platforms".to_owned(), PlanProblem::Missing)]
    );
    assert_eq!(wrong(&[("title_sv", "")]).len(), 1);
    assert!(series(&sheet(&[("series_kind", "tour"), ("participants", "550")])).is_ok());
    assert_eq!(
        series(&sheet(&[("series_kind", "x"), ("participants", "många")])).unwrap_err().len(),
        2
    );
}
