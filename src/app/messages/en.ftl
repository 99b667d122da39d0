# Every sentence the bot says in English. Quotes, titles and names never pass through here: they are set beside these
# words by app/replies. Short, calm; it never asserts, scolds or guesses.

## Attribution and source

attribution-to = to
source-original = Original text published by
source-translation-en = English translation published by
source-translation-ru = Russian translation published by
source-published = Published by
topic = Topic:
open-passage = Open the passage
open-interview = Open the whole interview
also-in-en = In English:
also-in-ru = In Russian:
question-by = Question by
question = Question
editors-note = Editor’s note

## Where a quote comes from

fact-text = Headline:
fact-retrieved = Copied from its page on { $date }
fact-passage = Passage:
fact-revision = Revision of the texts I hold:
citation-how = To be copied:
link-gone = What this link led to is not there any more.

## Answers

choose = Which of these do you mean?
choose-one = Do you mean this?
read-as = Read as:
leaning-on = Taken as a question about:
nothing-found = I found nothing on this in the interview.
near-topics = The nearest it has:
nothing-asked = Write a question.
nothing-asked-example = Write a question, for example:
too-late = This button is too old for me. Please ask again.
passage-changed = The passage behind this link has changed since the link was made. Please ask your question.
button-gone = What this button led to is not there any more.
went-wrong = Something went wrong on my side. Please try again in a moment.
unreadable = I can only read text. Please write your question.

## Buttons

before-and-after = Before and after
only-the-answer = Only the answer
source-button = Source
copy-words = Copy the quote
copy-link = Copy the link
share-it = Share
forward-it = Send the quote to a chat
cite-plain = Cite as text
cite-markdown = Markdown
cite-html = HTML
topics-button = Topics
earlier-page = ← Earlier
later-page = Later →

## Above the results of a search in another chat: one short line each, a button that leads to the private chat

search-near = Nothing found on this; the nearest:
search-nothing = Nothing found on this; ask in private
search-talk = Ask me in a private chat

## Small talk

greeting = Hello. Ask me about the interview in your own words, and I answer with its words.
farewell = Goodbye.
thanks = You are welcome.
who-are-you = I am a bot. I answer questions about an interview with verbatim quotes and a link. I write nothing of my own about its subject. /about says more.
help = Ask in your own words, in English or Russian. I look for the passage of the interview that answers and quote it word for word with its source, or I say that I found nothing.

## Facts about the interview

facts-speaker = The answers are by
facts-speaker-nobody = These are answers from a list of questions; no speaker is named.
facts-asked-by = The questions were asked by
facts-given = The interview is dated { $date }.
facts-given-unknown = The text names no date.
facts-original = I quote the original text.
facts-translation = I quote a translation into { $language ->
        [ru] Russian
       *[en] English
    }; the interview was given in { $original ->
        [ru] Russian
       *[en] English
    }. Wording in other outlets may differ.

## Commands

bot-name = On record: the interview
bot-description = Ask about the interview in your own words. The bot answers with its words: verbatim, attributed, with a link to the source, or says that it found nothing. It writes nothing of its own and is not run by or for the speaker.
bot-short-description = Answers questions about an interview with verbatim quotes and a link to the source.
start = I answer questions about this interview with its own words: verbatim, attributed, with a link.
start-how = Write a question in your own words, in English or Russian.
commands-heading = Commands
command-ask = ask about the interview
command-check = is a quote word for word? Reply to it, or /check "…"
command-topics = what the interview talks about
command-upcoming = exercises and dates it names
command-subscribe = announcements for a group or channel
command-unsubscribe = no more announcements
command-subscriptions = settings of announcements
command-settings = settings of a group, for its administrators
command-timezone = time zone of announcements
command-language = language of the replies
command-about = what is quoted, and who runs this bot
command-privacy = what is stored
command-mydata = what is stored about you
command-forget = delete it
command-help = how to ask
command-start = begin
command-reload = admins: reload the knowledge
command-status = admins: how the bot is doing
command-announce = admins: announce something now
command-deliveries = admins: what became of announcements
command-pause = admins: announce nothing for now
command-resume = admins: announce again
command-feedback = admins: what readers say of answers
unknown-command = I do not know this command. /help lists what I can do.
private-only = This command works in a private chat with me.
ask-usage = Write the question after the command: /ask
check-usage = Reply to a message with /check, or write the words after it: /check "…"
check-same = Word for word in this text:
check-shortened = Something is left out between the words, and the quote says so.
check-case = Capital letters are not the same.
check-differs = It differs from this text here:
check-in-text = in the text:
check-added = not in the text
check-missing = left out:
check-gap = The words stand in a part of the text that is incomplete, and which I do not quote.
check-not-found = I did not find this in this text:
check-other-language = I hold no text in the language of these words, so I cannot check them. Where to look:
topics-heading = What the interview talks about
topics-page = Page { $page } of { $pages }
language-which = Language of the replies:
language-english = English
language-russian = Русский
language-question = That of each question
language-set = I will reply in English.
language-follows = I will reply in the language of each question.
language-group = In groups I reply in the language of each question.

