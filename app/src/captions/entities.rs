//! Character references in cue text: those that HTML knows by number, all of them; of those by name the ones that
//! texts in our languages have. Others stay as they are written, and so does an ampersand that begins none.

/// Name, with its semicolon, and what it stands for.
const NAMES: &[(&str, char)] = &[
    ("amp;", '&'),
    ("lt;", '<'),
    ("gt;", '>'),
    ("quot;", '"'),
    ("apos;", '\''),
    ("nbsp;", '\u{a0}'),
    ("lrm;", '\u{200e}'),
    ("rlm;", '\u{200f}'),
    ("shy;", '\u{ad}'),
    ("ensp;", '\u{2002}'),
    ("emsp;", '\u{2003}'),
    ("thinsp;", '\u{2009}'),
    ("zwnj;", '\u{200c}'),
    ("zwj;", '\u{200d}'),
    ("aring;", 'å'),
    ("auml;", 'ä'),
    ("ouml;", 'ö'),
    ("Aring;", 'Å'),
    ("Auml;", 'Ä'),
    ("Ouml;", 'Ö'),
    ("aelig;", 'æ'),
    ("AElig;", 'Æ'),
    ("oslash;", 'ø'),
    ("Oslash;", 'Ø'),
    ("eacute;", 'é'),
    ("Eacute;", 'É'),
    ("agrave;", 'à'),
    ("egrave;", 'è'),
    ("uuml;", 'ü'),
    ("Uuml;", 'Ü'),
    ("szlig;", 'ß'),
    ("hellip;", '…'),
    ("ndash;", '–'),
    ("mdash;", '—'),
    ("lsquo;", '‘'),
    ("rsquo;", '’'),
    ("ldquo;", '“'),
    ("rdquo;", '”'),
    ("laquo;", '«'),
    ("raquo;", '»'),
    ("bull;", '•'),
    ("middot;", '·'),
    ("sect;", '§'),
    ("deg;", '°'),
    ("copy;", '©'),
    ("reg;", '®'),
    ("trade;", '™'),
    ("euro;", '€'),
    ("times;", '×'),
    ("frac12;", '½'),
];

/// Those that HTML takes without their semicolon, too.
const BARE: &[(&str, char)] =
    &[("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("nbsp", '\u{a0}')];

/// What numbers from 128 on mean, which were meant as Windows-1252 (HTML §13.2.5.80).
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The reference that `after`, what follows an ampersand, begins with: its character and its length.
pub(super) fn reference(after: &str) -> Option<(char, usize)> {
    if let Some(number) = after.strip_prefix('#') {
        return numeric(number).map(|(it, length)| (it, length + 1));
    }
    let known = NAMES.iter().chain(BARE).find(|(name, _)| after.starts_with(name))?;
    Some((known.1, known.0.len()))
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let (radix, prefix) = if text.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = &text[prefix..];
    let length = digits.bytes().take_while(|it| char::from(*it).is_digit(radix)).count();
    if length == 0 {
        return None;
    }
    let code = u32::from_str_radix(&digits[..length], radix).unwrap_or(u32::MAX);
    let end = usize::from(digits[length..].starts_with(';'));
    Some((character(code), prefix + length + end))
}

fn character(code: u32) -> char {
    if code == 0 {
        return char::REPLACEMENT_CHARACTER;
    }
    let windows = code.checked_sub(0x80).and_then(|it| WINDOWS.get(usize::try_from(it).ok()?));
    windows.copied().or_else(|| char::from_u32(code)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_html_reads_them() {
        for (text, expected) in [
            ("amp; co", Some(('&', 4))),
            ("amp co", Some(('&', 3))),
            ("aring;", Some(('å', 6))),
            ("#229;", Some(('å', 5))),
            ("#xe5;", Some(('å', 5))),
            ("#XE5 b", Some(('å', 4))),
            ("#8230", Some(('…', 5))),
            ("#133;", Some(('…', 5))),
            ("#0;", Some(('\u{fffd}', 3))),
            ("#xd800;", Some(('\u{fffd}', 7))),
            ("#99999999999;", Some(('\u{fffd}', 13))),
            ("#;", None),
            ("#x;", None),
            (" co", None),
            ("hej;", None),
            ("", None),
        ] {
            assert_eq!(reference(text), expected, "{text}");
        }
    }
}
