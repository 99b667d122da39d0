//! What a question opens with that would ask for anything: "tell me about amber" asks what "amber" asks.

/// Openings in lower case, each up to the word before what is asked about.
const OPENINGS: &[&str] = &[
    "anything about",
    "anything on",
    "can you tell me about",
    "could you tell me about",
    "did he mention",
    "did he say anything about",
    "did she mention",
    "did she say anything about",
    "does he mention",
    "does he say anything about",
    "does she mention",
    "does she say anything about",
    "i want to know about",
    "i would like to know about",
    "i'd like to know about",
    "info about",
    "info on",
    "information about",
    "information on",
    "is there anything about",
    "is there anything on",
    "let's talk about",
    "more about",
    "more on",
    "please tell me about",
    "say something about",
    "something about",
    "something on",
    "talk about",
    "tell me about",
    "tell me more about",
    "tell me something about",
    "tell us about",
    "tell us more about",
    "what about",
    "what did he say about",
    "what did she say about",
    "what do they say about",
    "what does he say about",
    "what does she say about",
    "what is said about",
    "what was said about",
    "а как насчет",
    "а как насчёт",
    "а что насчет",
    "а что насчёт",
    "есть ли что-нибудь о",
    "есть ли что-нибудь об",
    "есть ли что-нибудь про",
    "есть что-нибудь о",
    "есть что-нибудь об",
    "есть что-нибудь про",
    "интересует",
    "как насчет",
    "как насчёт",
    "подробнее о",
    "подробнее об",
    "подробнее про",
    "поговорим о",
    "поговорим об",
    "поговорим про",
    "расскажи мне о",
    "расскажи мне об",
    "расскажи мне про",
    "расскажи о",
    "расскажи об",
    "расскажи подробнее о",
    "расскажи подробнее об",
    "расскажи подробнее про",
    "расскажи про",
    "расскажите о",
    "расскажите об",
    "расскажите подробнее о",
    "расскажите подробнее об",
    "расскажите подробнее про",
    "расскажите про",
    "хочу узнать о",
    "хочу узнать об",
    "хочу узнать про",
    "что говорится о",
    "что говорится об",
    "что насчет",
    "что насчёт",
    "что он говорит о",
    "что он говорит об",
    "что он говорит про",
    "что он сказал о",
    "что он сказал об",
    "что он сказал про",
    "что сказано о",
    "что сказано об",
    "что сказано про",
];

/// What is asked about, if the question opens with one of them and something follows.
pub(super) fn asked_about(question: &str) -> Option<&str> {
    let question = question.trim_start();
    OPENINGS.iter().filter_map(|opening| behind(question, opening)).min_by_key(|rest| rest.len())
}

/// What follows an opening. Letters are compared one by one in lower case, for that may change their bytes.
fn behind<'q>(question: &'q str, opening: &str) -> Option<&'q str> {
    let mut rest = question.chars();
    let same = |wanted: char| rest.next().is_some_and(|c| c.to_lowercase().eq(std::iter::once(wanted)));
    let opens = opening.chars().all(same);
    let rest = rest.as_str();
    let follows = rest.starts_with(char::is_whitespace) && rest.contains(char::is_alphanumeric);
    (opens && follows).then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_is_told_from_what_is_asked_about() {
        for (question, about) in [
            ("tell me about amber", Some("amber")),
            ("  Tell me more about the ferries?", Some("the ferries?")),
            ("WHAT ABOUT amber", Some("amber")),
            ("Что насчёт янтаря?", Some("янтаря?")),
            ("Расскажи об янтаре", Some("янтаре")),
            ("РАССКАЖИТЕ ПРО паром", Some("паром")),
            ("tell me about", None),
            ("tell me about ?!", None),
            ("tell me aboutness", None),
            ("расскажи обо мне", None),
            ("amber, tell me about it", None),
            ("amber", None),
            ("", None),
            ("İ", None),
        ] {
            assert_eq!(asked_about(question), about, "{question}");
        }
    }
}