about = This bot answers with verbatim quotes from published texts and writes nothing of its own about the subject.
about-operator = It is run by:
about-no-affiliation = It is not run by or for those it quotes, their organisations or the publishers.
about-quoted = Quoted text
about-also = The same interview elsewhere
privacy =
    I store no names, and no question but those you ask me to come back to.
    • A message, or a search typed in another chat, stays in a local file until I have answered it, a day at most. Its number stays three days, without who sent it, so that I do not answer twice.
    • The topic of your last answer and how often I asked whether an answer was one stay in memory, never on disk.
    • A language you choose is stored with the number of this chat until you choose “That of each question”.
    • A question I am to come back to is stored in your words, with the number of this chat, until you are told or withdraw it, 180 days at most.
    • Your Yes or No is counted under a code, not your number. The key to the codes is deleted after 60 days at most; until then they could be traced. The count stays 400 days.
    • Of a chat you subscribe I store its number, title and settings, and the number of your account. /unsubscribe deletes title and account; what was announced there stays 400 days. Of a private chat it deletes all.
    • Of a group I store what its administrators chose in /settings, the numbers of my messages that are still to be deleted, that somebody was told why I could not answer (30 days), and the account of whoever added me or opened the settings, with the group’s title (400 days after they last did). It is deleted when I am removed: at once, or two days after I find out where I was not told or the group may only have got another number.
    • In memory only, until I am restarted at the latest: who asked how much, what was asked in a group or searched for (as a code), the language a group last asked in, and private chats I cannot write to.
    • If the messenger asks me to pause in this chat, I store its number until that is over. The log notes by number who tries what is for admins, and who cannot be asked about their announcements.
    Nothing is passed on. The messenger itself sees what you write here.
    /mydata shows what is stored about you, /forget deletes it.

## Upcoming

upcoming-ahead = Ahead or under way, as of { $date }
upcoming-named = Exercises and dates that the interview names, as planned then:
upcoming-past = Time passed; this bot does not know what came of it
upcoming-settled = Outcome known
upcoming-undated = No date given
upcoming-none = The interview names no exercises or dates.
event-past = planned for { $when }; this bot does not know whether it took place.
state-past = planned for { $when }; this bot does not know what came of it.
event-held = held, according to
event-moved = put off, according to
event-cancelled = cancelled, according to
when-no-exact-date = no exact date in the interview

## Announcements

announced-date = Date named: { $when }
announced-distance = Date named: { $when } ({ $distance })
announced-no-exact-date = no exact date in the interview
announced-undated = No date named
announced-place = Place named:
announced-confirmed = Date given later: { $when }, according to
announced-moved = New on this since it was announced here:
announced-cancelled = Called off since it was announced here, according to
corrected-moved = Brought up to date after this was posted:
corrected-cancelled = Called off after this was posted, according to
announced-words = From the operator of this bot:
days-ahead = { $days ->
        [0] today
        [1] tomorrow
        [one] in { $days } day
       *[other] in { $days } days
    }
under-way = the days named have begun
months-ahead = { $months ->
        [0] this month
        [1] next month
       *[other] in { $months } months
    }

## An event's card

calendar-it = Calendar
calendar-caption = For a calendar: the date exactly as precise as it was named.
remind-me = Remind me
all-dates = All dates
reminding = Exercises and dates named in the interview are announced here, at { $hour }:00, { $zone }. /subscriptions changes that, /unsubscribe ends it.

