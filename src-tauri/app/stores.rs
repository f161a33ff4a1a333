//! The store that files with bare order numbers are of: asked once, kept in the ledger.

use super::error::Error;
use super::session::Session;
use crate::shop::Mall;

/// The longest store account there can be.
const MAX_CHARS: usize = 60;

/// Remembers the Yahoo store that files with bare order numbers are of. Takes the account or the address of the store's
/// page; orders recorded before without a store become that
/// store's, others keep theirs.
pub fn name(session: &mut Session, store: &str) -> Result<(), Error> {
    let account = account(store).ok_or_else(|| Error::BadStore(store.chars().take(MAX_CHARS).collect()))?;
    session.ledger.remember_store(Mall::Yahoo, &account)?;
    session.store_name = account;
    Ok(())
}

/// The store may have come with an export, or gone with one.
pub(super) fn look_again(session: &mut Session) -> Result<(), Error> {
    session.store_name = session.ledger.remembered_store(Mall::Yahoo)?.unwrap_or_default();
    Ok(())
}

/// Whether this is the account of a store whose files do not say it.
pub(super) fn is_account(mall: Mall, store: &str) -> bool {
    mall == Mall::Yahoo && account(store).as_deref() == Some(store)
}

/// The account in this text: letters, digits and hyphens, as order numbers begin with it.
fn account(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/');
    let path = text.split_once("://").map_or(text, |(_, rest)| rest);
    // `store.shopping.yahoo.co.jp/<account>/…`
    let account = match path.split_once('/') {
        Some((host, rest)) if host.contains('.') => rest.split(['/', '?', '#']).next().unwrap_or_default(),
        _ => path,
    };
    // `pro.store.yahoo.co.jp/pro.<account>/…`
    let account = account.strip_prefix("pro.").unwrap_or(account).to_ascii_lowercase();
    let is_account = account.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let has_letter = account.bytes().any(|b| b.is_ascii_alphabetic());
    (is_account && has_letter && account.len() <= MAX_CHARS).then_some(account)
}

#[cfg(test)]
mod tests {
    use super::account;

    #[test]
    fn an_account_is_read_out_of_what_an_owner_has_at_hand() {
        for text in [
            "mihon-store",
            " Mihon-Store ",
            "https://store.shopping.yahoo.co.jp/mihon-store/",
            "store.shopping.yahoo.co.jp/mihon-store/tea.html?sc_i=1",
            "https://pro.store.yahoo.co.jp/pro.mihon-store/order",
        ] {
            assert_eq!(account(text).as_deref(), Some("mihon-store"), "{text}");
        }
        for text in ["", "見本の店", "10001234", "a b", "https://store.shopping.yahoo.co.jp/"] {
            assert_eq!(account(text), None, "{text}");
        }
    }
}
