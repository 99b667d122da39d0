//! Writes a message of the bot's as plain lines, for snapshots.
//!
//! ```text
//! *Taalatbek Masadykov*, 29 January 2026:
//! > We plan to continue.
//! [Source](https://example.org/a)
//! --
//! [Before → p:a4.4] [After → p:a4.6]
//! [In Russian → https://example.org/ru]
//! ```
//!
//! `> ` is a blockquote, `>> ` an expandable one, a `\` at a line's end a break that the text does not
//! have (a blockquote that begins or ends inside a line). Characters of the text are not escaped:
//! quotes say `[…]` often, and a snapshot is read by people.

use serde_json::Value;

use super::{
    choices::Choice,
    entities::span,
    sent::{Action, Button, Sent},
};

impl Sent {
    /// The message as lines, without a line break at the end.
    pub(crate) fn render(&self) -> String {
        let mut lines = Page::of(&self.text, &self.entities).lines;
        let document = &self.json["document"];
        if let (Some(name), Some(mime)) = (document["file_name"].as_str(), document["mime_type"].as_str()) {
            lines.insert(0, format!("(the file {name}, {mime})"));
        }
        if !self.keyboard.is_empty() {
            lines.push("--".to_owned());
        }
        lines.extend(self.keyboard.iter().map(|row| {
            let buttons: Vec<_> = row.iter().map(Button::render).collect();
            buttons.join(" ")
        }));
        if !self.choices.is_empty() {
            lines.push("-- in place of the letters".to_owned());
        }
        lines.extend(self.choices.iter().map(|row| row.iter().map(Choice::render).collect::<Vec<_>>().join(" ")));
        lines.join("\n")
    }
}

impl Choice {
    fn render(&self) -> String {
        let kind = if self.request["chat_is_channel"] == true { "a channel" } else { "a group" };
        format!("[{} → {kind} of theirs]", self.label)
    }
}

impl Button {
    fn render(&self) -> String {
        let label = &self.label;
        match &self.action {
            Action::Callback(target) | Action::Url(target) => format!("[{label} → {target}]"),
            Action::Other(json) => format!("[{label} → {json}]"),
        }
    }
}

/// The lines so far, and the one being written.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
    line: String,
    /// Marks this line, if it is of a blockquote.
    prefix: &'static str,
    /// Marks the lines after this one: a blockquote may end with this line.
    next_prefix: &'static str,
}

impl Page {
    fn of(text: &str, entities: &[Value]) -> Self {
        let mut page = Self::default();
        let mut at = 0;
        for c in text.chars() {
            page.turn(entities, at, Some(c));
            match c {
                '\n' => page.end_line(),
                c => page.line.push(c),
            }
            at += c.len_utf16();
        }
        page.turn(entities, at, None);
        page.end_line();
        page
    }

    /// Writes the marks of all entities that end or begin at `at`, before the character `next`.
    fn turn(&mut self, entities: &[Value], at: usize, next: Option<char>) {
        let ending = || entities.iter().filter(move |entity| span(entity).is_some_and(|s| s.1 == at));
        let beginning = || entities.iter().filter(move |entity| span(entity).is_some_and(|s| s.0 == at));

        // The entities are sorted outer first, so the inner ones close first.
        for entity in ending().rev() {
            self.line.push_str(&marks(entity).1);
        }
        if ending().any(|entity| quote_prefix(entity).is_some()) {
            self.next_prefix = "";
            if !matches!(next, None | Some('\n')) {
                self.break_line();
            }
        }
        if let Some(prefix) = beginning().find_map(quote_prefix) {
            self.break_line();
            self.next_prefix = prefix;
        }
        if self.line.is_empty() {
            self.prefix = self.next_prefix;
        }
        for entity in beginning() {
            self.line.push_str(&marks(entity).0);
        }
    }

    /// Breaks a line that the text does not break.
    fn break_line(&mut self) {
        if !self.line.is_empty() {
            self.line.push('\\');
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let line = format!("{}{}", self.prefix, self.line);
        // An empty line of a blockquote must not end in a space: editors eat it in snapshots.
        let whole = if self.line.is_empty() { line.trim_end() } else { &line };
        self.lines.push(whole.to_owned());
        self.line.clear();
        self.prefix = self.next_prefix;
    }
}

fn quote_prefix(entity: &Value) -> Option<&'static str> {
    match entity["type"].as_str() {
        Some("blockquote") => Some("> "),
        Some("expandable_blockquote") => Some(">> "),
        _ => None,
    }
}

fn marks(entity: &Value) -> (String, String) {
    let same = |mark: &str| (mark.to_owned(), mark.to_owned());
    match entity["type"].as_str().unwrap_or_default() {
        "blockquote" | "expandable_blockquote" => same(""),
        "bold" => same("*"),
        "italic" => same("_"),
        "underline" => same("__"),
        "strikethrough" => same("~"),
        "spoiler" => same("||"),
        "code" => same("`"),
        "pre" => same("```"),
        "text_link" => {
            let url = entity["url"].as_str().unwrap_or_default();
            ("[".to_owned(), format!("]({url})"))
        }
        kind => (format!("<{kind}>"), format!("</{kind}>")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rendered(text: &str, entities: &Value, rows: &Value) -> String {
        let markup = json!({ "inline_keyboard": rows });
        let json = json!({ "text": text, "entities": entities, "reply_markup": markup });
        Sent::of(&json).render()
    }

    #[test]
    fn entities_are_marked_where_they_stand() {
        let entity = |kind, offset, length| json!({ "type": kind, "offset": offset, "length": length });
        let link = json!({ "type": "text_link", "offset": 3, "length": 4, "url": "https://a.org/#b" });
        let cases = [
            ("plain […] text", json!([]), "plain […] text"),
            ("😀 bold", json!([entity("bold", 3, 4)]), "😀 *bold*"),
            ("😀 link", json!([link]), "😀 [link](https://a.org/#b)"),
            ("both", json!([entity("bold", 0, 4), entity("italic", 0, 4)]), "*_both_*"),
            ("a\nb\n\nc\nd", json!([entity("blockquote", 2, 4)]), "a\n> b\n>\n> c\nd"),
            ("a\nb\n\nc", json!([entity("blockquote", 2, 2)]), "a\n> b\n\nc"),
            ("ab", json!([entity("blockquote", 0, 1), entity("expandable_blockquote", 1, 1)]), "> a\\\n>> b"),
            ("a b c", json!([entity("expandable_blockquote", 2, 1)]), "a \\\n>> b\\\n c"),
            ("a", json!([entity("date_time", 0, 1)]), "<date_time>a</date_time>"),
            ("ends\n", json!([]), "ends\n"),
        ];
        for (text, entities, expected) in cases {
            assert_eq!(rendered(text, &entities, &json!([])), expected);
        }
    }

    #[test]
    fn a_keyboard_follows_the_text_row_by_row() {
        let rows = json!([
            [
                { "text": "Before", "callback_data": "p:1" },
                { "text": "Source", "url": "https://a.org/" }
            ],
            [{ "text": "Copy", "copy_text": { "text": "x" } }]
        ]);
        let expected = "Hi\n--\n[Before → p:1] [Source → https://a.org/]\n\
                        [Copy → {\"copy_text\":{\"text\":\"x\"}}]";
        assert_eq!(rendered("Hi", &json!([]), &rows), expected);
    }
}
