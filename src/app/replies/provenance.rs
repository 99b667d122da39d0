//! What is said of where a quote comes from.

use fluent_bundle::FluentArgs;
use jiff::civil::Date;

use crate::domain::{PassageName, Revision};

use super::super::citation::Format;
use super::Voice;

sentences! {
    source_button = "source-button";
    copy_words = "copy-words";
    copy_link = "copy-link";
    share_it = "share-it";
    forward_it = "forward-it";
    citation_how = "citation-how";
    link_gone = "link-gone";
}

impl Voice<'_> {
    /// "Headline: “…”", as printed.
    #[must_use]
    pub fn fact_text(self, title: &str) -> String {
        format!("{} {}", self.plain("fact-text"), self.quoted(title))
    }

    /// "Copied from its page on 24 November 2026".
    #[must_use]
    pub fn fact_retrieved(self, day: Date) -> String {
        let mut args = FluentArgs::new();
        args.set("date", self.day(day));
        self.with("fact-retrieved", &args)
    }

    /// "Passage: masadykov-2026/a4.5".
    #[must_use]
    pub fn fact_passage(self, name: &PassageName) -> String {
        format!("{} {name}", self.plain("fact-passage"))
    }

    /// "Revision of the texts I hold: …".
    #[must_use]
    pub fn fact_revision(self, revision: &Revision) -> String {
        format!("{} {revision}", self.plain("fact-revision"))
    }

    /// The button that cites in that format.
    #[must_use]
    pub(in super::super) fn format(self, format: Format) -> String {
        self.plain(match format {
            Format::Plain => "cite-plain",
            Format::Markdown => "cite-markdown",
            Format::Html => "cite-html",
        })
    }
}
