//! How answers of server functions travel: as JSON, read from text. Leptos reads what the server put into
//! the page from text, too, and one reader for both halves what the browser has to load for each type.

use leptos::server_fn::codec::Post;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// JSON, read from text.
pub struct TextJson;

/// The output codec of all server functions.
pub type Json = Post<TextJson>;

impl ContentType for TextJson {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for TextJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for TextJson {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for TextJson {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        // What is no text is no JSON either: the empty text says so.
        serde_json::from_str(std::str::from_utf8(&bytes).unwrap_or_default())
    }
}

/// Days as text, `2026-11-25`, in the page, on the wire and in addresses. `jiff` reads and writes much more
/// than this, which a phone would have to load.
pub mod date {
    use jiff::civil::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    /// `2026-11-25`
    #[must_use]
    pub fn write(date: Date) -> String {
        format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }

    /// Reads what [`write`] writes, and nothing else.
    #[must_use]
    pub fn read(text: &str) -> Option<Date> {
        let well_formed = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let mut parts = well_formed.then(|| text.split('-'))?;
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    }

    pub(crate) fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&write(*date))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Date, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text).ok_or_else(|| D::Error::custom("no date"))
    }

    /// The same where there may be none.
    pub mod option {
        use jiff::civil::Date;
        use serde::de::Error;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        pub(crate) fn serialize<S: Serializer>(
            date: &Option<Date>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            date.map(super::write).serialize(serializer)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Date>, D::Error> {
            match Option::<String>::deserialize(deserializer)? {
                None => Ok(None),
                Some(text) => {
                    super::read(&text).map(Some).ok_or_else(|| D::Error::custom("no date"))
                }
            }
        }
    }
}

/// Wall-clock times as text, `2026-11-25T08:00`; seconds are no part of the programme.
pub mod date_time {
    use jiff::civil::DateTime;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    /// `2026-11-25T08:00`, as `<time datetime>` wants it, too.
    #[must_use]
    pub fn write(at: DateTime) -> String {
        format!("{}T{:02}:{:02}", super::date::write(at.date()), at.hour(), at.minute())
    }

    /// Reads what [`write`] writes, and nothing else.
    #[must_use]
    pub fn read(text: &str) -> Option<DateTime> {
        let (date, clock) = text.split_once('T')?;
        let (hour, minute) = clock.split_once(':')?;
        let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
        let time = jiff::civil::Time::new(hour, minute, 0, 0).ok()?;
        Some(super::date::read(date)?.to_datetime(time))
    }

    pub(crate) fn serialize<S: Serializer>(
        at: &DateTime,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&write(*at))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<DateTime, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text).ok_or_else(|| D::Error::custom("no time"))
    }

    /// The same where there may be none.
    pub mod option {
        use jiff::civil::DateTime;
        use serde::de::Error;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        pub(crate) fn serialize<S: Serializer>(
            at: &Option<DateTime>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            at.map(super::write).serialize(serializer)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<DateTime>, D::Error> {
            match Option::<String>::deserialize(deserializer)? {
                None => Ok(None),
                Some(text) => {
                    super::read(&text).map(Some).ok_or_else(|| D::Error::custom("no time"))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{date, date_time};

    #[test]
    fn days_and_times_go_to_and_fro() {
        let day = jiff::civil::date(2024, 2, 29);
        assert_eq!(date::write(day), "2024-02-29");
        assert_eq!(date::read("2024-02-29"), Some(day));
        for bad in
            ["2023-02-29", "2024-2-29", "2024-02-29x", "-024-02-29", "2024-02-2-", "", "åååå-02-29"]
        {
            assert_eq!(date::read(bad), None, "{bad}");
        }
        let at = day.at(8, 5, 0, 0);
        assert_eq!(date_time::write(at), "2024-02-29T08:05");
        assert_eq!(date_time::read("2024-02-29T08:05"), Some(at));
        assert_eq!(date_time::read("2024-02-29T24:00"), None);
    }
}
