//! Letters on their way, and what the last of them leaves.

use super::*;

const ANN: UserRef = UserRef(1);
const BEN: UserRef = UserRef(2);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn about(n: i64) -> About {
    About::Approval(DeliveryId(n))
}

fn given(hands: &Hands) -> usize {
    hands.given().len()
}

#[test]
fn one_of_several_who_has_it_is_enough() {
    let mut hands = Hands::default();
    assert_eq!(hands.take(&[about(1)], &[ANN, BEN], at(0)), [ANN, BEN]);
    assert_eq!((hands.is_free(&about(1), at(0)), given(&hands)), (false, 0));
    assert_eq!(hands.settle(&[about(1)], BEN, Fate::Taken, at(1)), Left::Nothing);
    assert_eq!(hands.given(), [(about(1), at(0))]);
    hands.marked(&about(1));
    hands.let_go();
    assert!(!hands.is_free(&about(1), at(2)), "Ann's letter is still on its way");
    assert_eq!(hands.settle(&[about(1)], ANN, Fate::Unreachable, at(3)), Left::Nothing);
    assert!(!hands.is_free(&about(1), at(3)), "who read the store before it was marked finds it here");
    hands.let_go();
    assert!(hands.is_free(&about(1), at(3)));
}

#[test]
fn what_the_last_letter_leaves_is_told() {
    use Fate::{Doubtful, Later, Refused, Taken, Unreachable};
    for (one, other, left, n_given) in [
        (Unreachable, Unreachable, Left::Unheard, 0),
        (Refused, Unreachable, Left::Unheard, 0),
        (Unreachable, Taken, Left::Nothing, 1),
        (Taken, Doubtful, Left::Nothing, 1),
        (Doubtful, Taken, Left::Nothing, 1),
        (Doubtful, Unreachable, Left::Nothing, 0),
        (Unreachable, Later, Left::Nothing, 0),
    ] {
        let mut hands = Hands::default();
        hands.take(&[about(1)], &[ANN, BEN], at(0));
        assert_eq!(hands.settle(&[about(1)], ANN, one, at(1)), Left::Nothing);
        assert_eq!(hands.settle(&[about(1)], BEN, other, at(1)), left, "{one:?} {other:?}");
        assert_eq!(given(&hands), n_given, "{one:?} {other:?}");
        let rest = if left == Left::Unheard { 3601 } else { 61 };
        let free = [at(rest - 1), at(rest)].map(|now| hands.is_free(&about(1), now));
        assert_eq!(free, [false, n_given == 0], "{one:?} {other:?}");
    }
}

#[test]
fn what_reached_nobody_is_counted_once_and_free_when_one_of_them_writes() {
    let mut hands = Hands::default();
    for left in [Left::Unheard, Left::Nothing] {
        assert_eq!(hands.take(&[about(1)], &[ANN], at(0)), [ANN]);
        assert_eq!(hands.settle(&[about(1)], ANN, Fate::Unreachable, at(0)), left);
        hands.free(|_| true);
        assert!(!hands.is_free(&about(1), at(9)));
        hands.free(|user| user != ANN);
        assert!(hands.is_free(&about(1), at(9)));
    }
}

#[test]
fn with_nobody_to_be_asked_it_counts_as_given() {
    let mut hands = Hands::default();
    assert!(hands.take(&[about(1)], &[], at(0)).is_empty());
    assert_eq!(given(&hands), 1);
}

#[test]
fn so_many_letters_wait_for_one_person_and_for_all() {
    let mut hands = Hands::default();
    let n_taken = (0..100).filter(|n| !hands.take(&[about(*n)], &[ANN], at(0)).is_empty()).count();
    assert_eq!(n_taken, TO_A_PERSON);
    assert_eq!(hands.take(&[about(100)], &[ANN, BEN], at(0)), [BEN], "she holds up nobody else");
    assert!(hands.is_free(&about(99), at(0)), "what found no room waits in the store");
    hands.settle(&[about(0)], ANN, Fate::Taken, at(0));
    assert_eq!(hands.take(&[about(99)], &[ANN], at(0)), [ANN]);
    let n_taken = (200..1000).filter(|n| !hands.take(&[about(*n)], &[UserRef(*n)], at(0)).is_empty()).count();
    assert_eq!(n_taken, TO_ALL - TO_A_PERSON - 1);
}

#[test]
fn a_letter_about_several_things_is_one_letter() {
    let mut hands = Hands::default();
    let many: Vec<About> = (0..100).map(about).collect();
    assert_eq!(hands.take(&many, &[ANN], at(0)), [ANN]);
    assert_eq!(hands.letters[&ANN], 1);
    assert!(!many.iter().any(|about| hands.is_free(about, at(0))));
    assert_eq!(hands.settle(&many, ANN, Fate::Unreachable, at(0)), Left::Unheard, "told of once");
    assert!(hands.letters.is_empty());
    hands.free(|user| user != ANN);
    assert_eq!(hands.take(&many, &[ANN], at(1)), [ANN]);
    assert_eq!(hands.settle(&many, ANN, Fate::Taken, at(1)), Left::Nothing);
    assert_eq!(given(&hands), 100);
}

#[test]
fn a_doubt_is_shown_once_a_run_and_anew_after_another_attempt() {
    let mut hands = Hands::default();
    let doubt = |attempt| About::Doubt(DeliveryId(1), attempt);
    hands.take(&[doubt(1)], &[ANN], at(0));
    hands.settle(&[doubt(1)], ANN, Fate::Taken, at(0));
    hands.marked(&doubt(1));
    hands.let_go();
    assert_eq!([1, 2].map(|attempt| hands.is_free(&doubt(attempt), at(0))), [false, true]);
}
