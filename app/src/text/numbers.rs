use super::Lang;

/// A whole number with its thousands set apart: `1 064 375` (no-break spaces), `1,064,375`.
#[must_use]
pub fn number(lang: Lang, value: i64) -> String {
    let separator = match lang {
        Lang::Sv => '\u{a0}',
        Lang::En => ',',
    };
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * 2 + 1);
    if value < 0 {
        text.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands() {
        assert_eq!(number(Lang::Sv, 1_064_375), "1\u{a0}064\u{a0}375");
        assert_eq!(number(Lang::En, 1_064_375), "1,064,375");
        assert_eq!(number(Lang::En, 550), "550");
        assert_eq!(number(Lang::Sv, -1_000), "−1\u{a0}000");
        assert_eq!(number(Lang::Sv, 0), "0");
    }
}
