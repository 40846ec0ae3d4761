//! HTML as text, for the few places where views would be too slow.

/// Text as it may stand between tags and in quoted attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    push_escaped(&mut escaped, text);
    escaped
}

/// The same, onto the end of `html`.
pub fn push_escaped(html: &mut String, text: &str) {
    // What needs no escaping goes over in one piece: a page may hold hours of speech. By number and not by iterator,
    // which is called for each byte where little is optimised.
    let bytes = text.as_bytes();
    let (mut copied, mut at) = (0, 0);
    while at < bytes.len() {
        let escaped = match bytes[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => {
                at += 1;
                continue;
            }
        };
        html.push_str(&text[copied..at]);
        html.push_str(escaped);
        at += 1;
        copied = at;
    }
    html.push_str(&text[copied..]);
}

/// Writes ` name="value"`.
pub fn push_attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    push_escaped(html, value);
    html.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_tag_or_ends_an_attribute() {
        let mut html = String::from("<a");
        push_attribute(&mut html, "title", "\"'><script>&");
        html.push('>');
        push_escaped(&mut html, "<b>\"");
        assert_eq!(html, "<a title=\"&quot;&#39;&gt;&lt;script&gt;&amp;\">&lt;b&gt;&quot;");
    }
}
