//! What the store has to tell a reader while the text is open.

use super::reason::Reason;
use crate::shelf::{Record, Refusal, Shelf};
use std::sync::Arc;

/// What the store has to tell.
#[derive(Clone, Debug)]
pub enum News {
    /// What was to be kept is on the disk, or is not.
    Kept(Result<Receipt, Unsaved>),
    /// There is nothing to keep: see [`Refusal`].
    Refused(Refusal),
    /// The place could not be kept, said once for each reason; `Ok` when it could be again.
    Placed(Result<(), Reason>),
    /// Another window or device has put something on the shelf.
    Changed(Arc<Shelf>),
}

/// What has reached the disk.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The records, among them those that had failed before.
    pub records: Vec<Record>,
    /// The shelf with them, and with what other windows have put there.
    pub shelf: Arc<Shelf>,
}

/// What has not reached the disk. It is in memory, and tried again with whatever is kept next, and at the end.
#[derive(Clone, Debug, thiserror::Error)]
#[error("NOT SAVED: {reason}")]
pub struct Unsaved {
    /// All records that have not; none if it is only the place.
    pub records: Vec<Record>,
    /// The shelf as it would be with them.
    pub shelf: Arc<Shelf>,
    /// Why.
    pub reason: Reason,
}
