//! How many streams of changes are open: each holds a connection and a little memory for as long as its reader
//! likes, so nobody may hold them without end.

use crate::client::network_of;
use app::account::model::SessionId;
use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

/// The most that somebody who is signed in holds open: as many pages, on all that they are signed in on by one session.
const MOST_OF_SESSION: u32 = 50;

/// Whose a stream is. Those who are signed in do not share the lot of everybody behind their address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reader {
    /// Somebody who is signed in.
    Session(SessionId),
    /// Anybody at this address. A whole municipality can be one address.
    Address(IpAddr),
}

impl Reader {
    /// Whoever asks from this address, by this session if they are signed in.
    pub fn of(session: Option<SessionId>, address: IpAddr) -> Self {
        session.map_or_else(|| Self::Address(network_of(address)), Self::Session)
    }
}

/// The open streams.
pub struct Streams {
    most_of_address: Option<NonZeroU32>,
    open: Mutex<HashMap<Reader, u32>>,
}

/// An open stream; dropped with it.
pub struct Opened {
    streams: Arc<Streams>,
    reader: Reader,
}

impl Streams {
    /// None yet. `None`: as many as anybody likes.
    pub fn new(most_of_address: Option<NonZeroU32>) -> Self {
        Self { most_of_address, open: Mutex::default() }
    }

    /// One more of this reader, if they may.
    pub fn open(self: &Arc<Self>, reader: Reader) -> Option<Opened> {
        if let Some(most) = self.most_of_address {
            let most = match reader {
                Reader::Session(_) => MOST_OF_SESSION,
                Reader::Address(_) => most.get(),
            };
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            let count = open.entry(reader).or_default();
            if *count >= most {
                return None;
            }
            *count += 1;
        }
        Some(Opened { streams: Arc::clone(self), reader })
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        let mut open = self.streams.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.reader) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.reader);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_a_session_have_so_many_and_get_them_back() {
        let streams = Arc::new(Streams::new(NonZeroU32::new(2)));
        let address = |text: &str| Reader::of(None, text.parse().unwrap());
        let held: Vec<_> = (0..2).map(|_| streams.open(address("192.0.2.1")).unwrap()).collect();
        assert!(streams.open(address("192.0.2.1")).is_none());
        assert!(streams.open(address("192.0.2.2")).is_some());
        // Who is signed in there still gets theirs, and no more than theirs.
        let signed_in = Reader::of(Some(SessionId(7)), "192.0.2.1".parse().unwrap());
        let mine: Vec<_> = (0..MOST_OF_SESSION).map(|_| streams.open(signed_in).unwrap()).collect();
        assert!(streams.open(signed_in).is_none());
        drop((held, mine));
        assert!(streams.open(signed_in).is_some() && streams.open(address("192.0.2.1")).is_some());
        assert!(streams.open.lock().unwrap().is_empty(), "who has none is forgotten");
        // An IPv6 network is one household.
        let v6 =
            ["2001:db8::1", "2001:db8::2", "2001:db8::3"].map(|text| streams.open(address(text)));
        assert_eq!(v6.map(|opened| opened.is_some()), [true, true, false]);

        let unlimited = Arc::new(Streams::new(None));
        let all: Vec<_> = (0..500).map(|_| unlimited.open(signed_in).unwrap()).collect();
        drop(all);
    }
}
