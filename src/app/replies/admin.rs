//! What admins are told.

use fluent_bundle::FluentArgs;
use jiff::Timestamp;

use crate::domain::{Revision, UserRef};

use super::Voice;

/// How many things of one kind a reload added, changed and removed.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct ReloadCounts {
    pub(in crate::app) added: usize,
    pub(in crate::app) changed: usize,
    pub(in crate::app) removed: usize,
}

sentences! {
    reload_elsewhere = "reload-elsewhere";
    reload_untold = "reload-untold";
    reload_busy = "reload-busy";
    reload_long = "reload-long";
    status_reload_never = "status-reload-never";
    status_admins_reached = "status-admins-reached";
    status_announced_elsewhere = "status-announced-elsewhere";
    status_searches_off = "status-searches-off";
    status_mentions_hidden = "status-mentions-hidden";
}

impl Voice<'_> {
    pub(in crate::app) fn reload_done(self, from: &Revision, to: &Revision) -> String {
        let mut args = FluentArgs::new();
        args.set("from", from.to_string());
        args.set("to", to.to_string());
        self.with("reload-done", &args)
    }

    pub(in crate::app) fn reload_same(self, revision: &Revision) -> String {
        self.one("reload-same", "revision", revision.to_string())
    }

    pub(in crate::app) fn reload_refused(self, errors: usize, revision: &Revision) -> String {
        let mut args = FluentArgs::new();
        args.set("errors", errors);
        args.set("revision", revision.to_string());
        self.with("reload-refused", &args)
    }

    pub(in crate::app) fn reload_unread(self, revision: &Revision) -> String {
        self.one("reload-unread", "revision", revision.to_string())
    }

    pub(in crate::app) fn reload_warnings(self, warnings: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("warnings", warnings);
        self.with("reload-warnings", &args)
    }

    pub(in crate::app) fn reload_more(self, more: usize) -> String {
        self.one("reload-more", "more", more.to_string())
    }

    pub(in crate::app) fn changed_passages(self, counts: ReloadCounts) -> String {
        self.changed("changed-passages", counts)
    }

    pub(in crate::app) fn changed_topics(self, counts: ReloadCounts) -> String {
        self.changed("changed-topics", counts)
    }

    pub(in crate::app) fn changed_events(self, counts: ReloadCounts) -> String {
        self.changed("changed-events", counts)
    }

    pub(in crate::app) fn status_revision(self, revision: &Revision, loaded: Timestamp) -> String {
        let mut args = FluentArgs::new();
        args.set("revision", revision.to_string());
        args.set("loaded", minute(loaded));
        self.with("status-revision", &args)
    }

    pub(in crate::app) fn status_uptime(self, minutes: i64) -> String {
        let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        self.one("status-uptime", "uptime", format!("{days}d {hours:02}:{minutes:02}"))
    }

    pub(in crate::app) fn status_updates(self, received: u64, handled: u64, failed: u64) -> String {
        let mut args = FluentArgs::new();
        args.set("received", received.to_string());
        args.set("handled", handled.to_string());
        args.set("failed", failed.to_string());
        self.with("status-updates", &args)
    }

    pub(in crate::app) fn status_waiting(self, waiting: usize) -> String {
        self.one("status-waiting", "waiting", waiting.to_string())
    }

    pub(in crate::app) fn status_reload_done(self, at: Timestamp) -> String {
        self.one("status-reload-done", "at", minute(at))
    }

    pub(in crate::app) fn status_reload_refused(self, at: Timestamp) -> String {
        self.one("status-reload-refused", "at", minute(at))
    }

    pub(in crate::app) fn status_admins_unreached(self, admins: &[UserRef]) -> String {
        let ids: Vec<String> = admins.iter().map(|admin| admin.0.to_string()).collect();
        format!("{} {}", self.plain("status-admins-unreached"), ids.join(", "))
    }

    /// How many owners of subscriptions cannot be asked.
    pub(in crate::app) fn status_owners_unreached(self, n: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("n", n);
        self.with("status-owners-unreached", &args)
    }

    /// How many questions and reports reached nobody.
    pub(in crate::app) fn status_unheard(self, n: u64) -> String {
        self.one("status-unheard", "n", n.to_string())
    }

    pub(in crate::app) fn status_clock(self, now: Timestamp) -> String {
        self.one("status-clock", "now", minute(now))
    }

    fn changed(self, key: &str, counts: ReloadCounts) -> String {
        let mut args = FluentArgs::new();
        args.set("added", counts.added.to_string());
        args.set("changed", counts.changed.to_string());
        args.set("removed", counts.removed.to_string());
        self.with(key, &args)
    }

    fn one(self, key: &str, name: &'static str, value: String) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value);
        self.with(key, &args)
    }
}

/// To the minute, in UTC: admins may sit anywhere.
fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
