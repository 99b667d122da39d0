//! What this process has taken up and not handled yet, in the order of each lane. It holds numbers, not texts.

use std::collections::{HashMap, HashSet, VecDeque};

/// The lanes that are being worked off.
#[derive(Default)]
pub(super) struct Lanes {
    waiting: HashMap<i64, VecDeque<i64>>,
    /// Every update taken up, waiting or begun: none is taken up twice.
    held: HashSet<i64>,
}

/// What became of an update that was to be taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TakenUp {
    /// It was taken up before.
    Known,
    /// It waits behind others.
    Behind,
    /// It is the first of its lane, which needs a worker.
    First,
}

impl Lanes {
    pub(super) fn take_up(&mut self, id: i64, lane: i64) -> TakenUp {
        if !self.held.insert(id) {
            return TakenUp::Known;
        }
        match self.waiting.get_mut(&lane) {
            Some(queue) => {
                queue.push_back(id);
                TakenUp::Behind
            }
            None => {
                self.waiting.insert(lane, VecDeque::from([id]));
                TakenUp::First
            }
        }
    }

    /// The next update of a lane; a lane without one is closed at once, so that none is overlooked.
    pub(super) fn next(&mut self, lane: i64) -> Option<i64> {
        let next = self.waiting.get_mut(&lane).and_then(VecDeque::pop_front);
        if next.is_none() {
            self.close(lane);
        }
        next
    }

    /// What waits there is left to the next start.
    pub(super) fn close(&mut self, lane: i64) {
        self.waiting.remove(&lane);
    }

    /// It is handled, and known to the store as such.
    pub(super) fn done(&mut self, id: i64) {
        self.held.remove(&id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_is_worked_off_in_order_and_takes_nothing_up_twice() {
        let mut lanes = Lanes::default();
        assert_eq!(lanes.take_up(1, 7), TakenUp::First);
        assert_eq!(lanes.take_up(2, 7), TakenUp::Behind);
        assert_eq!(lanes.take_up(3, 8), TakenUp::First);
        assert_eq!(lanes.next(7), Some(1));
        assert_eq!(lanes.take_up(1, 7), TakenUp::Known, "begun and not done");
        lanes.done(1);
        assert_eq!(lanes.next(7), Some(2));
        assert_eq!(lanes.next(7), None);
        lanes.done(2);
        assert_eq!(lanes.take_up(4, 7), TakenUp::First, "the lane was closed");
    }
}
