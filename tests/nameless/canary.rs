//! R16: marks in every personal cell of every kind of file, and no byte of them anywhere afterwards.

use super::marked::{self, all_bytes, hits};
use otokui_lib::app::screens::{ExportFormat, FileState};
use otokui_lib::app::{Language, Session, Watch, export, imports, nameless, report};
use otokui_lib::insight::Scope;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Fails for any file under the folders that holds a mark.
#[track_caller]
fn nothing_of_a_name_in(folders: &[&Path]) {
    let mut looked_at = 0;
    for folder in folders {
        for (path, bytes) in all_bytes(folder) {
            assert_eq!(hits(&bytes), 0, "{} holds personal text", path.display());
            looked_at += bytes.len();
        }
    }
    assert!(looked_at > 0, "nothing was looked at");
}

struct Shop {
    files: tempfile::TempDir,
    /// The ledger's folder, with nothing else in it.
    home: tempfile::TempDir,
    /// The folder for temporary files.
    temp: tempfile::TempDir,
}

impl Shop {
    fn new() -> Shop {
        let folder = || tempfile::tempdir().expect("a folder");
        Shop { files: folder(), home: folder(), temp: folder() }
    }

    fn ledger(&self) -> PathBuf {
        self.home.path().join("shop.ledger")
    }

    /// The program with a temporary folder of its own: exit code, stdout, stderr.
    fn run(&self, words: &[&str], paths: &[&Path], code: Option<&str>) -> (Option<i32>, Vec<u8>, Vec<u8>) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_otokui"));
        command.env("TMPDIR", self.temp.path()).env_remove("OTOKUI_RECOVERY_CODE").stdin(Stdio::null());
        if let Some(code) = code {
            command.env("OTOKUI_RECOVERY_CODE", code);
        }
        command.args(words).arg("--ledger").arg(self.ledger()).args(paths);
        let output = command.output().expect("the program starts");
        (output.status.code(), output.stdout, output.stderr)
    }

    fn is_clean(&self) {
        nothing_of_a_name_in(&[self.home.path()]);
        marked::nobody_is_reached_by(&self.ledger());
        let left: Vec<_> = std::fs::read_dir(self.temp.path()).expect("a folder").collect();
        assert!(left.is_empty(), "temporary files are left: {left:?}");
    }
}

/// 13 groups of four in what was said.
fn code_in(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let is_code = |word: &&str| word.split('-').count() == 13 && word.split('-').all(|group| group.len() == 4);
    let mut words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.find(is_code).unwrap_or_else(|| panic!("no recovery code in {text}")).to_owned()
}

#[test]
fn no_byte_of_a_name_is_written() {
    let shop = Shop::new();
    let files = marked::files(shop.files.path());
    // A file that is refused switches it on all the same, and leaves nothing.
    let nonsense = shop.files.path().join("nonsense.csv");
    std::fs::write(&nonsense, format!("{0},{0}\n{0},080-9753-1461\n", marked::TEXT)).expect("written");
    let (exit, _, said) = shop.run(&["import", "--no-names"], &[&nonsense], None);
    assert_eq!(exit, Some(1), "{}", String::from_utf8_lossy(&said));
    let code = code_in(&said);
    shop.is_clean();
    // Without the code nothing is imported.
    let paths: Vec<&Path> = files.together[0].iter().map(PathBuf::as_path).collect();
    let (exit, out, said) = shop.run(&["import"], &paths, None);
    assert_eq!((exit, out.len()), (Some(1), 0), "{}", String::from_utf8_lossy(&said));
    let (exit, ..) = shop.run(&["import"], &paths, Some("0000"));
    assert_eq!(exit, Some(1));
    for files in &files.together {
        let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        let (exit, out, said) = shop.run(&["import", "--json"], &paths, Some(&code));
        let said = format!("{} {}", String::from_utf8_lossy(&said), String::from_utf8_lossy(&out));
        assert_eq!(exit, Some(0), "{said}");
        assert!(!said.contains(&code), "the code is said once");
        shop.is_clean();
    }
    let map = files.map.display().to_string();
    let (exit, _, said) = shop.run(&["import", "--map", &map], &[&files.own], Some(&code));
    assert_eq!(exit, Some(0), "{}", String::from_utf8_lossy(&said));
    shop.is_clean();
    // A half alone is refused.
    let half = &files.together[2][0];
    let again = shop.files.path().join("half.csv");
    let mut bytes = std::fs::read(half).expect("a file");
    bytes.extend_from_slice(b"\r\n");
    std::fs::write(&again, bytes).expect("written");
    assert_eq!(shop.run(&["import"], &[&again], Some(&code)).0, Some(1));
    shop.is_clean();
    // What is written out and printed holds none either, and nothing holds the code.
    let out = shop.home.path().join("out");
    let path = |name: &str| out.join(name).display().to_string();
    for words in [
        vec!["export", "--out", &path("xlsx")],
        vec!["export", "--format", "csv", "--out", &path("csv")],
        vec!["report", "--out", &path("report")],
        vec!["customers"],
        vec!["customers", "--json"],
        vec!["orders", "--json"],
        vec!["identity", "--json"],
        vec!["settings"],
        vec!["imports"],
        vec!["problems", "5", "--json"],
    ] {
        let (exit, printed, said) = shop.run(&words, &[], None);
        assert_eq!(exit, Some(0), "{words:?}: {}", String::from_utf8_lossy(&said));
        assert_eq!(hits(&printed) + hits(&said), 0, "{words:?}");
    }
    shop.is_clean();
    let letters = code.replace('-', "");
    for (path, bytes) in all_bytes(shop.home.path()) {
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!holds(code.as_bytes()) && !holds(letters.as_bytes()), "{} holds the code", path.display());
    }
    // And an undo of everything.
    for batch in 1..=7 {
        assert_eq!(shop.run(&["undo", &batch.to_string()], &[], None).0, Some(0), "{batch}");
    }
    shop.is_clean();
}

