//! The message catalogues: Fluent files inside the binary, one a language.
//!
//! Only [`replies`](super::replies) reads them. Quotes, titles and names never pass through here.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::domain::Language;

const ENGLISH: &str = include_str!("messages/en.ftl");
const RUSSIAN: &str = include_str!("messages/ru.ftl");

/// The sentences of one language.
pub(super) struct Catalogue(FluentBundle<FluentResource>);

impl Catalogue {
    pub(super) fn new(language: Language) -> Self {
        let source = match language {
            Language::English => ENGLISH,
            Language::Russian => RUSSIAN,
        };
        // Decides the plural forms; every code of ours is one.
        let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
        // A line that does not parse is left out and shows as its key; a test keeps the files whole.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks would stand around every name; nothing here mixes directions.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self(bundle)
    }

    /// The message of that key; the key itself if there is none, so that a slip is seen and breaks nothing.
    pub(super) fn say(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.0.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
        self.0.format_pattern(pattern, args, &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Every key with the names of its arguments.
    fn keys(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        assert!(FluentResource::try_new(source.to_owned()).is_ok(), "the catalogue does not parse");
        let mut keys = BTreeMap::new();
        let mut key = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) =
                line.split_once(" =").filter(|(name, _)| !name.is_empty() && !name.starts_with(' '))
            {
                key = name.to_owned();
                keys.insert(key.clone(), BTreeSet::new());
            }
            let names = line.split('$').skip(1).filter_map(|rest| rest.split([' ', '}']).next());
            if let Some(args) = keys.get_mut(&key) {
                args.extend(names.map(str::to_owned));
            }
        }
        keys
    }

    #[test]
    fn the_languages_have_the_same_keys_and_arguments() {
        assert_eq!(keys(ENGLISH), keys(RUSSIAN));
    }

    #[test]
    fn every_key_is_said_somewhere() {
        let code = [
            include_str!("replies/mod.rs"),
            include_str!("replies/source.rs"),
            include_str!("replies/dates.rs"),
            include_str!("replies/checking.rs"),
            include_str!("replies/commands.rs"),
            include_str!("replies/admin.rs"),
            include_str!("replies/announcements.rs"),
            include_str!("replies/deciding.rs"),
            include_str!("replies/subscribing.rs"),
            include_str!("replies/provenance.rs"),
            include_str!("replies/settings.rs"),
            include_str!("replies/readers.rs"),
            include_str!("replies/groups.rs"),
        ]
        .concat();
        for key in keys(ENGLISH).keys() {
            assert!(code.contains(&format!("\"{key}\"")), "`{key}` is said nowhere");
        }
    }
}