## Subscribing

choose-chat = Which chat is to get announcements of the exercises and dates named in the interview? You have to administer it.
choose-channel = A channel
choose-group = A group
offer-to-subscribe = You made me an administrator of the chat { $chat }. I can announce there the exercises and dates named in the interview, each with its words and a link.
subscribe-it = Subscribe the chat
subscribed = Announcements of exercises and dates named in the interview are sent to the chat { $chat }, at { $hour }:00, { $zone }. /subscriptions changes that, /unsubscribe ends it.
subscribed-twice = Posts of the channel { $channel } appear in its group { $group } by themselves, and both are subscribed: readers of the group would see each announcement twice. To end one of the two, press it; to keep both, do nothing.
subscribed-approval = You see each post first and decide here.
approval-by-another = Another administrator subscribed this chat: they see each post first and decide, and have its settings.
subscribed-next = Next post:
subscribed-nothing = Nothing is to be announced at present.
not-administrator = Only an administrator of the chat can do this.
subscribed-here = Announcements of exercises and dates named in the interview are sent here, at { $hour }:00, { $zone }. /unsubscribe ends them.
unsubscribed-here = No more announcements are sent here.
chat-unsubscribed = No more announcements are sent to the chat { $chat }.
not-subscribed = No announcements are sent here.
chat-not-subscribed = No announcements are sent to that chat.
nothing-subscribed = None of your chats gets announcements.
which-subscription = Which one is to end?
deliveries-none = No announcement has been planned yet.
deliveries-heading = Announcements so far
deliveries-count = { $state ->
        [queued] waiting
        [sending] being sent
        [sent] sent
        [ambiguous] doubtful
        [failed] refused
        [missed] missed
        [superseded] replaced by a newer one
       *[cancelled] cancelled
    }: { $n }
paused = Paused: nothing is announced until /resume. What expires meanwhile is missed.
resumed = Announcing again.

## Settings of a subscription

which-settings = Which chat’s settings?
no-subscriptions = You have subscribed no chat. /subscribe does that.
no-such-subscription = You have subscribed no chat of that number. The settings in /subscriptions show the numbers of yours.
this-chat = This chat
settings-of = Announcements in the chat { $chat }
settings-here = Announcements in this chat
settings-approval = { $to ->
        [each] Each post waits until whoever subscribed the chat agrees
       *[none] Posts go out without asking
    }
settings-kinds = Announced:
kind = { $to ->
        [exercise] exercises
        [meeting] meetings
        [anniversary] anniversaries
       *[other] other dates
    }
settings-milestones = { $to ->
        [ahead] Only ahead of the first day
        [first] Only on the first day
       *[all] Ahead of the first day, and on it
    }
settings-hour = At { $hour }:00, { $zone }
settings-quiet = Nothing is posted from { $from }:00 to { $until }:00, unless it would be too late after that
settings-no-quiet = No quiet hours
settings-language = { $to ->
        [ru] In Russian
       *[en] In English
    }
settings-silent = { $to ->
        [on] Without a sound
       *[off] With a sound
    }
settings-pin = { $to ->
        [on] Pinned
       *[off] Not pinned
    }
settings-in-private = The settings of this chat’s announcements are in a private chat with me: /subscriptions
settings-under-a-name = Nobody is known yet who could set these announcements, for I cannot write to anonymous administrators. Send /subscriptions here under your own name; the settings then wait for you in a private chat with me.
settings-of-another = The settings of this chat’s announcements are with whoever subscribed it.
settings-zone-how = For another time zone, send its name or a city: /timezone { $chat } Bishkek
set-approval = { $to ->
        [each] Ask before each post
       *[none] Post without asking
    }
set-kind = { $to ->
        [exercise-on] With exercises
        [exercise-off] Without exercises
        [meeting-on] With meetings
        [meeting-off] Without meetings
        [anniversary-on] With anniversaries
        [anniversary-off] Without anniversaries
        [other-on] With other dates
       *[other-off] Without other dates
    }
set-milestones = { $to ->
        [ahead] Only ahead
        [first] Only the first day
       *[all] Ahead and first day
    }
