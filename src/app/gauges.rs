//! What `/status` shows: counters of this run. Nothing here decides anything.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::clock::Clock;
use crate::domain::UserRef;

/// Counters of this run.
pub struct Gauges {
    clock: Clock,
    clock_is: ClockIs,
    started: Timestamp,
    received: AtomicU64,
    handled: AtomicU64,
    failed: AtomicU64,
    waiting: AtomicUsize,
    mentions_hidden: AtomicBool,
    searches_off: AtomicBool,
    announced_elsewhere: AtomicBool,
    wishes: AtomicU64,
    admins_looked_up: AtomicBool,
    unheard: AtomicU64,
    // Short sections, never held across an await. Admins and owners of subscriptions: the store bounds them.
    unreached: Mutex<BTreeSet<UserRef>>,
}

/// Whose time the clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockIs {
    /// The machine's.
    Real,
    /// One that was set to try something out.
    Set,
}

/// How many updates were seen in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Updates {
    /// Committed to the inbox.
    pub(super) received: u64,
    /// Answered, refused for good, or not for the bot.
    pub(super) handled: u64,
    /// Of those, spoiled by a panic, a time-out, a refusal or an outage that lasted too long.
    pub(super) failed: u64,
    /// Not handled yet.
    pub(super) waiting: usize,
}

impl Gauges {
    /// All at zero, the run starting now.
    #[must_use]
    pub fn new(clock: Clock, clock_is: ClockIs) -> Self {
        let started = clock.now();
        Self {
            clock,
            clock_is,
            started,
            received: AtomicU64::new(0),
            handled: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            waiting: AtomicUsize::new(0),
            mentions_hidden: AtomicBool::new(false),
            searches_off: AtomicBool::new(false),
            announced_elsewhere: AtomicBool::new(false),
            wishes: AtomicU64::new(0),
            admins_looked_up: AtomicBool::new(false),
            unheard: AtomicU64::new(0),
            unreached: Mutex::new(BTreeSet::new()),
        }
    }

    pub(super) fn count_received(&self, n: usize) {
        self.received.fetch_add(n as u64, Ordering::Relaxed);
    }

    pub(super) fn count_waiting(&self, n: usize) {
        self.waiting.fetch_add(n, Ordering::Relaxed);
    }

    pub(super) fn count_handled(&self) {
        self.handled.fetch_add(1, Ordering::Relaxed);
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }

    pub(super) fn count_failed(&self) {
        self.failed.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn updates(&self) -> Updates {
        Updates {
            received: self.received.load(Ordering::Relaxed),
            handled: self.handled.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
            waiting: self.waiting.load(Ordering::Relaxed),
        }
    }

    pub(super) fn uptime_minutes(&self) -> i64 {
        self.clock.now().duration_since(self.started).as_mins().max(0)
    }

    /// Somebody commanded, pressed or chose something: a subscription may have changed.
    pub(super) fn count_wish(&self) {
        self.wishes.fetch_add(1, Ordering::AcqRel);
    }

    /// How often that was. Equal numbers mean that this process changed no subscription in between.
    pub(super) fn n_wishes(&self) -> u64 {
        self.wishes.load(Ordering::Acquire)
    }

    /// Another process on the database announces, and this one waits for its end.
    pub(super) fn wait_for_lead(&self) {
        self.announced_elsewhere.store(true, Ordering::Relaxed);
    }

    /// This process announces.
    pub(super) fn take_lead(&self) {
        self.announced_elsewhere.store(false, Ordering::Relaxed);
    }

    /// Whether another process on the database announces.
    pub(super) fn is_announced_elsewhere(&self) -> bool {
        self.announced_elsewhere.load(Ordering::Relaxed)
    }

    /// The time shown, if the clock was set.
    pub(super) fn set_clock(&self) -> Option<Timestamp> {
        (self.clock_is == ClockIs::Set).then(|| self.clock.now())
    }

    /// The front found that plain mentions in groups are not delivered.
    pub fn hide_mentions(&self) {
        self.mentions_hidden.store(true, Ordering::Relaxed);
    }

    pub(super) fn mentions_hidden(&self) -> bool {
        self.mentions_hidden.load(Ordering::Relaxed)
    }

    /// The front found that nobody can search by the bot's name.
    pub fn no_searches(&self) {
        self.searches_off.store(true, Ordering::Relaxed);
    }

    pub(super) fn searches_off(&self) -> bool {
        self.searches_off.load(Ordering::Relaxed)
    }

    /// That person cannot be written to: they never began, or blocked the bot.
    pub fn unreached(&self, user: UserRef) {
        self.not_reached().insert(user);
    }

    /// The front has looked at all of them.
    pub fn admins_looked_up(&self) {
        self.admins_looked_up.store(true, Ordering::Relaxed);
    }

    pub(super) fn admins_are_looked_up(&self) -> bool {
        self.admins_looked_up.load(Ordering::Relaxed)
    }

    /// That person wrote, or was written to.
    pub(super) fn reached(&self, user: UserRef) {
        self.not_reached().remove(&user);
    }

    /// Whether the last that is known of that person is that they cannot be written to.
    pub(super) fn is_unreached(&self, user: UserRef) -> bool {
        self.not_reached().contains(&user)
    }

    /// All who cannot be written to.
    pub(super) fn unreached_people(&self) -> BTreeSet<UserRef> {
        self.not_reached().clone()
    }

    /// A question or a report found nobody whom it could be given, for good.
    pub(super) fn count_unheard(&self) {
        self.unheard.fetch_add(1, Ordering::Relaxed);
    }

    /// How many those were.
    pub(super) fn n_unheard(&self) -> u64 {
        self.unheard.load(Ordering::Relaxed)
    }

    fn not_reached(&self) -> std::sync::MutexGuard<'_, BTreeSet<UserRef>> {
        // A set of ids is whole after any panic.
        self.unreached.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
