//! The viewer's own clock.

use crate::text::Lang;
use jiff::civil::DateTime;

/// The instant on the viewer's clock, if that differs from what the page says.
#[must_use]
pub fn describe(lang: Lang, shown: DateTime, instant: i64) -> Option<String> {
    #[cfg(feature = "hydrate")]
    {
        #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
        let date = js_sys::Date::new(&(instant as f64 * 1_000.0).into());
        let same = date.get_hours() == u32::from(shown.hour().unsigned_abs())
            && date.get_minutes() == u32::from(shown.minute().unsigned_abs())
            && date.get_date() == u32::from(shown.day().unsigned_abs());
        let locale = match lang {
            Lang::Sv => "sv-SE",
            Lang::En => "en-GB",
        };
        (!same).then(|| {
            let options = js_sys::Object::new();
            for (key, value) in [
                ("weekday", "short"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("timeZoneName", "short"),
            ] {
                // Setting a property of a fresh object cannot fail.
                let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
            }
            String::from(date.to_locale_string(locale, &options))
        })
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (lang, shown, instant);
        None
    }
}
