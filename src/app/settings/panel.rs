//! The message that shows what a subscription is set to, with a button for each value it could have instead.

use crate::chat::{Block, Message};
use crate::domain::{
    Approval, EventKind, Language, MilestoneChoice, QuietHours, Settings, Subscription, SubscriptionStatus,
};

use super::super::press::Wish;
use super::super::reply::Desk;
use super::change::{Change, Switch};

/// The quiet hours to choose from: the night, or its later part.
const NIGHTS: [(i8, i8); 2] = [(22, 8), (0, 8)];

impl Desk<'_> {
    /// What a subscription is set to, and what it could be set to.
    pub(super) fn settings(&self, subscription: &Subscription, place: Place) -> Message {
        let voice = self.voice;
        let settings = &subscription.settings;
        let kinds: Vec<String> = settings.kinds.iter().map(|kind| voice.kind(*kind)).collect();
        let lines = vec![
            voice.settings_approval(settings.approval),
            format!("{} {}", voice.settings_kinds(), kinds.join(", ")),
            voice.settings_milestones(settings.milestones),
            voice.settings_hour(settings),
            settings.quiet.map_or_else(|| voice.settings_no_quiet(), |quiet| voice.settings_quiet(quiet)),
            voice.settings_language(settings.language),
            voice.settings_silent(Switch::from(settings.silent)),
            voice.settings_pin(Switch::from(settings.pin)),
        ];
        let heading = match place {
            Place::Here => voice.settings_here(),
            Place::Elsewhere => voice.settings_of(subscription.name()),
        };
        let mut message = Message { blocks: vec![Block::Heading(heading), Block::Items(lines)], actions: Vec::new() };
        if subscription.status == SubscriptionStatus::Suspended {
            message.blocks.push(Block::Text(voice.told_suspended(subscription.name())));
        }
        message.blocks.push(Block::Text(self.coming_next(subscription)));
        message.blocks.push(Block::Text(voice.settings_zone_how(subscription.chat)));
        let change = |change: Change| self.wish(Wish::Settings(subscription.id, Some(change)), self.label(change));
        message.actions =
            changes(settings).into_iter().map(|row| row.into_iter().filter_map(change).collect()).collect();
        let ways_out = [
            self.wish(Wish::Preview(subscription.id), voice.preview_it()),
            self.wish(Wish::Unsubscribe(subscription.id), voice.unsubscribe_it()),
        ];
        message.actions.push(ways_out.into_iter().flatten().collect());
        message
    }

    fn label(&self, change: Change) -> String {
        let voice = self.voice;
        match change {
            Change::Approval(approval) => voice.set_approval(approval),
            Change::Kind(kind, switch) => voice.set_kind(kind, switch),
            Change::Milestones(choice) => voice.set_milestones(choice),
            Change::Language(language) => voice.set_language(language),
            Change::Hour(hour) => voice.set_hour(hour),
            Change::Quiet(None) => voice.set_no_quiet(),
            Change::Quiet(Some(quiet)) => voice.set_quiet(quiet),
            Change::Silent(switch) => voice.set_silent(switch),
            Change::Pin(switch) => voice.set_pin(switch),
        }
    }
}

/// Where a subscription's settings are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the subscribed chat itself.
    Here,
    /// In another one.
    Elsewhere,
}

/// What could be set instead, in rows of two where the words are short.
fn changes(settings: &Settings) -> Vec<Vec<Change>> {
    let approval = match settings.approval {
        Approval::Each => Approval::None,
        Approval::None => Approval::Each,
    };
    let kind = |kind| Change::Kind(kind, Switch::from(settings.kinds.contains(&kind)).other());
    let [exercise, meeting, anniversary, other] = EventKind::ALL.map(kind);
    let milestones = MilestoneChoice::ALL.into_iter().filter(|choice| *choice != settings.milestones);
    let quiet = std::iter::once(None).chain(NIGHTS.into_iter().map(|(from, to)| QuietHours::new(from, to)));
    let languages = Language::ALL.into_iter().filter(|language| *language != settings.language);
    let (silent, pin) = (Switch::from(settings.silent).other(), Switch::from(settings.pin).other());
    vec![
        vec![Change::Approval(approval)],
        vec![exercise, meeting],
        vec![anniversary, other],
        milestones.map(Change::Milestones).collect(),
        vec![Change::Hour((settings.hour + 23) % 24), Change::Hour((settings.hour + 1) % 24)],
        quiet.filter(|quiet| *quiet != settings.quiet).map(Change::Quiet).collect(),
        languages.map(Change::Language).collect(),
        vec![Change::Silent(silent), Change::Pin(pin)],
    ]
}
