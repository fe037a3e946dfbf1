//! Ctrl-C: the first one ends the run after what is at work, and the report is closed properly; the second one ends it at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// The exit status of a program that was interrupted, as shells have it.
const INTERRUPTED: i32 = 130;

/// Whether somebody asked to stop.
#[derive(Debug, Clone)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens from now on. Where the system does not let it, Ctrl-C ends the program as it always does.
    pub fn listen() -> Interrupt {
        let asked = Arc::new(AtomicBool::new(false));
        // In this order: the first signal finds the flag down and only raises it.
        if flag::register_conditional_shutdown(SIGINT, INTERRUPTED, Arc::clone(&asked)).is_ok() {
            let _ = flag::register(SIGINT, Arc::clone(&asked));
        }
        Interrupt(asked)
    }

    /// True once somebody asked to stop.
    pub fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
