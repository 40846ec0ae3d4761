//! Where a cue stands on the picture (W3C, WebVTT §6.3). What is no setting is left out, and told.

/// The settings of a cue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    known: Vec<(&'static str, String)>,
    /// There was one that WebVTT does not know.
    pub had_bad: bool,
    /// There was one that names a region.
    pub had_region: bool,
}

impl Settings {
    /// Reads what stands behind the times of a cue.
    pub fn parse(text: &str) -> Self {
        let mut settings = Self::default();
        for word in text.split_ascii_whitespace() {
            settings.take(word);
        }
        settings
    }

    fn take(&mut self, word: &str) {
        let (name, value) = word.split_once(':').unwrap_or((word, ""));
        let known = match name {
            "vertical" if matches!(value, "rl" | "lr") => "vertical",
            "line" if is_with(value, is_line, &["start", "center", "end"]) => "line",
            "position" if is_with(value, is_percentage, &["line-left", "center", "line-right"]) => {
                "position"
            }
            "size" if is_percentage(value) => "size",
            "align" if matches!(value, "start" | "center" | "end" | "left" | "right") => "align",
            "region" => {
                self.had_region = true;
                return;
            }
            _ => {
                self.had_bad = true;
                return;
            }
        };
        // The last one counts.
        self.known.retain(|it| it.0 != known);
        self.known.push((known, value.to_string()));
    }

    /// As they are written, if there are any.
    pub fn written(&self) -> Option<String> {
        let words: Vec<_> =
            self.known.iter().map(|(name, value)| format!("{name}:{value}")).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

fn is_with(value: &str, is_number: fn(&str) -> bool, words: &[&str]) -> bool {
    match value.split_once(',') {
        Some((number, word)) => is_number(number) && words.contains(&word),
        None => is_number(value),
    }
}

/// A whole number of lines, from the other edge if it is below zero; or a percentage.
fn is_line(text: &str) -> bool {
    is_percentage(text) || is_number(text.strip_prefix('-').unwrap_or(text))
}

fn is_percentage(text: &str) -> bool {
    let Some(number) = text.strip_suffix('%') else { return false };
    is_number(number) && number.parse().is_ok_and(|it: f64| it <= 100.0)
}

/// Digits, and perhaps a point and more digits.
fn is_number(text: &str) -> bool {
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
    // So many that there is room for all of them in what is kept.
    text.len() <= 20
        && text
            .split_once('.')
            .map_or_else(|| is_digits(text), |it| is_digits(it.0) && is_digits(it.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_kept_as_the_standard_knows_them() {
        let settings = |text| Settings::parse(text).written().unwrap_or_default();
        let all = "vertical:rl line:-1,end position:10.5%,line-left size:50% align:start";
        assert_eq!(settings(all), all);
        assert_eq!(settings("align:left\talign:right"), "align:right");
        assert_eq!(settings("line:0"), "line:0");
        assert_eq!(settings(""), "");
    }

    #[test]
    fn what_is_no_setting_is_told() {
        for bad in [
            "align:middle",
            "align",
            "line:",
            "line:a",
            "line:--1",
            "line:1.",
            "position:10",
            "position:101%",
            "size:-1%",
            "vertical:up",
            "line:1,middle",
            "X1:40",
            "size:1e1%",
            "line:999999999999999999999",
        ] {
            let read = Settings::parse(bad);
            assert!(read.had_bad && read.written().is_none(), "{bad}");
        }
        assert!(Settings::parse("region:fred").had_region);
    }
}
