//! For admins: reload the knowledge, and how the bot is doing.

use crate::chat::{Block, Message};
use crate::knowledge::{Difference, Problem, Severity};

use super::App;
use super::library::{LastReload, LoadError, Reloaded, Snapshot};
use super::replies::{ReloadCounts, Voice};

/// How many problems one message shows: the first ones say what is wrong, `onrecord check` shows all.
const MAX_PROBLEMS: usize = 10;

/// What a reload did, or why it did nothing.
pub(super) fn reloaded(voice: Voice<'_>, result: &Result<Reloaded, LoadError>, live: &Snapshot) -> Message {
    let revision = live.revision();
    let blocks = match result {
        Ok(reloaded) => changed(voice, reloaded),
        Err(LoadError::Busy) => vec![Block::Text(voice.reload_busy())],
        Err(LoadError::Panicked) => vec![Block::Text(voice.went_wrong())],
        Err(LoadError::Unread(error)) => {
            vec![Block::Text(voice.reload_unread(revision)), Block::Report(error.to_string())]
        }
        Err(LoadError::Problems(problems)) => {
            let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error).count();
            let mut blocks = vec![Block::Text(voice.reload_refused(errors, revision))];
            blocks.extend(report(voice, problems.iter().filter(|problem| problem.severity() == Severity::Error)));
            blocks
        }
    };
    Message { blocks, actions: Vec::new() }
}

fn changed(voice: Voice<'_>, reloaded: &Reloaded) -> Vec<Block> {
    let mut blocks = Vec::new();
    if reloaded.from == reloaded.to {
        blocks.push(Block::Text(voice.reload_same(&reloaded.to)));
    } else {
        let changes = &reloaded.changes;
        blocks.push(Block::Text(voice.reload_done(&reloaded.from, &reloaded.to)));
        blocks.push(Block::Items(vec![
            line(voice.changed_passages(counts(&changes.passages)), &changes.passages),
            line(voice.changed_topics(counts(&changes.topics)), &changes.topics),
            line(voice.changed_events(counts(&changes.events)), &changes.events),
        ]));
    }
    if !reloaded.warnings.is_empty() {
        blocks.push(Block::Text(voice.reload_warnings(reloaded.warnings.len())));
        blocks.extend(report(voice, reloaded.warnings.iter()));
    }
    blocks
}

fn counts(difference: &Difference) -> ReloadCounts {
    ReloadCounts { added: difference.added.len(), changed: difference.changed.len(), removed: difference.removed.len() }
}

/// The counts, and which ones where they are few.
fn line(counts: String, difference: &Difference) -> String {
    const MAX_NAMED: usize = 6;
    let signs = [("+", &difference.added), ("~", &difference.changed), ("−", &difference.removed)];
    let names: Vec<String> =
        signs.into_iter().flat_map(|(sign, names)| names.iter().map(move |name| format!("{sign}{name}"))).collect();
    if names.is_empty() || names.len() > MAX_NAMED { counts } else { format!("{counts}: {}", names.join(", ")) }
}

fn report<'p>(voice: Voice<'_>, problems: impl Iterator<Item = &'p Problem>) -> Vec<Block> {
    let lines: Vec<String> = problems.map(ToString::to_string).collect();
    let more = lines.len().saturating_sub(MAX_PROBLEMS);
    let shown = lines.into_iter().take(MAX_PROBLEMS).collect::<Vec<_>>().join("\n");
    let mut blocks = vec![Block::Report(shown)];
    if more > 0 {
        blocks.push(Block::Text(voice.reload_more(more)));
    }
    blocks
}

/// How the bot is doing.
pub(super) fn status(voice: Voice<'_>, live: &Snapshot, last: LastReload, app: &App) -> Message {
    let gauges = app.gauges();
    let updates = gauges.updates();
    let (unreached, others): (Vec<_>, Vec<_>) =
        gauges.unreached_people().into_iter().partition(|user| app.admins().contains(user));
    let mut lines = vec![
        voice.status_revision(live.revision(), live.loaded),
        voice.status_uptime(gauges.uptime_minutes()),
        voice.status_updates(updates.received, updates.handled, updates.failed),
        // Besides the one being answered here.
        voice.status_waiting(updates.waiting.saturating_sub(1)),
        match last {
            LastReload::Never => voice.status_reload_never(),
            LastReload::Done(at) => voice.status_reload_done(at),
            LastReload::Refused(at) => voice.status_reload_refused(at),
        },
    ];
    if gauges.admins_are_looked_up() {
        let all = unreached.is_empty();
        lines.push(if all { voice.status_admins_reached() } else { voice.status_admins_unreached(&unreached) });
    }
    lines.extend((!others.is_empty()).then(|| voice.status_owners_unreached(others.len())));
    lines.extend((gauges.n_unheard() > 0).then(|| voice.status_unheard(gauges.n_unheard())));
    lines.extend(gauges.is_announced_elsewhere().then(|| voice.status_announced_elsewhere()));
    lines.extend(gauges.searches_off().then(|| voice.status_searches_off()));
    lines.extend(gauges.mentions_hidden().then(|| voice.status_mentions_hidden()));
    lines.extend(gauges.set_clock().map(|now| voice.status_clock(now)));
    Message { blocks: vec![Block::Items(lines)], actions: Vec::new() }
}
