//! What people, tools and pasted pages send that is no question: shared by a test of what it gets and by the bench that
//! times it.

/// A name for each message, and the message.
pub(crate) fn messages() -> Vec<(&'static str, String)> {
    let emoji_families = "👨‍👩‍👧‍👦".repeat(5_000);
    vec![
        ("10,000 words", "what exercises does the alliance plan for autumn ".repeat(1_250)),
        ("10,000 misspelled words", "exrecises aliance planed autmun belraus bodrer pecekeeping ".repeat(1_430)),
        ("1,000,000 equal tokens", "border ".repeat(1_000_000)),
        ("1,000,000 equal unknown tokens", "qwxztv ".repeat(1_000_000)),
        ("1,000,000 letters without a space", "а".repeat(1_000_000)),
        ("one-letter words", "a b c d e f g h i j k l m n o p q r s t u v w x y z ".repeat(40)),
        ("one-letter words in Russian", "а б в г д е ж з и к л м н о п р с т у ф х ц ч ш щ э ю я ".repeat(40)),
        ("mixed scripts", "уchения в bелaруси шta δελτα 演习 תרגיל ".repeat(30)),
        ("Latin letters for Russian", "kogda ucheniya v belarusi i pochemu tak dolgo ".repeat(25)),
        ("the wrong keyboard layout", "rjulf extybz d ,tkfhecb b gjxtve nfr ljkuj ".repeat(25)),
        ("zero-width characters", "ex\u{200b}er\u{200d}cis\u{2060}es \u{feff}in\u{200c} bel\u{ad}arus ".repeat(30)),
        ("nothing but zero-width characters", "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}".repeat(2_000)),
        ("right-to-left text", "متى تجري التدريبات في بيلاروسيا؟ מתי התרגילים בבלארוס? ".repeat(20)),
        ("direction overrides", "\u{202e}exercises\u{202c} \u{2067}in belarus\u{2069} ".repeat(30)),
        ("marks on marks", "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}".repeat(1_000)),
        ("emoji of several people", emoji_families),
        ("nothing but punctuation", "?!.,;:()\"'«»—…".repeat(1_000)),
        ("control characters", "\u{0}\u{1}\u{7}exercises\u{8}\u{1b}[31m\u{7f} ".repeat(40)),
        ("one long word of many parts", "mother-in-law-".repeat(700)),
        ("digits", "1234567890 ".repeat(1_000)),
        ("white space", " \t\n\u{a0}\u{3000}".repeat(2_000)),
    ]
}
