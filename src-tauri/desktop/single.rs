//! One window for one ledger: a second start hands its files to the first and ends.
//!
//! The first holds a lock on a file beside the ledger; the system lets go of it however the program ends. A second puts
//! a letter into the folder of that file, and the first looks there a few times a second. No port and no bus: it is the
//! same on every system, and nothing but the folder has to be writable.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How often the first looks for letters.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// How long a second waits for its letter to be taken.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a start turned out to be.
#[derive(Debug)]
pub enum Turn {
    /// Nobody else has this folder; keep it for as long as the window is open.
    First(First),
    /// The first has taken the files and comes to the front.
    HandedOver,
    /// There is a first, but it does not take letters.
    NoAnswer,
}

/// The right to the one window.
#[derive(Debug)]
pub struct First {
    lock: File,
    folder: PathBuf,
}

/// Becomes the first of this folder, or hands the files to the one who is. The paths must be absolute.
pub fn take_turn(folder: &Path, files: &[PathBuf]) -> io::Result<Turn> {
    take_turn_within(folder, files, PATIENCE)
}

fn take_turn_within(folder: &Path, files: &[PathBuf], patience: Duration) -> io::Result<Turn> {
    fs::create_dir_all(folder)?;
    if let Some(first) = try_first(folder)? {
        return Ok(Turn::First(first));
    }
    let letter = send(folder, files)?;
    let end = Instant::now() + patience;
    while letter.exists() {
        // It may be closing just now: then the files are ours after all.
        if let Some(first) = try_first(folder)? {
            fs::remove_file(&letter).or_else(unless_gone)?;
            return Ok(Turn::First(first));
        }
        if Instant::now() > end {
            fs::remove_file(&letter).or_else(unless_gone)?;
            return Ok(Turn::NoAnswer);
        }
        thread::sleep(LOOK_EVERY / 4);
    }
    Ok(Turn::HandedOver)
}

fn try_first(folder: &Path) -> io::Result<Option<First>> {
    let lock = File::options().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(First { lock, folder: folder.to_owned() })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Puts a letter into the folder, whole or not at all.
fn send(folder: &Path, files: &[PathBuf]) -> io::Result<PathBuf> {
    let name = format!("{}.letter", std::process::id());
    let names: Vec<OsString> = files.iter().map(|file| file.clone().into_os_string()).collect();
    let unfinished = folder.join(format!("{name}.part"));
    fs::write(&unfinished, serde_json::to_vec(&names)?)?;
    let letter = folder.join(name);
    fs::rename(unfinished, &letter)?;
    Ok(letter)
}

impl First {
    /// Letters that have come: the files of each. A letter that cannot be read says that somebody knocked, no more.
    pub fn letters(folder: &Path) -> Vec<Vec<PathBuf>> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let mut letters: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "letter"))
            .collect();
        letters.sort();
        letters
            .into_iter()
            .map(|letter| {
                let read =
                    fs::read(&letter).ok().and_then(|bytes| serde_json::from_slice::<Vec<OsString>>(&bytes).ok());
                // Gone is the sign that it was taken; one that stays would be read again.
                let _ = fs::remove_file(&letter);
                read.unwrap_or_default().into_iter().map(PathBuf::from).collect()
            })
            .collect()
    }

    /// Hands the files of letters to `take` from now on, on a thread of its own. Windows starts the program once for each
    /// of several files that are opened together: what comes in a row is handed over together. Letters left by a first
    /// that is no more are burnt.
    pub fn listen(&self, take: impl Fn(Vec<PathBuf>) + Send + 'static) {
        First::letters(&self.folder);
        let folder = self.folder.clone();
        thread::spawn(move || {
            let mut row: Option<Vec<PathBuf>> = None;
            loop {
                thread::sleep(LOOK_EVERY);
                let letters = First::letters(&folder);
                if !letters.is_empty() {
                    row.get_or_insert_default().extend(letters.into_iter().flatten());
                } else if let Some(files) = row.take() {
                    take(files);
                }
            }
        });
    }

    /// Gives the right up before the program ends, for the one that is started in its place.
    pub fn give_up(&self) -> io::Result<()> {
        self.lock.unlock()
    }
}

fn unless_gone(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(400);

    fn files() -> Vec<PathBuf> {
        vec![PathBuf::from("/受注/楽天 1月.csv"), PathBuf::from("/受注/髙﨑.xlsx")]
    }

    fn first(folder: &Path) -> First {
        match take_turn_within(folder, &[], SHORT) {
            Ok(Turn::First(first)) => first,
            other => panic!("nobody else is there: {other:?}"),
        }
    }

    #[test]
    fn a_second_start_hands_its_files_over() {
        let home = tempfile::tempdir().expect("a folder");
        let first = first(home.path());
        let (said, heard) = std::sync::mpsc::channel();
        first.listen(move |files| said.send(files).expect("the test listens"));
        let turn = take_turn_within(home.path(), &files(), PATIENCE).expect("the folder is there");
        assert!(matches!(turn, Turn::HandedOver), "{turn:?}");
        assert_eq!(heard.recv_timeout(PATIENCE).expect("it came"), files());
        assert_eq!(First::letters(home.path()), Vec::<Vec<PathBuf>>::new(), "a letter is read once");
    }

    #[test]
    fn files_opened_together_are_handed_over_together() {
        let home = tempfile::tempdir().expect("a folder");
        let first = first(home.path());
        let (said, heard) = std::sync::mpsc::channel();
        first.listen(move |files| said.send(files).expect("the test listens"));
        // As two processes would: each with a letter of its own name.
        for (name, file) in [("1.letter", "/a.csv"), ("2.letter", "/b.csv")] {
            fs::write(
                home.path().join(name),
                format!("[{}]", serde_json::to_string(&OsString::from(file)).expect("a name")),
            )
            .expect("it is written");
        }
        let files = heard.recv_timeout(PATIENCE).expect("they came");
        assert_eq!(files, [PathBuf::from("/a.csv"), PathBuf::from("/b.csv")]);
    }

    #[test]
    fn a_first_that_does_not_look_is_said_not_to_answer() {
        let home = tempfile::tempdir().expect("a folder");
        let _first = first(home.path());
        let turn = take_turn_within(home.path(), &files(), SHORT).expect("the folder is there");
        assert!(matches!(turn, Turn::NoAnswer), "{turn:?}");
        assert_eq!(First::letters(home.path()), Vec::<Vec<PathBuf>>::new(), "its letter is not left behind");
    }

    #[test]
    fn whoever_finds_the_first_gone_is_the_first() {
        let home = tempfile::tempdir().expect("a folder");
        let gone = first(home.path());
        gone.give_up().expect("it had the lock");
        let next = first(home.path());
        drop(next);
        first(home.path());
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_arrives_as_it_is() {
        use std::os::unix::ffi::OsStringExt;
        let home = tempfile::tempdir().expect("a folder");
        // 受注.csv as a mall's zip of CP932 names leaves it on Linux.
        let name = PathBuf::from(OsString::from_vec(b"/\x8e\xf3\x92\x8d.csv".to_vec()));
        send(home.path(), std::slice::from_ref(&name)).expect("it is written");
        assert_eq!(First::letters(home.path()), [vec![name]]);
    }
}
