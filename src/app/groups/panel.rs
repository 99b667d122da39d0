//! The message that shows what a group chose, with a button for each value it could have instead.

use crate::chat::{Action, Block, Message};
use crate::domain::{ChatName, Language, Lifetime, Manners, Venue};

use super::super::press::{Press, Wish};
use super::super::replies::Voice;
use super::Change;

/// What a group is set to, and what it could be set to.
pub(super) fn panel(voice: Voice<'_>, name: ChatName<'_>, manners: Manners) -> Message {
    let lines = vec![
        voice.group_lifetime(manners.lifetime),
        voice.group_venue(manners.venue),
        voice.group_language(manners.language),
    ];
    let mut blocks = vec![Block::Heading(voice.group_settings_of(name)), Block::Items(lines)];
    if manners.venue == Venue::Private {
        blocks.push(Block::Text(voice.group_venue_how()));
    }
    let button = |change: Change| -> Option<Action> {
        Press { language: voice.language, wish: Wish::Group(name.chat.id, Some(change)) }.button(label(voice, change))
    };
    let actions = changes(manners).into_iter().map(|row| row.into_iter().filter_map(button).collect()).collect();
    Message { blocks, actions }
}

fn label(voice: Voice<'_>, change: Change) -> String {
    match change {
        Change::Lifetime(lifetime) => voice.set_lifetime(lifetime),
        Change::Venue(venue) => voice.set_venue(venue),
        Change::Language(language) => voice.set_group_language(language),
    }
}

/// What could be set instead: labels that are sentences have a row of their own.
fn changes(manners: Manners) -> Vec<Vec<Change>> {
    let lifetimes = Lifetime::ALL.into_iter().filter(|lifetime| *lifetime != manners.lifetime);
    let venues = Venue::ALL.into_iter().filter(|venue| *venue != manners.venue);
    let languages = Language::ALL.into_iter().map(Some).chain([None]).filter(|language| *language != manners.language);
    let mut rows: Vec<Vec<Change>> = lifetimes.map(|lifetime| vec![Change::Lifetime(lifetime)]).collect();
    rows.extend(venues.map(|venue| vec![Change::Venue(venue)]));
    rows.extend(languages.map(|language| vec![Change::Language(language)]));
    rows
}
