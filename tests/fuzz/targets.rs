//! The parsers, each as a function of bytes. It returns whatever comes of the input and panics when a promise is broken.

use super::mutation::Form;
use super::{books, ledgers, seeds, tables, values};
use std::path::PathBuf;
use tempfile::TempDir;

/// A parser to be tried.
pub struct Target {
    /// Its folder of the corpus.
    pub name: &'static str,
    /// Reads the input.
    pub run: fn(&Place, &[u8]),
    /// What changed inputs are made from.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// How they are changed.
    pub form: Form,
    /// Changed inputs of a usual test run.
    pub rounds: u64,
}

/// A folder for the files of one input.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Place {
        Place(tempfile::tempdir().expect("a folder"))
    }

    /// A file with these bytes; one of an earlier input goes.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).expect("a folder to write to");
        path
    }

    /// An empty folder; what an earlier input left in it goes.
    pub fn folder(&self, name: &str) -> PathBuf {
        let path = self.0.path().join(name);
        if path.exists() {
            std::fs::remove_dir_all(&path).expect("a folder of ours");
        }
        std::fs::create_dir(&path).expect("a folder to write to");
        path
    }
}

const fn target(
    name: &'static str,
    run: fn(&Place, &[u8]),
    seeds: fn() -> Vec<Vec<u8>>,
    form: Form,
    rounds: u64,
) -> Target {
    Target { name, run, seeds, form, rounds }
}

/// All of them.
pub const ALL: &[Target] = &[
    target("encoding", tables::encoding, seeds::texts, Form::Text, 100),
    target("cells", tables::cells, seeds::cells, Form::Text, 100),
    target("orders", tables::orders, seeds::orders, Form::Text, 100),
    target("pair", tables::pair, seeds::pairs, Form::Text, 100),
    target("packed", tables::orders, seeds::packed, Form::Text, 100),
    target("own", tables::orders, seeds::own, Form::Text, 50),
    target("side", tables::side, seeds::side, Form::Text, 100),
    target("map", tables::map, seeds::maps, Form::Text, 100),
    target("xlsx", books::any, seeds::xlsx, Form::Archive, 30),
    target("xlsb", books::any, seeds::xlsb, Form::Archive, 40),
    target("xls", books::any, seeds::xls, Form::Text, 60),
    target("ods", books::any, seeds::ods, Form::Archive, 40),
    target("archive", books::any, seeds::archives, Form::Archive, 40),
    target("profile", values::profile, seeds::profiles, Form::Text, 100),
    target("money", values::money, seeds::money, Form::Text, 60),
    target("dates", values::dates, seeds::dates, Form::Text, 100),
    target("people", values::people, seeds::people, Form::Text, 60),
    target("questions", values::questions, seeds::questions, Form::Text, 100),
    target("ledger", ledgers::opening, seeds::ledgers, Form::Damage, 40),
    target("import", ledgers::import, seeds::imports, Form::Text, 20),
];

/// What the harness must notice.
pub const WRONG: &[Target] = &[
    target("panics", |_, _| panic!("planted"), one, Form::Text, 0),
    target("aborts", |_, _| std::process::abort(), one, Form::Text, 0),
    target("lingers", |_, _| busy(), one, Form::Text, 0),
    target("swallows", |_, _| drop(std::hint::black_box(vec![1u8; 300 << 20])), one, Form::Text, 0),
];

fn one() -> Vec<Vec<u8>> {
    vec![b"a".to_vec()]
}

fn busy() {
    let spent = super::budget::Spent::begin();
    while !spent.is_over_time() {
        std::hint::black_box(0);
    }
}
