//! What stays of a group that the bot left, for how long, and what follows it.

use jiff::SignedDuration;

use super::*;
use crate::domain::{Language, Lifetime, Manners, UserRef, Venue};
use crate::store::fixture::{at, chat, claim, days, enqueue, event, new, subscribe};
use crate::store::{DEPARTED_LIFETIME, KEEPER_LIFETIME, Keeper};

const CHOSEN: Manners =
    Manners { lifetime: Lifetime::Minutes30, venue: Venue::Private, language: Some(Language::Russian) };

const SECOND: SignedDuration = SignedDuration::from_secs(1);

const ANN: Keeper = Keeper { user: UserRef(7), language: None };

async fn n_rows(store: &Store) -> i64 {
    let sql = "SELECT (SELECT COUNT(*) FROM manners) + (SELECT COUNT(*) FROM keepers) \
               + (SELECT COUNT(*) FROM troubles) + (SELECT COUNT(*) FROM passing)";
    sqlx::query_scalar(sql).fetch_one(&store.pool).await.unwrap()
}

async fn n_departures(store: &Store) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM departures").fetch_one(&store.pool).await.unwrap()
}

async fn a_group(store: &Store, id: i64) {
    store.change_manners(id, |_| CHOSEN).await.unwrap();
    store.add_keeper(id, ANN, Title::clean("A").as_ref(), at(1)).await.unwrap();
    store.told_of(chat(id), "a", at(1)).await.unwrap();
    store.take_back(id, 5, at(1)).await.unwrap();
}

#[tokio::test]
async fn a_group_that_is_forgotten_is_forgotten_whole() {
    let store = Store::in_memory().await.unwrap();
    a_group(&store, -1).await;
    a_group(&store, -2).await;
    store.group_is_gone(-1, at(1)).await.unwrap();
    assert_eq!((n_rows(&store).await, n_departures(&store).await), (8, 1));
    for _ in 0..2 {
        store.forget_group(-1).await.unwrap();
        assert_eq!((n_rows(&store).await, n_departures(&store).await), (4, 0));
    }
    assert_eq!(store.manners(-2).await.unwrap(), CHOSEN);
}

#[tokio::test]
async fn what_is_stored_of_a_group_goes_a_while_after_the_bot() {
    let store = Store::in_memory().await.unwrap();
    a_group(&store, -1).await;
    a_group(&store, -2).await;
    for id in [-1, 7, -9] {
        store.group_is_gone(id, at(10)).await.unwrap();
    }
    assert_eq!(n_departures(&store).await, 1, "of the others nothing is stored");
    store.group_is_gone(-1, at(999)).await.unwrap();
    assert_eq!(store.manners(-1).await.unwrap(), CHOSEN);
    let over = at(10) + DEPARTED_LIFETIME;
    sqlx::query("DELETE FROM passing").execute(&store.pool).await.unwrap();
    store.sweep(over).await.unwrap();
    assert_eq!((n_rows(&store).await, n_departures(&store).await), (6, 1));
    store.sweep(over + SECOND).await.unwrap();
    assert_eq!((n_rows(&store).await, n_departures(&store).await), (3, 0));
    assert_eq!(store.manners(-1).await.unwrap(), Manners::default());
    assert_eq!(store.manners(-2).await.unwrap(), CHOSEN);
}

#[tokio::test]
async fn a_group_that_the_bot_is_back_in_keeps_all() {
    let store = Store::in_memory().await.unwrap();
    a_group(&store, -1).await;
    assert!(store.is_group_known(-1).await.unwrap());
    store.group_is_gone(-1, at(10)).await.unwrap();
    assert!(!store.is_group_known(-1).await.unwrap());
    for _ in 0..2 {
        store.group_is_back(-1).await.unwrap();
        assert!(store.is_group_known(-1).await.unwrap());
    }
    store.sweep(at(10) + DEPARTED_LIFETIME + SECOND).await.unwrap();
    assert_eq!(store.manners(-1).await.unwrap(), CHOSEN);
    assert_eq!(store.keepers(-1, 9).await.unwrap(), [ANN]);
}

