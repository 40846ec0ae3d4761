//! Reading something again whenever the stream tells of it: one reading at a time, and another one after it where
//! something was told meanwhile.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

/// What comes after a reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// The page has been left: nothing.
    Left,
    /// What was read is not what is wanted by now: that, at once.
    AtOnce,
    /// A pause, and another reading if there are news by then.
    Rest,
    /// A pause, and another reading.
    Again,
}

/// What reads. It is called whenever there are news; `read` reads once, and so long is the pause between two.
pub fn reader<Reading>(
    pause_ms: u32,
    read: impl Fn() -> Reading + Clone + 'static,
) -> impl Fn() + Copy + 'static
where
    Reading: Future<Output = Next> + 'static,
{
    let read = StoredValue::new_local(read);
    let [is_reading, is_stale] = [(); 2].map(|()| StoredValue::new(false));
    move || {
        is_stale.set_value(true);
        if is_reading.get_value() {
            return;
        }
        is_reading.set_value(true);
        leptos::task::spawn_local(async move {
            while is_stale.try_get_value() == Some(true) {
                is_stale.set_value(false);
                let Some(reading) = read.try_with_value(|read| read()) else { return };
                match reading.await {
                    Next::Left => return,
                    Next::AtOnce => continue,
                    Next::Rest => {}
                    Next::Again => {
                        is_stale.try_set_value(true);
                    }
                }
                TimeoutFuture::new(pause_ms).await;
            }
            is_reading.try_update_value(|is_reading| *is_reading = false);
        });
    }
}
