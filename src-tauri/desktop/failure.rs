//! What a command that failed answers: app's error, or one of the window's own.

use super::state::words;
use crate::app::{Error, ErrorAnswer, log};
use serde::Serialize;
use std::panic::Location;

/// A rejected command. On the wire `{ code, message }`, the message in finished words.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Failure {
    /// As app says it.
    App(ErrorAnswer),
    /// What only a window can do wrong.
    Window {
        /// What the page goes by.
        code: &'static str,
        /// What the owner reads.
        message: String,
    },
}

impl From<Error> for Failure {
    /// Notes it in the log, with the place of the `?` that met it.
    #[track_caller]
    fn from(error: Error) -> Failure {
        log::error(&error, Location::caller());
        Failure::App(error.answer(words()))
    }
}

impl Failure {
    /// The preview is no longer at hand: recorded already, or pushed out by later drops.
    #[track_caller]
    pub fn drop_forgotten() -> Failure {
        Failure::window("drop_forgotten", "desktop-drop-forgotten")
    }

    /// The work broke off where it should not.
    #[track_caller]
    pub fn unexpected() -> Failure {
        Failure::window("unexpected", "desktop-unexpected")
    }

    /// A folder or file of the program itself cannot be written.
    #[track_caller]
    pub fn no_place() -> Failure {
        Failure::window("no_place", "desktop-no-place")
    }

    /// The page said more than a screen can mean.
    #[track_caller]
    pub fn too_large() -> Failure {
        Failure::window("too_large", "desktop-too-large")
    }

    #[track_caller]
    fn window(code: &'static str, key: &str) -> Failure {
        log::failure(code, Location::caller());
        Failure::Window { code, message: words().word(key) }
    }
}
