//! Tables of the malls that this version knows and does not use.

use super::fixture;
use super::shops::empty;
use otokui_lib::app::screens::FileState;
use otokui_lib::app::{Watch, imports};
use otokui_lib::intake::side::{Kind, SideProfile};
use std::path::PathBuf;

#[test]
fn a_table_this_version_has_no_use_for_is_named_and_leaves_nothing() {
    let mut session = empty();
    let unused = SideProfile::all().iter().filter(|profile| profile.kind == Kind::Unused);
    let files: Vec<PathBuf> = unused.clone().map(|profile| fixture(&profile.id, "usual")).collect();
    assert_eq!(files.len(), 6);
    // Given twice, it is still no file that was imported.
    let twice: Vec<PathBuf> = files.iter().chain(&files).cloned().collect();
    let preview = imports::preview(&session, &twice, &Watch::silent()).expect("a preview");
    assert!(!preview.can_record);
    let answers = imports::record(&mut session, &twice, &Watch::silent()).expect("an answer");
    for answers in [&preview.files, &answers] {
        for (answer, profile) in answers.iter().zip(unused.clone().chain(unused.clone())) {
            assert_eq!((answer.state, answer.batch_id), (FileState::Unused, None), "{}", answer.message);
            assert_eq!(answer.profile.as_deref(), Some(&*profile.id));
            assert!(answer.message.contains("です。今の版では使いません。"), "{}", answer.message);
            assert!(!answer.message.contains("unused-") && !answer.message.contains("profile-"), "{}", answer.message);
        }
    }
    assert!(imports::imports(&session).expect("imports").imports.is_empty());
}
