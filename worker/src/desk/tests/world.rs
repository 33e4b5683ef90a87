//! A world of places, senders and readers around one job. Whatever takes time is a task that anybody else may overtake, and that may
//! end anywhere; what each reader gets is held against the promises as it comes.

use super::super::read_back;
use super::super::store::Check;
use super::places::{At, Places, a_while, digest};
use super::small_desk::{ID, Says, SmallDesk};
use crate::kv::Kv;
use crate::problem::Problem;
use crate::question::{FoundResult, Verdict};
use crate::results;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Waker};

pub(super) const START: u64 = 1_700_000_000_000;
pub(super) const PLACES: [&str; 4] = ["fra", "dfw", "nrt", DESK_AT];
/// Where the Desk is, and what it calls its own place.
const DESK_AT: &str = "ams";
const DESK: &str = "desk";
const KEEPS_S: u64 = 30 * 24 * 3_600;

/// The bytes, or the status that says why not.
type Read = Result<Vec<u8>, u16>;

type Task = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Default)]
pub(super) struct World {
    pub(super) places: Rc<Places>,
    pub(super) desk: Rc<SmallDesk>,
    tasks: RefCell<Vec<Task>>,
    keys: Cell<u32>,
    /// What each sender was answered.
    pub(super) answers: Rc<RefCell<Vec<u16>>>,
    /// What each reader got.
    pub(super) read: Rc<RefCell<Vec<Read>>>,
    has_ended: Rc<Cell<bool>>,
    has_lost: Cell<bool>,
}

impl World {
    pub(super) fn new(is_prompt: bool) -> Self {
        let world = Self { desk: Rc::new(SmallDesk::with_a_job(START)), ..Self::default() };
        world.places.now_ms.set(START);
        world.places.is_prompt.set(is_prompt);
        world
    }

    fn begin(&self, task: impl Future<Output = ()> + 'static) {
        self.tasks.borrow_mut().push(Box::pin(task));
    }

    fn new_key(&self, place: &str) -> String {
        self.keys.set(self.keys.get() + 1);
        results::key(ID, place, &self.keys.get().to_string())
    }

    fn expires_s(&self) -> u64 {
        self.places.now_ms.get() / 1_000 + KEEPS_S
    }

    /// Something comes to the job's address at a place; with bytes that are too many, no copy goes to the Desk.
    pub(super) fn deliver(&self, place: &'static str, says: Says, bytes: &str, is_long: bool) {
        let kv = At(Rc::clone(&self.places), place);
        let (desk, answers) = (Rc::clone(&self.desk), Rc::clone(&self.answers));
        let (key, expires_s, bytes) = (self.new_key(place), self.expires_s(), bytes.as_bytes().to_vec());
        self.begin(async move {
            let status = match results::put(&kv, key, &bytes, expires_s).await {
                Err(problem) => problem.status(),
                Ok(written) => {
                    a_while().await;
                    let copy = if is_long { &[][..] } else { &bytes };
                    let verdict = desk.take(says, written.clone(), copy, kv.0.now_ms.get());
                    a_while().await;
                    settled(&kv, verdict, &written, &bytes).await
                }
            };
            answers.borrow_mut().push(status);
        });
    }

    /// The engine was asked, and has answered.
    pub(super) fn hear_status(&self, says: Says, bytes: &str) {
        let kv = At(Rc::clone(&self.places), DESK_AT);
        let desk = Rc::clone(&self.desk);
        let (key, expires_s, bytes) = (self.new_key(DESK), self.expires_s(), bytes.as_bytes().to_vec());
        self.begin(async move {
            let written = results::put(&kv, key, &bytes, expires_s).await.ok();
            if let Some(key) = desk.take_status(says, written, &bytes, kv.0.now_ms.get()) {
                results::forget(&kv, &key).await;
            }
        });
    }

    /// The Desk asks KV for what it has not given back yet.
    pub(super) fn check(&self) {
        let kv = At(Rc::clone(&self.places), DESK_AT);
        let desk = Rc::clone(&self.desk);
        self.begin(async move {
            let is_back = async |check: &Check| kv.holds(&check.key).await == Ok(true);
            read_back::check_each(&*desk, || kv.0.now_ms.get(), is_back).await.unwrap();
        });
    }