/// The search would find what is there: with names kept, each kind of file leaves its marks.
#[test]
fn the_search_finds_names_where_they_are_kept() {
    let shop = Shop::new();
    let files = marked::files(shop.files.path());
    let paths: Vec<&Path> = files.together.iter().flatten().map(PathBuf::as_path).collect();
    let (exit, _, said) = shop.run(&["import"], &paths, None);
    assert_eq!(exit, Some(0), "{}", String::from_utf8_lossy(&said));
    let (_, bytes) = all_bytes(shop.home.path()).into_iter().max_by_key(|(_, bytes)| bytes.len()).expect("a ledger");
    assert_eq!(hits(&bytes), 2, "texts, and telephones as they are kept");
    assert!(marked::reached(&shop.ledger()) > 0, "postal codes, telephones and mail addresses");
    for file in paths.iter().chain([&files.own.as_path()]) {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::copy(file, folder.path().join("file")).expect("a copy");
        assert!(all_bytes(folder.path()).iter().any(|(_, bytes)| hits(bytes) > 0), "{}", file.display());
    }
}

/// While the ledger is open, its log and its index lie beside it; and an import that was stopped leaves nothing.
#[test]
fn nothing_is_written_for_a_moment_either() {
    let shop = Shop::new();
    let files = marked::files(shop.files.path());
    let mut session = Session::open(&shop.ledger(), Language::Japanese).expect("a ledger");
    nameless::begin(&mut session).expect("an empty ledger");
    let many = otokui_lib::sample::write(6_000, 1, shop.files.path()).expect("a sample");
    let big = many.iter().find(|path| path.ends_with("rakuten_orders.csv")).expect("the file").clone();
    let text = std::fs::read(&big).expect("a file");
    // The sample's people live in prefectures and have a family name; one of them stands for the marks.
    let (decoded, _, _) = encoding_rs::SHIFT_JIS.decode(&text);
    std::fs::write(&big, format!("\u{feff}{}", decoded.replace("佐藤", marked::TEXT).replace("鈴木", marked::TEXT)))
        .expect("written");
    assert!(hits(&std::fs::read(&big).expect("a file")) > 0, "somebody is marked");
    let watch = std::sync::Arc::new(std::sync::OnceLock::<Watch>::new());
    let stopped = {
        let itself = watch.clone();
        let steps = std::sync::atomic::AtomicUsize::new(0);
        let watch = watch.get_or_init(|| {
            Watch::new(Box::new(move |_| {
                if steps.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0 {
                    itself.get().expect("it runs").cancel();
                }
            }))
        });
        imports::record(&mut session, std::slice::from_ref(&big), watch)
    };
    assert!(matches!(stopped, Err(otokui_lib::app::Error::Cancelled)), "it was stopped on its way");
    nothing_of_a_name_in(&[shop.home.path()]);
    for files in &files.together {
        let answers = imports::record(&mut session, files, &Watch::silent()).expect("an import");
        assert!(answers.iter().all(|answer| answer.state == FileState::Recorded), "{answers:?}");
        nothing_of_a_name_in(&[shop.home.path()]);
    }
    // Names that are asked for are not there.
    let out = shop.home.path().join("out");
    let (answer, _) = export::write(&mut session, &out, ExportFormat::Csv, true, &Watch::silent()).expect("an export");
    assert!(!answer.export.with_names);
    report::write(&session, &Scope::default(), &out).expect("a report");
    nothing_of_a_name_in(&[shop.home.path()]);
}
