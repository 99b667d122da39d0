//! A search: what somebody types behind the bot's name in any chat, answered with quotes to choose from.
//!
//! It has no chat, so nothing here sends a message: what comes of a search is results, whatever happens. Nothing of it is
//! remembered for the reader's next question either.

use std::time::Duration;

use crate::chat::{Message, Outgoing, ResultId, Results, SearchRef, SearchResult};
use crate::domain::{Quote, TopicName};

use super::cut;
use super::landing::Landing;
use super::reply::Desk;
use super::searches::{Finding, Listed, Outlook};
use super::turn::Turn;

/// So many quotes are offered at once: about three screens of a phone.
const PAGE: usize = 10;

/// Longer than any platform lets a query be (Telegram: 256 characters); the rest is not read.
const MAX_QUERY_CHARS: usize = 256;

/// How long a platform may show the same page again: as long as somebody types and scrolls. After a reload the old words
/// stand no longer than that, and a language chosen anew is obeyed by then.
const KEEP: Duration = Duration::from_secs(60);

/// How much of a quote is shown in the list, in characters: about two lines on a phone.
const SNIPPET_CHARS: usize = 120;

impl Turn<'_> {
    /// The page of results that begins at `offset`, which an earlier page named; an empty one is the first.
    pub(super) fn search(&self, query: &str, offset: &str, search: &SearchRef) -> Outgoing {
        let query: String = query.trim().chars().take(MAX_QUERY_CHARS).collect();
        if let Some(forwarded) = self.forwarded(&query) {
            return answered(search, Results { list: vec![forwarded], keep: KEEP, ..Results::default() });
        }
        let finding = self.app.searches.find(self.snapshot, &query);
        let language = self.preference.chosen.or(finding.written_in).unwrap_or_else(|| self.preference.of_nothing());
        let desk = self.desk(language);
        let Some(start) = start(offset) else { return answered(search, Results::default()) };
        // A number into the list of the live revision. After a reload between two pages the second is one of the new list:
        // a quote may be shown twice or not at all there, but none in words that do not stand any more.
        let page = finding.listed.iter().skip(start).take(PAGE);
        let end = start.saturating_add(PAGE);
        let results = Results {
            list: page.filter_map(|listed| desk.result(listed, &query)).collect(),
            next: (end < finding.listed.len()).then(|| end.to_string()),
            above: if start == 0 { desk.above(&finding) } else { None },
            keep: KEEP,
        };
        answered(search, results)
    }

    /// The one quote that is asked for by its link: a press on [Send the quote to a chat]. A word that only looks like one
    /// is searched for.
    fn forwarded(&self, query: &str) -> Option<SearchResult> {
        let Some(Landing::Quote(shown)) = Landing::parse(query) else { return None };
        let desk = self.desk(self.preference.of_nothing());
        let quote = cut::again(desk.corpus.passage_by_key(&shown.passage)?, shown.run)?;
        let topic = shown.topic.as_ref().and_then(|key| desk.corpus.topic_name(key));
        desk.offered(&quote, topic.as_ref())
    }

    /// The last look at a result before it is offered; one that is bent is left out, for there are others.
    pub(super) fn is_verbatim(&self, result: &SearchResult) -> bool {
        let bent = self.snapshot.first_bent(&result.message);
        if let Some(passage) = &bent {
            tracing::error!(%passage, "a quote was not verbatim and was left out of the results of a search");
        }
        bent.is_none()
    }
}

impl Desk<'_> {
    /// A quote to choose; `None` if its passage is not there for this reader.
    fn result(&self, listed: &Listed, query: &str) -> Option<SearchResult> {
        let quote = cut::quote(self.corpus.passage(&listed.passage, self.voice.language)?, query)?;
        self.offered(&quote, listed.topic.as_ref())
    }

    fn offered(&self, quote: &Quote, topic: Option<&TopicName>) -> Option<SearchResult> {
        let title = self.title_of(quote, topic);
        Some(SearchResult {
            id: ResultId::new(self.shown(quote, topic).code())?,
            title: match self.interview(quote) {
                Some(interview) => self.told_apart(title, interview),
                None => title,
            },
            snippet: snippet(quote),
            message: Message { actions: Vec::new(), ..self.quote(quote, topic) },
        })
    }

    /// What stands above the list: nothing where it speaks for itself.
    fn above(&self, finding: &Finding) -> Option<String> {
        match finding.outlook {
            Outlook::Found => None,
            Outlook::Near => Some(self.voice.search_near()),
            Outlook::Nothing => Some(self.voice.search_nothing()),
            Outlook::Talk => Some(self.voice.search_talk()),
        }
    }
}

