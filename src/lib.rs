//! `onrecord` answers questions about an interview with the interview itself.

pub mod chat;
pub mod domain;
pub mod store;
pub mod telegram;
