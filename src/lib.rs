//! `onrecord` answers questions about an interview with the interview itself.

pub mod app;
pub mod chat;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod knowledge;
pub mod matching;
pub mod store;
pub mod telemetry;
pub mod terminal;
pub mod text;
