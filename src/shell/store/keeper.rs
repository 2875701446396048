//! The worker that saves: the reader goes on reading while the disk does its work, and is told when it is done.
//!
//! It sleeps until there is something to do. Only while a place waits to be kept does it look at the clock.

use super::Offer;
use super::drawer::Drawer;
use super::news::{News, Unsaved};
use super::reason::Reason;
use crate::document::anchor::Anchor;
use crate::shelf::Draft;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long a place may wait for the next one. It is on the disk within two seconds of the move.
pub const DELAY: Duration = Duration::from_millis(1500);

/// A handle on the worker of one text. Clones are handles on the same; any thread may hold one. The worker ends when the
/// last is dropped, and saves before it does.
#[derive(Clone)]
pub struct Keeper {
    orders: Sender<Order>,
    /// What is not on the disk, as the worker knew last: for when it does not answer.
    unsaved: Arc<Mutex<Option<Unsaved>>>,
}

enum Order {
    Keep(Draft),
    Place(Box<Anchor>),
    Carry(Offer),
    Refresh,
    Flush(Sender<Result<(), Unsaved>>),
}

impl Keeper {
    /// Starts the worker for a text that was opened. It calls `tell` from its own thread.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub fn start(drawer: Drawer, tell: impl Fn(News) + Send + 'static) -> Result<Keeper, Reason> {
        Keeper::start_with(drawer, DELAY, tell)
    }

    fn start_with(
        drawer: Drawer,
        delay: Duration,
        tell: impl Fn(News) + Send + 'static,
    ) -> Result<Keeper, Reason> {
        let (orders, inbox) = mpsc::channel();
        let unsaved = Arc::default();
        let worker = Worker {
            drawer,
            delay,
            tell: Box::new(tell),
            unsaved: Arc::clone(&unsaved),
            place: None,
            due: None,
            trouble: None,
        };
        thread::Builder::new().name("keeper".into()).spawn(move || worker.run(&inbox))?;
        Ok(Keeper { orders, unsaved })
    }

    /// Has something kept. [`News::Kept`] or [`News::Refused`] tells what became of it.
    pub fn keep(&self, draft: Draft) {
        self.send(Order::Keep(draft));
    }

    /// Has the place kept, [`DELAY`] after the first that was not. Only the last one counts.
    pub fn place(&self, at: Anchor) {
        self.send(Order::Place(Box::new(at)));
    }

    /// Takes an offer: what stands on the other text's shelf is put on this one's as well.
    pub fn carry(&self, offer: Offer) {
        self.send(Order::Carry(offer));
    }

    /// Asks for what other windows and devices have written since. [`News::Changed`] tells, if there is anything.
    pub fn refresh(&self) {
        self.send(Order::Refresh);
    }

    /// Saves all that is not saved, the place included, and waits for it no longer than `within`.
    ///
    /// # Errors
    /// What has not reached the disk by then.
    pub fn flush(&self, within: Duration) -> Result<(), Unsaved> {
        let (reply, answer) = mpsc::channel();
        self.send(Order::Flush(reply));
        answer.recv_timeout(within).unwrap_or_else(|_| {
            let known = self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let silent = Unsaved { records: Vec::new(), shelf: Arc::default(), reason: Reason::Silent };
            Err(known.unwrap_or(silent))
        })
    }

    /// A worker that is gone has panicked, which ends the program; until then [`Keeper::flush`] says that it is silent.
    fn send(&self, order: Order) {
        let _ = self.orders.send(order);
    }
}

struct Worker {
    drawer: Drawer,
    delay: Duration,
    tell: Box<dyn Fn(News) + Send>,
    unsaved: Arc<Mutex<Option<Unsaved>>>,
    /// The place that is not on the disk.
    place: Option<Anchor>,
    /// When it is to be kept. A place that could not be kept waits for the next order, not for the clock.
    due: Option<Instant>,
    /// Why the place could not be kept, as it was told.
    trouble: Option<Reason>,
}