set-hour = At { $to }:00
set-quiet = Quiet { $from }:00–{ $until }:00
set-no-quiet = No quiet hours
set-language = { $to ->
        [ru] По-русски
       *[en] In English
    }
set-silent = { $to ->
        [on] Without a sound
       *[off] With a sound
    }
set-pin = { $to ->
        [on] Pin posts
       *[off] Do not pin
    }
preview-it = Preview
unsubscribe-it = Unsubscribe
last-kind = One kind has to stay. To end all announcements, press Unsubscribe.
timezone-usage = Write the name of the time zone or a city after the command: /timezone Bishkek. If you have subscribed several chats, the number of one comes first; its settings in /subscriptions show it.
timezone-which = You have subscribed several chats. Write the number of one first: /timezone { $chat } Bishkek
timezone-unknown = I know no time zone or city of that name. Write an IANA name such as Asia/Bishkek, or the city in it.
timezone-several = Several time zones are called so. Write the whole name:
timezone-set = Announcements are sent to the chat { $chat } at { $hour }:00, { $zone }.
timezone-set-here = Announcements are sent here at { $hour }:00, { $zone }.

## Announcing now

announce-which = Which is to be announced now? To announce words of your own, write them after the command: /announce …
announce-words-only = Nothing named is ahead. To announce words of your own, write them after the command: /announce …
announce-to = { $n ->
        [0] No chat receives these.
        [one] It would go to { $n } chat now. Where posts are approved first, it waits for that.
       *[other] It would go to { $n } chats now. Where posts are approved first, it waits for that.
    }
announce-it = { $n ->
        [one] Post to { $n } chat
       *[other] Post to { $n } chats
    }
leave-it = Leave it
announce-done = { $n ->
        [0] No chat receives these.
        [one] It goes to { $n } chat. /deliveries shows what becomes of it.
       *[other] It goes to { $n } chats. /deliveries shows what becomes of it.
    }
announce-before = Announced before; nothing is posted twice.
announce-dropped = An admin decided that this is not announced.
announce-unsettled = The knowledge is being reloaded; nothing is posted. Try again in a minute.
announce-left = Nothing is posted.
announce-too-long = These are { $n } characters; at most { $most } are announced.

## Deciding on announcements

ask-review = To be announced on { $due }. Nobody has looked at this since { $reviewed }. Is it still true?
ask-approval = May this be posted in the chat { $chat } on { $due }?
ask-outcome = The date named for this is over. If you know what came of it, write it with its source into events.toml, then /reload.
ask-doubtful = Nobody knows whether this was posted in the chat { $chat }. Please look there.
ask-doubtful-all = { $n ->
        [one] Nobody knows whether this was posted in { $n } chat
       *[other] Nobody knows whether this was posted in { $n } chats
    }: { $names }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }. Please look there.
told-missed = Not posted in the chat { $chat }: it could not go out in time.
told-failed = Not posted in the chat { $chat }: it was refused.
told-missed-all = { $n ->
        [one] Not posted in { $n } chat
       *[other] Not posted in { $n } chats
    }, for it could not go out in time: { $names }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }.
told-failed-all = { $n ->
        [one] Not posted in { $n } chat
       *[other] Not posted in { $n } chats
    }, for it was refused: { $names }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }.
told-suspended = I may not post in the chat { $chat } any more, and have stopped. Give me the right to write there; an administrator then sends /subscribe to go on.
told-suspended-topic = I cannot post in the topic { $chat } any more, and have stopped. If it was closed, open it and send /subscribe in it; if it was deleted, send /subscribe in another topic. I also need the right to write there.
still-true = Still true
outdated = Drop it
post-it = Post
skip-it = Skip
later-on = Ask me in an hour
it-is-there = It is there
post-again = Post again
drop-it = Drop
they-are-there = All are there
post-all-again = Post all again
drop-all = Drop all
one-by-one = One by one
doubts-more = There are more.
show-more = Show more
decided-still-true = Still true: it is announced in time.
decided-outdated = Dropped: it is not announced.
decided-post = It is posted as soon as it is due.
decided-skip = Skipped.
decided-later = You are asked again in an hour.
decided-it-is-there = Counted as posted.
decided-post-again = It is posted again.
decided-in-the-night = The chat has quiet hours now; it comes after them.
decided-too-late = It is not posted again: its time has passed.
decided-not-again = It is not posted again.
decided-drop = Dropped.
decided-they-are-there = Counted as posted: { $n }.
decided-post-all-again = Posted again: { $n }.
decided-all-too-late = Not posted again, for the time has passed: { $n }.
decided-all-not-again = Not posted again: { $n }.
decided-drop-all = Dropped: { $n }.
decided-no-later = In an hour it would be too late. Post it now, or skip it.
decided-before = This was decided already.
decided-gone = What this was about is no longer stored. /deliveries shows what is doubtful.
not-yours = Only an administrator of that chat may decide this.

