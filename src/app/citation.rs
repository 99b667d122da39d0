//! A quote as others print it: its words, who said them, and where they stand, as plain text, Markdown or HTML.

use crate::domain::Quote;

use super::replies::Voice;

/// How a citation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// As it is.
    Plain,
    /// `CommonMark`.
    Markdown,
    /// HTML that stands in any page.
    Html,
}

impl Format {
    /// All of them, in the order buttons show them.
    pub(super) const ALL: [Self; 3] = [Self::Plain, Self::Markdown, Self::Html];

    /// What a button carries for it.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Plain => "p",
            Self::Markdown => "m",
            Self::Html => "h",
        }
    }

    /// `None` for what [`Format::code`] does not make.
    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }
}

/// The quote in that format. The words are the published ones; what the format would take for a mark of its own is
/// escaped, so that they are read as they are.
pub(super) fn cite(quote: &Quote, voice: Voice<'_>, format: Format) -> String {
    let words = quote.words();
    let who = voice.attribution(quote.attribution());
    let who = who.trim_end_matches(':');
    let published = voice.source_label(quote.source());
    let url = &quote.source().url;
    match format {
        Format::Plain => {
            let behind = [who, &published, url].into_iter().filter(|part| !part.is_empty());
            let lines = std::iter::once(voice.quoted(words)).chain(behind.map(str::to_owned));
            lines.collect::<Vec<_>>().join("\n")
        }
        Format::Markdown => {
            let link = link(&published, url, |label, url| format!("[{}](<{url}>)", escaped_markdown(label)));
            let behind = [escaped_markdown(who), link].into_iter().filter(|part| !part.is_empty());
            let behind = behind.collect::<Vec<_>>().join(". ");
            let behind = if behind.is_empty() { behind } else { format!("\n>\n> — {behind}") };
            format!("> {}{behind}", paragraph(&escaped_markdown(words)))
        }
        Format::Html => {
            let link =
                link(&published, url, |label, url| format!("<a href=\"{}\">{}</a>", escaped(url), escaped(label)));
            let behind = [escaped(who), link].into_iter().filter(|part| !part.is_empty());
            let behind = behind.collect::<Vec<_>>().join(". ");
            let behind = if behind.is_empty() { behind } else { format!("\n<p>— {behind}</p>") };
            let from = if url.is_empty() { String::new() } else { format!(" cite=\"{}\"", escaped(url)) };
            let language = quote.source().language.code();
            format!("<blockquote lang=\"{language}\"{from}><p>{}</p></blockquote>{behind}", escaped(words))
        }
    }
}

/// What is published under its address; of the two what there is.
fn link(published: &str, url: &str, linked: impl Fn(&str, &str) -> String) -> String {
    match (published.is_empty(), url.is_empty()) {
        (_, true) => published.to_owned(),
        (true, false) => linked(url, url),
        (false, false) => linked(published, url),
    }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn escaped_markdown(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' | '|') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Escaped words as a paragraph of Markdown: what begins like an item of a list, or with the spaces of code, is neither.
fn paragraph(escaped: &str) -> String {
    let escaped = escaped.trim_start();
    let (number, rest) = escaped.split_at(escaped.bytes().take_while(u8::is_ascii_digit).count());
    let is_marker = if number.is_empty() { rest.starts_with(['-', '+']) } else { rest.starts_with(['.', ')']) };
    if is_marker { format!("{number}\\{rest}") } else { escaped.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_format_takes_for_a_mark_is_escaped() {
        for (words, html, markdown) in [
            ("plain words, “quoted”", "plain words, “quoted”", "plain words, “quoted”"),
            ("a < b & c", "a &lt; b &amp; c", "a \\< b \\& c"),
            ("*not* _bold_ [1]", "*not* _bold_ [1]", "\\*not\\* \\_bold\\_ \\[1\\]"),
            ("say \"no\"", "say &quot;no&quot;", "say \"no\""),
        ] {
            assert_eq!(escaped(words), html);
            assert_eq!(escaped_markdown(words), markdown);
        }
    }

    #[test]
    fn words_that_begin_like_a_list_or_a_heading_are_read_as_words() {
        for (words, markdown) in [
            ("1. We are ready", "1\\. We are ready"),
            ("2026) and later", "2026\\) and later"),
            ("- We are ready", "\\- We are ready"),
            ("+ We are ready", "\\+ We are ready"),
            ("---", "\\---"),
            ("* We are ready", "\\* We are ready"),
            ("# We are ready", "\\# We are ready"),
            ("> We are ready", "\\> We are ready"),
            ("~~~ and ```", "\\~\\~\\~ and \\`\\`\\`"),
            ("| a | b |", "\\| a \\| b \\|"),
            ("    We are ready", "We are ready"),
            ("In 2026. We are - and + are", "In 2026. We are - and + are"),
            ("2026 was a year", "2026 was a year"),
            ("– We are ready", "– We are ready"),
            ("(1) We are ready", "(1) We are ready"),
            ("", ""),
        ] {
            assert_eq!(paragraph(&escaped_markdown(words)), markdown);
        }
    }

    #[test]
    fn a_format_is_known_by_its_code_and_nothing_else_is() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.code()), Some(format));
        }
        for code in ["", "x", "pm", "P"] {
            assert_eq!(Format::parse(code), None);
        }
    }
}
