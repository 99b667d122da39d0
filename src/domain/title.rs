//! What a chat is called. A title is somebody else's words: it is cleaned and bounded before the bot repeats it, and
//! stands between quotation marks that it cannot close. It calls nobody and leads to no page: mentions, tags, commands
//! and addresses, which a messenger makes links of by itself, are written with other characters. Numbers stay.

use std::fmt;

use super::people::ChatRef;

/// A chat's title as it may be shown: one line without unseen characters and quotation marks, not empty, not long.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Title(String);

impl Title {
    /// The longest title, in characters; what is cut ends in `…`. Telegram allows 128, a button shows about 30.
    pub const MAX_CHARS: usize = 48;

    /// `None` if nothing is left to be seen.
    #[must_use]
    pub fn clean(words: &str) -> Option<Self> {
        let seen: String = words.chars().filter(|c| c.is_whitespace() || !is_unseen(*c)).map(plain).collect();
        let mut title = seen.split_whitespace().map(unlinked).collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = title.char_indices().nth(Self::MAX_CHARS) {
            title.truncate(end);
            title.truncate(title.trim_end().len());
            title.push('…');
        }
        (!title.is_empty()).then_some(Self(title))
    }

    /// As it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How people know a chat: by its title, else by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChatName<'t> {
    /// Which chat.
    pub chat: ChatRef,
    /// What it is called, where that is known.
    pub title: Option<&'t Title>,
}

/// A chat's number, with its forum topic's where it has one: two topics of a group are two subscriptions.
impl fmt::Display for ChatRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.thread {
            Some(thread) => write!(f, "{}/{thread}", self.id),
            None => write!(f, "{}", self.id),
        }
    }
}

/// What takes no room, or turns the order of what stands around it.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'
                ..='\u{180f}'
        )
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{2800}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Quotation marks become apostrophes.
const fn plain(c: char) -> char {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '″' | '‶' | '〝' | '〞' | '〟' | '＂' | '״' => {
            '\''
        }
        '\u{275b}'..='\u{2760}' | '\u{276e}' | '\u{276f}' | '\u{1f676}'..='\u{1f678}' => '\'',
        '@' => '＠',
        '#' => '＃',
        '$' => '＄',
        '/' => '⁄',
        c => c,
    }
}

/// A word with its inner full stops as one-dot leaders: `example.org` is a link, `example․org` is none.
fn unlinked(word: &str) -> String {
    let inner = word.trim_end_matches('.');
    format!("{}{}", inner.replace('.', "․"), &word[inner.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_clean_line() {
        for (words, shown) in [
            ("News", Some("News")),
            ("  Новости \n\n Бишкека ", Some("Новости Бишкека")),
            ("a\u{202e}b\u{200b}c\u{2066}d\u{7}e\u{e0041}", Some("abcde")),
            ("News”. Posted: all is well. “", Some("News'. Posted: all is well. '")),
            ("«Союз» \"ОДКБ\"", Some("'Союз' 'ОДКБ'")),
            ("a\u{2029}b", Some("a b")),
            ("a❞ b🙷 c״ d\u{2800}e", Some("a' b' c' de")),
            ("see example.org/x. @admin #1", Some("see example․org⁄x. ＠admin ＃1")),
            ("buy $BTC", Some("buy ＄BTC")),
            ("https://t.me/+x", Some("https:⁄⁄t․me⁄+x")),
            ("\u{200b}\u{3164} \n", None),
            ("", None),
        ] {
            assert_eq!(Title::clean(words).as_ref().map(Title::as_str), shown, "{words:?}");
        }
    }

    #[test]
    fn a_title_is_not_long() {
        let long = Title::clean(&"ы".repeat(500)).unwrap();
        assert_eq!(long.as_str().chars().count(), Title::MAX_CHARS + 1);
        assert_eq!(
            Title::clean(long.as_str().trim_end_matches('…')).unwrap().as_str().chars().count(),
            Title::MAX_CHARS
        );
    }
}
