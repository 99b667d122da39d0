//! The beginning of somebody's words, where all of them would be too much: cut at a word, with a sign that more follow.

/// At most so many characters, beside the sign.
pub(super) fn beginning(words: &str, max_chars: usize) -> String {
    let Some((end, _)) = words.char_indices().nth(max_chars) else { return words.to_owned() };
    let cut = &words[..end];
    let is_a_word = words[end..].starts_with(char::is_whitespace);
    let end = if is_a_word { end } else { cut.rfind(char::is_whitespace).unwrap_or(end) };
    format!("{}…", words[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_between_two_of_them_and_the_cut_is_shown() {
        for (words, shown) in [
            ("", ""),
            ("one two", "one two"),
            ("one two three", "one two…"),
            ("one twos three", "one…"),
            ("один два три", "один…"),
            ("incomprehensible", "incompr…"),
            ("one two ", "one two…"),
            ("one    two", "one…"),
        ] {
            assert_eq!(beginning(words, 7), shown, "{words}");
        }
    }
}
