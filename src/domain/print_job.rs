//! The life of one piece of paper.

crate::text_enum!(
    /// Where a paper is printed; several queues may name the same printer.
    PrintQueue, "print queue" {
        /// By the stove: kitchen tickets, strips and counts.
        Kitchen = "kitchen",
        /// At the kiosk: the customer's slips.
        Counter = "counter",
        /// Where volunteers leave: bag strips and round slips.
        Rounds = "rounds",
    }
);

crate::text_enum!(
    /// How far a paper has come.
    PrintJobState, "print job state" {
        /// Waits for its time or its printer.
        Queued = "queued",
        /// The attempt has begun and is not over.
        Sending = "sending",
        /// Given to a printer that never answers.
        Sent = "sent",
        /// The printer said that it processed the paper.
        Confirmed = "confirmed",
        /// Bytes were sent and no answer came: it may or may not be on paper.
        Uncertain = "uncertain",
        /// It could not be printed and will not be tried again by itself.
        Failed = "failed",
        /// Its meal is over.
        Expired = "expired",
        /// A newer paper took its place before it was printed.
        Superseded = "superseded",
    }
);

impl PrintJobState {
    /// Whether paper with this content may exist.
    pub const fn may_be_on_paper(self) -> bool {
        matches!(
            self,
            PrintJobState::Sending
                | PrintJobState::Sent
                | PrintJobState::Confirmed
                | PrintJobState::Uncertain
        )
    }
}