impl Worker {
    fn run(mut self, inbox: &Receiver<Order>) {
        loop {
            // First, so that a stream of orders does not put it off.
            if self.due.is_some_and(|due| due <= Instant::now()) {
                let _ = self.flush();
            }
            let order = match self.due {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => inbox.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match order {
                Ok(Order::Keep(draft)) => {
                    let before = Arc::clone(self.drawer.shelf());
                    let news = self.drawer.keep(&draft);
                    let is_kept = matches!(news, News::Kept(Ok(_)));
                    self.tell(news);
                    if is_kept {
                        self.drawer.back_up(&before);
                    }
                }
                Ok(Order::Place(at)) => {
                    self.place = Some(*at);
                    self.due.get_or_insert_with(|| Instant::now() + self.delay);
                }
                Ok(Order::Carry(offer)) => {
                    let kept = self.drawer.carry(&offer.shelf);
                    self.tell(News::Kept(kept));
                }
                Ok(Order::Refresh) => {
                    if self.drawer.refresh() {
                        self.tell(News::Changed(Arc::clone(self.drawer.shelf())));
                    }
                }
                Ok(Order::Flush(reply)) => {
                    let _ = reply.send(self.flush());
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    let _ = self.flush();
                    return;
                }
            }
        }
    }

    /// Saves what is not saved; tells of it, and returns what is not saved even then.
    fn flush(&mut self) -> Result<(), Unsaved> {
        let retried = self.drawer.retry();
        if let Some(kept) = &retried {
            self.tell(News::Kept(kept.clone()));
        }
        let placed = self.keep_place();
        match retried {
            Some(Err(unsaved)) => Err(unsaved),
            Some(Ok(_)) | None => placed.map_err(|reason| {
                let shelf = Arc::clone(self.drawer.shelf());
                Unsaved { records: Vec::new(), shelf, reason }
            }),
        }
    }

    fn keep_place(&mut self) -> Result<(), Reason> {
        self.due = None;
        let Some(at) = self.place.take() else { return Ok(()) };
        let placed = self.drawer.place(at.clone());
        if placed.is_err() {
            self.place = Some(at);
        }
        let trouble = placed.clone().err();
        if trouble != self.trouble {
            self.trouble = trouble;
            self.tell(News::Placed(placed.clone()));
        }
        placed
    }

    fn tell(&self, news: News) {
        if let News::Kept(kept) = &news {
            let unsaved = kept.as_ref().err().cloned();
            *self.unsaved.lock().unwrap_or_else(PoisonError::into_inner) = unsaved;
        }
        (self.tell)(news);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::faulty::scratch;
    use crate::shell::store::{Folders, Opened, Source, Store};
    use std::path::Path;
    use std::sync::mpsc::Receiver;

    const LONG: Duration = Duration::from_secs(20);

    fn open(home: &Path) -> Opened {
        let text = crate::shelf::identity("The keeper wrote his log by lamplight.");
        Store::new(Some(Folders::under(home))).open(&text, &Source::Piped, "The Log")
    }

    fn start(home: &Path, delay: Duration) -> (Keeper, Receiver<News>) {
        let (tell, news) = mpsc::channel();
        let keeper = Keeper::start_with(open(home).drawer, delay, move |n| drop(tell.send(n))).unwrap();
        (keeper, news)
    }

    fn at(byte: usize) -> Anchor {
        Anchor { pos: (byte, byte), ..Anchor::default() }
    }

    fn bookmark(label: &str) -> Draft {
        Draft::Bookmark { at: at(0), label: label.into() }
    }

    fn place(home: &Path) -> Option<(usize, u64)> {
        open(home).place.map(|place| (place.a.anchor.pos.0, place.n))
    }

    /// Where the lock of the one text is.
    fn lock(home: &Path) -> std::path::PathBuf {
        Folders::under(home).lock(&crate::shelf::identity("The keeper wrote his log by lamplight.").docid)
    }

    #[test]
    fn a_bookmark_is_told_when_it_is_on_the_disk() {
        let home = scratch();
        let (keeper, news) = start(home.path(), LONG);
        keeper.keep(bookmark("one"));
        let Ok(News::Kept(Ok(receipt))) = news.recv_timeout(LONG) else { panic!("not kept") };
        assert_eq!((receipt.records.len(), receipt.shelf.items()[0].label), (1, "one"));
        assert_eq!(open(home.path()).shelf.items()[0].label, "one");
        keeper.keep(Draft::Mark { name: '1', at: at(0) });
        assert!(matches!(news.recv_timeout(LONG), Ok(News::Refused(_))));
    }

    #[test]
    fn many_places_are_one_write_and_the_last_one_counts() {
        let home = scratch();
        let (keeper, _news) = start(home.path(), Duration::from_millis(40));
        (1..=100).for_each(|byte| keeper.place(at(byte)));
        assert_eq!(place(home.path()), None, "not at once");
        let start = Instant::now();
        while place(home.path()).is_none() && start.elapsed() < LONG {
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(place(home.path()), Some((100, 1)));
    }

    #[test]
    fn a_flush_keeps_the_place_at_once_from_any_thread() {
        let home = scratch();
        let (keeper, _news) = start(home.path(), LONG);
        keeper.place(at(7));
        let other = keeper.clone();
        thread::spawn(move || other.flush(LONG)).join().unwrap().unwrap();
        assert_eq!(place(home.path()), Some((7, 1)));
        keeper.place(at(7));
        keeper.flush(LONG).unwrap();
        assert_eq!(place(home.path()), Some((7, 1)), "it has not moved");
    }

    #[test]
    fn a_flush_does_not_wait_for_ever() {
        let home = scratch();
        let (keeper, _news) = start(home.path(), LONG);
        let held = super::super::lock::hold(&super::super::disk::Local, &lock(home.path()), LONG).unwrap();
        keeper.keep(bookmark("one"));
        let start = Instant::now();
        assert_eq!(keeper.flush(Duration::from_millis(20)).unwrap_err().reason, Reason::Silent);
        assert!(start.elapsed() < Duration::from_millis(200));
        // The lock was never to be had, and still it is saved.
        keeper.flush(LONG).unwrap();
        drop(held);
        assert_eq!(open(home.path()).shelf.items().len(), 1);
    }

    #[test]
    fn it_saves_when_the_last_handle_is_dropped() {
        let home = scratch();
        let (keeper, news) = start(home.path(), LONG);
        keeper.place(at(9));
        drop(keeper.clone());
        drop(keeper);
        assert!(news.recv_timeout(LONG).is_err(), "the worker has ended");
        assert_eq!(place(home.path()), Some((9, 1)));
    }

    #[test]
    fn trouble_with_the_place_is_told_once_and_so_is_its_end() {
        let home = scratch();
        std::fs::write(home.path().join("data"), "a file in its place").unwrap();
        let (keeper, news) = start(home.path(), LONG);
        for byte in 1..4 {
            keeper.place(at(byte));
            assert_eq!(keeper.flush(LONG).unwrap_err().reason, Reason::NotAFolder);
        }
        assert!(matches!(news.try_recv(), Ok(News::Placed(Err(Reason::NotAFolder)))));
        assert!(news.try_recv().is_err(), "once");
        std::fs::remove_file(home.path().join("data")).unwrap();
        keeper.flush(LONG).unwrap();
        assert!(matches!(news.try_recv(), Ok(News::Placed(Ok(())))));
        assert_eq!(place(home.path()), Some((3, 1)));
    }

    #[test]
    fn what_another_window_has_put_is_told_when_asked_for() {
        let home = scratch();
        let ((one, news), (two, _)) = (start(home.path(), LONG), start(home.path(), LONG));
        two.keep(bookmark("two"));
        two.flush(LONG).unwrap();
        one.refresh();
        let Ok(News::Changed(shelf)) = news.recv_timeout(LONG) else { panic!("nothing new") };
        assert_eq!(shelf.items()[0].label, "two");
        one.refresh();
        one.flush(LONG).unwrap();
        assert!(news.try_recv().is_err());
    }
}
