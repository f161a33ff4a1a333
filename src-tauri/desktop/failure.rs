//! What a command that failed answers: app's error, or one of the window's own.

use super::state::words;
use crate::app::{Error, ErrorAnswer};
use serde::Serialize;

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
    fn from(error: Error) -> Failure {
        Failure::App(error.answer(words()))
    }
}

impl Failure {
    /// The preview is no longer at hand: recorded already, or pushed out by later drops.
    pub fn drop_forgotten() -> Failure {
        Failure::window("drop_forgotten", "desktop-drop-forgotten")
    }

    /// The work broke off where it should not.
    pub fn unexpected() -> Failure {
        Failure::window("unexpected", "desktop-unexpected")
    }

    /// A folder or file of the program itself cannot be written.
    pub fn no_place() -> Failure {
        Failure::window("no_place", "desktop-no-place")
    }

    /// The page said more than a screen can mean.
    pub fn too_large() -> Failure {
        Failure::window("too_large", "desktop-too-large")
    }

    fn window(code: &'static str, key: &str) -> Failure {
        Failure::Window { code, message: words().word(key) }
    }
}