    /// Somebody at a place asks for the result.
    pub(super) fn ask(&self, place: &'static str) {
        let kv = At(Rc::clone(&self.places), place);
        let (desk, read, has_ended) = (Rc::clone(&self.desk), Rc::clone(&self.read), Rc::clone(&self.has_ended));
        self.begin(async move {
            match desk.found() {
                Some(FoundResult::Stored { key, has_copy, copy, .. }) => {
                    has_ended.set(true);
                    let is_safe = has_copy && !key.contains(&format!("/{place}-"));
                    a_while().await;
                    let outcome = found(&kv, &key, has_copy.then_some(copy)).await;
                    assert!(outcome.is_ok() || !is_safe, "the Desk's copy was at hand");
                    read.borrow_mut().push(outcome);
                }
                None => assert!(desk.record.borrow().is_none(), "404 of a job that is there"),
                other => assert!(!has_ended.get(), "{other:?} after a result"),
            }
        });
    }

    pub(super) fn delete(&self) {
        let kv = At(Rc::clone(&self.places), DESK_AT);
        for key in self.desk.delete(self.places.now_ms.get()) {
            let kv = kv.clone();
            self.begin(async move {
                while kv.delete(&key).await.is_err() {
                    kv.rest().await;
                }
            });
        }
    }

    pub(super) fn pass(&self, ms: u64) {
        self.places.now_ms.set(self.places.now_ms.get() + ms);
        self.desk.look_at_the_time(self.places.now_ms.get());
    }

    /// One of the tasks goes on a little.
    pub(super) fn go_on(&self, which: usize) {
        let mut tasks = self.tasks.borrow_mut();
        if tasks.is_empty() {
            return;
        }
        let which = which % tasks.len();
        if tasks[which].as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            drop(tasks.swap_remove(which));
        }
    }

    /// One of them ends where it is: its client has left, or its instance.
    pub(super) fn lose(&self, which: usize) {
        let mut tasks = self.tasks.borrow_mut();
        if !tasks.is_empty() {
            let which = which % tasks.len();
            self.has_lost.set(true);
            drop(tasks.swap_remove(which));
        }
    }

    /// All of them come to their ends.
    pub(super) fn finish(&self) {
        for _ in 0..1_000 {
            let count = self.tasks.borrow().len();
            for which in (0..count).rev() {
                self.go_on(which);
            }
            if self.tasks.borrow().is_empty() {
                return;
            }
            self.pass(100);
        }
        panic!("a task does not end");
    }

    /// Whether everything went as it was meant to, however slowly.
    pub(super) fn is_whole(&self) -> bool {
        !self.has_lost.get() && !self.places.has_failed.get()
    }

    pub(super) fn result(&self) -> Option<Vec<u8>> {
        Some(self.places.put.borrow()[&self.desk.result_key()?].clone())
    }
}

/// What the sender is answered.
async fn settled(kv: &At, verdict: Verdict, written: &results::Written, bytes: &Vec<u8>) -> u16 {
    let (dead_key, status) = match verdict {
        Verdict::Result => return 200,
        Verdict::Dropped => (None, 200),
        Verdict::Refused { code, dead_key, .. } => (dead_key, Problem::from(code).status()),
    };
    results::take_back(kv, written, dead_key.as_deref(), bytes).await.map_or_else(|problem| problem.status(), |()| status)
}

/// The bytes, which are those that were put there, or the one reason why they do not come.
async fn found(kv: &At, key: &str, copy: Option<Vec<u8>>) -> Read {
    match results::find(kv, key, kv.1, copy).await {
        Ok(stored) => {
            let sha256 = stored.sha256.clone();
            let bytes = stored.bytes().await.unwrap();
            assert_eq!((Some(&bytes), &sha256), (kv.0.put.borrow().get(key), &digest(&bytes)), "other bytes than {key}'s");
            Ok(bytes)
        }
        Err(problem) => Err(delayed(&problem)),
    }
}

fn delayed(problem: &Problem) -> u16 {
    assert_eq!((problem.code(), problem.failure().retry_after_s.is_some()), ("result_delayed", true));
    problem.status()
}
