//! `onrecord` answers questions about an interview with the interview itself.

pub mod domain;
pub mod matching;
pub mod text;
