//! The system's own store of secrets: Windows' and macOS's. Linux has none that needs neither a C library nor an async
//! runtime; there, and wherever the store does not answer, the owner keeps the recovery code.

use crate::shop::nameless::{KEY_BYTES, NamelessKey};

/// Keeps a ledger's secret under its name; answers whether it will be there again.
pub(super) fn keep(name: &str, key: &NamelessKey) -> bool {
    entry(name).is_some_and(|entry| entry.set_secret(key.bytes()).is_ok()) && find(name).as_ref() == Some(key)
}

/// The secret of this name; nothing where the store has none or does not answer.
pub(super) fn find(name: &str) -> Option<NamelessKey> {
    let bytes = entry(name)?.get_secret().ok()?;
    <[u8; KEY_BYTES]>::try_from(bytes).ok().map(NamelessKey::new)
}

#[cfg(any(windows, target_os = "macos"))]
fn entry(name: &str) -> Option<keyring_core::Entry> {
    use std::sync::OnceLock;
    static IS_OPEN: OnceLock<bool> = OnceLock::new();
    let is_open = *IS_OPEN.get_or_init(|| {
        #[cfg(windows)]
        let store = windows_native_keyring_store::Store::new();
        #[cfg(target_os = "macos")]
        let store = apple_native_keyring_store::keychain::Store::new();
        store.map(|store| keyring_core::set_default_store(store)).is_ok()
    });
    if is_open { keyring_core::Entry::new("Otokui", name).ok() } else { None }
}

/// A system without a store: nothing is ever kept.
#[cfg(not(any(windows, target_os = "macos")))]
struct NoEntry;

#[cfg(not(any(windows, target_os = "macos")))]
impl NoEntry {
    fn set_secret(&self, _: &[u8]) -> Result<(), ()> {
        Err(())
    }

    fn get_secret(&self) -> Result<Vec<u8>, ()> {
        Err(())
    }
}

#[cfg(not(any(windows, target_os = "macos")))]
fn entry(_: &str) -> Option<NoEntry> {
    None
}
