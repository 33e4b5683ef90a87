mod penalties;
mod turns;
mod windows;
mod written_down;

use super::*;

fn answer(status: u16, headers: &[(&str, &str)]) -> HttpResponse {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    HttpResponse { status, headers, body: Vec::new() }
}

fn answered(pacer: &mut Pacer, now_ms: u64) {
    pacer.observe(Group::Heavy, &answer(200, &[]), now_ms);
}

fn heavy(pacer: &mut Pacer) -> Ticket {
    pacer.join(Group::Heavy, Rank::List, 1, 0)
}

/// A request that goes at once.
#[track_caller]
fn goes(pacer: &mut Pacer, now_ms: u64) {
    let ticket = heavy(pacer);
    assert_eq!(pacer.try_take(ticket, now_ms), Slot::Go);
}

/// What was written down of the heavy group alone.
fn in_heavy(learned: Learned) -> [Learned; GROUPS] {
    [Learned::default(), learned, Learned::default()]
}
