//! お名前を保存しない: names become keys before anything is written, and who is the same person is decided then.

use super::drop::{Drop, PartOfJob};
use super::error::Error;
use super::screens::{FileAnswer, FileState, NamelessBegun, Privacy};
use super::secret_store;
use super::session::Session;
use crate::shop::nameless::{KEY_BYTES, NamelessKey};

/// Whether names are kept, whether that can still be chosen, and whether the secret is at hand.
pub fn privacy(session: &Session) -> Result<Privacy, Error> {
    let Some(nameless) = session.ledger.nameless()? else {
        return Ok(Privacy { names_kept: true, can_choose: !session.ledger.has_names()?, ..Privacy::default() });
    };
    let text = |key: &str| session.catalogue.word(key);
    let new_secrets = nameless.new_secrets;
    let mut sentence = text("nameless-on");
    if new_secrets > 0 {
        sentence += &session.catalogue.text("nameless-new-secrets", &[("times", new_secrets.into())]);
    }
    Ok(Privacy { names_kept: false, can_choose: false, code_wanted: key(session)?.is_none(), new_secrets, sentence })
}

/// From now on this ledger keeps no names; only while it holds none. Answers the recovery code, shown this once where
/// the system does not keep the secret.
pub fn begin(session: &mut Session) -> Result<NamelessBegun, Error> {
    let (name, key) = (secret_name()?, new_key()?);
    // Nothing is left behind in the store for a ledger that cannot do it.
    if session.ledger.has_names()? || session.ledger.nameless()?.is_some() {
        return Err(Error::NamesAreKept);
    }
    if !session.ledger.keep_no_names(&name, &key.check_value())? {
        return Err(Error::NamesAreKept);
    }
    session.forget_columns();
    Ok(taken(session, &name, key))
}

/// Takes the recovery code; where the system has a store, it need not be said again.
pub fn give_code(session: &mut Session, code: &str) -> Result<(), Error> {
    let nameless = session.ledger.nameless()?.ok_or(Error::NamesAreKept)?;
    let key = NamelessKey::of_recovery_code(code).filter(|key| key.check_value() == nameless.check_value);
    let key = key.ok_or(Error::WrongRecoveryCode)?;
    secret_store::keep(&nameless.secret_name, &key);
    session.secret = Some(key);
    Ok(())
}

/// Gives a lost secret up: orders from now on are not linked with those before, figures stay true.
pub fn change_key(session: &mut Session) -> Result<NamelessBegun, Error> {
    session.ledger.nameless()?.ok_or(Error::NamesAreKept)?;
    let (name, key) = (secret_name()?, new_key()?);
    session.ledger.change_secret(&name, &key.check_value())?;
    Ok(taken(session, &name, key))
}

/// The recovery code, where the system keeps the secret or it has just been given.
pub fn recovery_code(session: &Session) -> Result<String, Error> {
    session.ledger.nameless()?.ok_or(Error::NamesAreKept)?;
    Ok(key(session)?.ok_or(Error::RecoveryCodeWanted)?.recovery_code())
}

/// What takes the names out of orders; nothing where they are kept, a failure where the secret is not at hand.
pub(super) fn secret(session: &Session) -> Result<Option<NamelessKey>, Error> {
    match session.ledger.nameless()? {
        None => Ok(None),
        Some(_) => key(session)?.map(Some).ok_or(Error::RecoveryCodeWanted),
    }
}

/// Half of a pair is a file as the mall wrote it, names and engravings included: it cannot wait here.
pub(super) fn refuse_halves(session: &Session, drop: &Drop, answers: &mut [FileAnswer]) -> Result<(), Error> {
    if session.ledger.nameless()?.is_none() {
        return Ok(());
    }
    for index in drop.waiting.iter().filter_map(PartOfJob::index) {
        let file = answers[index].file.clone();
        answers[index].state = FileState::Refused;
        answers[index].message = session.catalogue.text("nameless-half", &[("file", file.into())]);
    }
    Ok(())
}

fn key(session: &Session) -> Result<Option<NamelessKey>, Error> {
    let Some(nameless) = session.ledger.nameless()? else { return Ok(None) };
    let fits = |key: &NamelessKey| key.check_value() == nameless.check_value;
    let given = session.secret.clone().filter(fits);
    Ok(given.or_else(|| secret_store::find(&nameless.secret_name).filter(fits)))
}

fn taken(session: &mut Session, name: &str, key: NamelessKey) -> NamelessBegun {
    let is_kept_by_system = secret_store::keep(name, &key);
    let recovery_code = key.recovery_code();
    session.secret = Some(key);
    NamelessBegun { recovery_code, is_kept_by_system }
}

fn new_key() -> Result<NamelessKey, Error> {
    Ok(NamelessKey::new(random::<KEY_BYTES>()?))
}

fn secret_name() -> Result<String, Error> {
    Ok(random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
    Ok(bytes)
}
