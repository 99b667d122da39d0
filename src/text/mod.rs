//! Ground: functions on strings, knowing nothing of interviews or chats.
//!
//! Text has three lengths, bytes, characters and UTF-16 units; what is measured here says which it means. Ranges are
//! always bytes and always lie on character boundaries.

mod abbreviation;
mod distance;
mod enclosure;
mod frequency;
mod layout;
mod normalise;
mod script;
mod sentence;
mod split;
mod stem;
mod token;
mod transliteration;

pub use distance::Typed;
pub use frequency::{zipf, zipf_of_all};
pub use layout::{to_cyrillic_layout, to_latin_layout};
pub use normalise::{normalise, simple_lower};
pub use script::{Script, script_of};
pub use sentence::sentences;
pub use split::split;
pub use stem::stem;
pub use token::{Token, for_each_word, tokens};
pub use transliteration::cyrillic_readings;
