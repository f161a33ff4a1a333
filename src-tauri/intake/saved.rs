//! When a file was saved: of two lists that say nothing of when they were made, the newer.

use crate::shop::{Day, JAPAN_AHEAD_SECONDS};
use std::fs::{self, File, FileTimes};
use std::io;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// How long after 1970 UTC a file was last written to; nothing of it where the system does not say, or says before.
pub(crate) fn saved(path: &Path) -> io::Result<Duration> {
    let modified = fs::metadata(path)?.modified().ok();
    Ok(modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default())
}

/// Lets a table that was written out of a file be as old as that.
pub(crate) fn keep_time(from: &Path, to: &Path) -> io::Result<()> {
    set_time(&File::options().write(true).open(to)?, saved(from)?)
}

/// Lets a file that was taken out of an archive be as old as the archive says, else as old as that.
pub(crate) fn keep_stated(time: Option<zip::DateTime>, archive: &Path, to: &File) -> io::Result<()> {
    set_time(to, time.and_then(stated).map_or_else(|| saved(archive), Ok)?)
}

fn set_time(file: &File, since: Duration) -> io::Result<()> {
    file.set_times(FileTimes::new().set_modified(UNIX_EPOCH + since))
}

/// Archives state the clock on the wall, which is taken for that of Japan.
fn stated(time: zip::DateTime) -> Option<Duration> {
    let day = Day::from_ymd(time.year().into(), time.month().into(), time.day().into())?;
    let at = day.at(time.hour().into(), time.minute().into(), time.second().into());
    u64::try_from(at.0 - JAPAN_AHEAD_SECONDS).ok().map(Duration::from_secs)
}