/// The answer to a search that could not be handled: no results, and nothing that a platform would keep.
pub(super) fn nothing(search: &SearchRef) -> Outgoing {
    answered(search, Results::default())
}

fn answered(search: &SearchRef, results: Results) -> Outgoing {
    Outgoing::Results { search: search.clone(), results }
}

/// Where a page begins; `None` for what no page of this bot named.
fn start(offset: &str) -> Option<usize> {
    let is_number = !offset.is_empty() && offset.bytes().all(|b| b.is_ascii_digit());
    match offset {
        "" => Some(0),
        _ if is_number => offset.parse().ok(),
        _ => None,
    }
}

/// The beginning of a quote in whole words, with a sign that more follow.
fn snippet(quote: &Quote) -> String {
    let words = quote.words();
    let Some((end, _)) = words.char_indices().nth(SNIPPET_CHARS) else { return words.to_owned() };
    let whole = words[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{} …", words[..whole].trim_end())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use jiff::tz::TimeZone;

    use crate::app::language::Preference;
    use crate::app::{App, ClockIs, Gauges, KnowledgeSource, Library, Parts};
    use crate::chat::{Address, Block, Incoming, Standing, What};
    use crate::clock::Clock;
    use crate::domain::{ChatKind, ChatRef, Manners, Passage, Role};
    use crate::store::Store;
    use crate::terminal::Everything;

    use super::*;

    #[test]
    fn only_what_a_page_named_is_an_offset() {
        for (offset, at) in [("", Some(0)), ("0", Some(0)), ("10", Some(10)), ("040", Some(40))] {
            assert_eq!(start(offset), at, "{offset}");
        }
        for offset in ["-10", "+10", "ten", "10.", " 10", "１０", "99999999999999999999999"] {
            assert_eq!(start(offset), None, "{offset}");
        }
    }
    #[tokio::test]
    async fn a_bent_quote_is_left_out_of_the_results_and_a_failure_leaves_none() {
        let clock = Clock::system();
        let app = App::new(Parts {
            library: Arc::new(Library::open(KnowledgeSource::Embedded, clock.clone()).unwrap().0),
            store: Store::in_memory().await.unwrap(),
            clock: clock.clone(),
            zone: TimeZone::UTC,
            admins: BTreeSet::new(),
            rights: Arc::new(Everything),
            operator: None,
            gauges: Arc::new(Gauges::new(clock.clone(), ClockIs::Real)),
        });
        let search = SearchRef("q".into());
        let incoming = Incoming {
            chat: ChatRef { id: 7, thread: None },
            kind: ChatKind::Private,
            title: None,
            from: None,
            standing: Standing::Own,
            interface: None,
            message: None,
            sent: clock.now(),
            replied: None,
            address: Address::Personal,
            what: What::Search { query: "OSCE".into(), offset: String::new(), search: search.clone() },
        };
        let (snapshot, preference) = (app.library().snapshot(), Preference::default());
        let turn = Turn {
            app: &app,
            snapshot: &snapshot,
            incoming: &incoming,
            role: Role::Reader,
            preference,
            manners: Manners::default(),
        };
        let Outgoing::Results { mut results, .. } = turn.search("OSCE", "", &search) else { panic!("no results") };
        let right = results.list[0].clone();
        let placed = snapshot.corpus.placed().next().unwrap();
        let passage = Passage { words: "He never said this.".into(), ..placed.passage.clone() };
        let quote = Quote::whole(placed.interview, placed.text, &passage).unwrap();
        let message = Message { blocks: vec![Block::Quote(Box::new(quote))], actions: Vec::new() };
        results.list.insert(0, SearchResult { message, ..right.clone() });
        let Outgoing::Results { results, .. } = turn.checked(Outgoing::Results { search, results }) else {
            panic!("it became something else")
        };
        assert_eq!(results.list, [right]);
        // Nor does a failure become a message.
        let Some(Outgoing::Results { results, .. }) = app.apology(&incoming).await.pop() else { panic!("no results") };
        assert_eq!(results, Results::default(), "nothing, and kept for no time");
    }
}
