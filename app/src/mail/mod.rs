//! Mail on its way: the queue that every mail waits in, and what is in the letters. The server's
//! `jobs/mail` carries them out.

pub mod letters;
pub mod model;
mod moved_store;
pub mod store;
#[cfg(test)]
mod tests;
pub mod ticket;