#[tokio::test]
async fn what_a_group_chose_moves_with_it_whether_it_was_left_before_or_not() {
    for is_left in [false, true] {
        let store = Store::in_memory().await.unwrap();
        a_group(&store, -1).await;
        if is_left {
            store.group_is_gone(-1, at(10)).await.unwrap();
        }
        for _ in 0..2 {
            store.move_group(-1, -1001).await.unwrap();
            assert_eq!(store.manners(-1001).await.unwrap(), CHOSEN);
            assert_eq!(store.keepers(-1001, 9).await.unwrap(), [ANN]);
            assert_eq!(store.manners(-1).await.unwrap(), Manners::default());
            assert_eq!(n_rows(&store).await, 2, "numbers of messages do not move");
        }
        store.group_is_gone(-1, at(11)).await.unwrap();
        assert_eq!(n_departures(&store).await, 0, "nothing is left to go");
        store.move_group(-1001, -1001).await.unwrap();
        let other = Manners { venue: Venue::Here, ..CHOSEN };
        store.change_manners(-3, |_| other).await.unwrap();
        store.move_group(-1001, -3).await.unwrap();
        assert_eq!(store.manners(-3).await.unwrap(), other, "the new one has its own");
    }
}

#[tokio::test]
async fn a_post_that_finds_a_group_gone_or_moved_says_so_for_its_manners() {
    for moves in [false, true] {
        let store = Store::in_memory().await.unwrap();
        a_group(&store, -1).await;
        let subscription = subscribe(&store, chat(-1)).await;
        let first = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
        store.group_is_gone(-1, at(9)).await.unwrap();
        assert_eq!(claim(&store, at(10)).await, [first]);
        store.sent(first, 71).await.unwrap();
        assert_eq!(n_departures(&store).await, 0, "what is posted there shows that the bot is in");
        let id = enqueue(&store, new(subscription, event("b", days(7)))).await.id;
        assert_eq!(claim(&store, at(10)).await, [id]);
        if moves {
            store.moved(id, -1001, at(11)).await.unwrap();
        } else {
            store.gone(id, "kicked", at(11)).await.unwrap();
        }
        assert_eq!(n_departures(&store).await, i64::from(!moves));
        assert_eq!(store.manners(-1001).await.unwrap() == CHOSEN, moves);
    }
}

#[tokio::test]
async fn a_keeper_who_is_not_seen_for_long_goes_and_the_choice_stays() {
    let store = Store::in_memory().await.unwrap();
    a_group(&store, -1).await;
    let ben = Keeper { user: UserRef(8), ..ANN };
    store.add_keeper(-1, ben, None, at(1)).await.unwrap();
    store.add_keeper(-1, ben, None, at(50)).await.unwrap();
    store.sweep(at(1) + KEEPER_LIFETIME).await.unwrap();
    assert_eq!(store.keepers(-1, 9).await.unwrap(), [ANN, ben]);
    store.sweep(at(2) + KEEPER_LIFETIME).await.unwrap();
    assert_eq!(store.keepers(-1, 9).await.unwrap(), [ben]);
    assert_eq!(store.manners(-1).await.unwrap(), CHOSEN);
}

#[tokio::test]
async fn groups_are_found_by_their_title() {
    let store = Store::in_memory().await.unwrap();
    let (a, b) = (Title::clean("A").unwrap(), Title::clean("B").unwrap());
    for (id, user, title) in [(-1, 7, &a), (-1, 8, &a), (-2, 7, &a), (-3, 7, &b)] {
        let keeper = Keeper { user: UserRef(user), ..ANN };
        store.add_keeper(id, keeper, Some(title), at(1)).await.unwrap();
    }
    assert_eq!(store.groups_called(&a, -9, 9).await.unwrap(), [-2, -1]);
    assert_eq!(store.groups_called(&a, -2, 9).await.unwrap(), [-1]);
    assert_eq!(store.groups_called(&a, -9, 1).await.unwrap(), [-2]);
    assert_eq!(store.groups_called(&b, -3, 9).await.unwrap(), [0_i64; 0]);
}