date-day = { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
date-month = { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
date-year = { $year }
date-span = { $from } to { $to }
date-instant = { $day }, { $time } ({ $zone })

## Admins

admins-only = This command is for the admins of this bot.
admins-none = No admin is configured. Your user id is { $id }; the operator can put it into ONRECORD_ADMINS.
reload-done = Reloaded: revision { $from } → { $to }.
reload-same = Nothing changed: revision { $revision }.
reload-refused = Not reloaded: { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    }. Revision { $revision } stays live.
reload-unread = Not reloaded; revision { $revision } stays live. The folder cannot be read:
reload-elsewhere = Announcements are sent by another process; it reloads as well within seconds, from its own folder.
reload-untold = Announcements are sent by another process, which could not be told: it keeps what it has. Send /reload again.
reload-busy = A reload is under way.
reload-long = Still reading: the folder is large. Until it is done the old revision stays live; /status will show how it ended.
reload-warnings = { $warnings ->
        [one] 1 warning:
       *[other] { $warnings } warnings:
    }
reload-more = … and { $more } more; `onrecord check` shows all.
changed-passages = Passages: { $added } added, { $changed } changed, { $removed } removed
changed-topics = Topics: { $added } added, { $changed } changed, { $removed } removed
changed-events = Events: { $added } added, { $changed } changed, { $removed } removed
status-revision = Knowledge: revision { $revision }, loaded { $loaded }
status-uptime = Running for { $uptime }
status-updates = Updates: { $received } received, { $handled } handled, { $failed } failed
status-waiting = Waiting in the inbox: { $waiting }
status-reload-never = Last reload: none since the start
status-reload-done = Last reload: { $at }, done
status-reload-refused = Last reload: { $at }, refused
status-admins-reached = Admins: I can write to all of them
status-admins-unreached = Admins I cannot write to until they press /start:
status-owners-unreached = { $n ->
        [one] One who subscribed a chat cannot be written to; the admins are asked instead
       *[other] { $n } who subscribed a chat cannot be written to; the admins are asked instead
    }
status-unheard = Questions and reports that reached nobody: { $n }; /deliveries shows what became of the posts
status-announced-elsewhere = Announcements are sent by another process on this database; this one only answers.
status-searches-off = My name in other chats offers no quotes: @BotFather, /setinline switches that on.
status-mentions-hidden = Mentions in groups are not delivered to me (privacy mode); /ask and replies are.
status-clock = The clock was set by ONRECORD_CLOCK_START; it shows { $now }

## Feedback on an answer

feedback-ask = Did this answer your question?
feedback-yes = Yes
feedback-no = No
feedback-why = What did not fit?
feedback-reason = { $reason ->
        [another] Not what I asked
        [little] Too little
        [unclear] Hard to understand
       *[old] Out of date
    }
feedback-thanks = Thank you.
feedback-now = Feedback on answers since the knowledge last changed
feedback-before = Before that
feedback-none = No reader has said anything of an answer yet.
feedback-count = no { $no }, yes { $yes }
feedback-more = { $n ->
        [one] … and { $n } passage more
       *[other] … and { $n } passages more
    }

## Questions to come back to

keep-it = Tell me when it is answered
withdraw-it = Do not tell me
withdraw-number = Do not tell me: question { $n }
kept = I will tell you when I find an answer to this.
kept-most = { $most } of your questions are kept already, and no more can be. /mydata shows them.
kept-full = No more questions can be kept at present.
kept-withdrawn = The question is not kept any more.
kept-answered = You asked me to tell you when this is answered.

## What is stored about a reader

data-heading = Stored about you
data-none = Nothing is stored about you.
data-language = Language of the replies: { $language ->
        [ru] Russian
       *[en] English
    }
data-feedback = { $n ->
        [one] Feedback on { $n } answer, under a code that expires
       *[other] Feedback on { $n } answers, under a code that expires
    }
data-subscription = You subscribed the chat { $chat } to announcements
data-group = You may be written to about the group { $chat }, whose settings you opened or to which you added me
data-own-subscription = Announcements in this chat: its settings, and what was sent
data-waiting = { $n ->
        [one] { $n } message that I have not answered yet
       *[other] { $n } messages that I have not answered yet
    }
data-drafts = { $n ->
        [one] { $n } text to be announced that you have not confirmed
       *[other] { $n } texts to be announced that you have not confirmed
    }
data-frozen = Until when the messenger wants no messages in this chat
data-recent = In memory, not on disk: the topic of your last answer
data-kept = Your questions that I will come back to
data-always = Numbers of messages I received stay three days, without who sent them. /privacy says more.
forget-ask = Shall I delete all that is stored about you? Questions I was to come back to are not answered then, and announcements in this chat end.
forget-all = Delete it all
forget-left = Nothing was deleted.
forgotten = Deleted.
forgotten-kept =
    These stay: the numbers of messages I received, three days, so that I do not answer twice; what was announced in groups and channels, 400 days; that the messenger asks me to pause in this chat, until it is over. A chat you subscribed goes on without your number; /unsubscribe ends it. Feedback whose code has expired can no longer be told to be yours.

## Floods

flood-person = That is more than I can answer at once. In a minute, please ask again what is still open.
flood-group = More is asked here than I can answer at once. In a minute, please ask again what is still open.
flood-presses = Please wait a minute, then press again.

## Groups

welcome = I answer questions about an interview with its own words: verbatim, attributed, with a link.
welcome-how = Ask with /ask and your question, mention me, or reply to one of my messages. /settings is for administrators.
welcome-how-deaf = Ask with /ask and your question, or reply to one of my messages; a mention alone does not reach me here. /settings is for administrators.
private-answer = The answer is in a private chat with me.
private-ask = Questions asked here are answered in a private chat with me.
open-private = Open the private chat
settings-elsewhere = The settings of this group are in a private chat with me.
settings-anonymous = I cannot write to anonymous administrators. The settings of this group are in a private chat with me; they open for its administrators only.
no-groups = Send /settings in a group that you administer; its settings then come here.
which-group = Which group’s settings?
group-settings-of = The group { $chat }
group-lifetime = { $to ->
        [m5] My replies are deleted after 5 minutes
        [m30] My replies are deleted after 30 minutes
        [h24] My replies are deleted after 24 hours
       *[never] My replies stay
    }
group-venue = { $to ->
        [private] Questions are answered in private
       *[here] Questions are answered in the group
    }
group-language = { $to ->
        [ru] In Russian
        [en] In English
       *[question] In the language of each question
    }
group-venue-how = Whoever has never written to me gets one line in the group, with a button to the private chat.
set-lifetime = { $to ->
        [m5] Delete after 5 minutes
        [m30] Delete after 30 minutes
        [h24] Delete after 24 hours
       *[never] Delete nothing
    }
set-venue = { $to ->
        [private] Answer in private
       *[here] Answer in the group
    }
set-group-language = { $to ->
        [ru] По-русски
        [en] In English
       *[question] That of each question
    }
language-of-group = { $to ->
        [ru] In this group I reply in Russian, as its administrators chose.
       *[en] In this group I reply in English, as its administrators chose.
    }
trouble-group = I may not answer in the group { $chat }. Give me the right to send messages there, or remove me. I tell you this once.
trouble-topic = I may not answer in the topic { $chat }. If it is closed, open it; if it is deleted, ask in another one. I need the right to send messages there, too. I tell you this once.
trouble-slow = I have to wait for long before each answer in the group { $chat }: it seems to be in slow mode. Make me an administrator there, and I need not wait. I tell you this once.
