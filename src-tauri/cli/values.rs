//! Values of options, read from what was typed.

use crate::app::screens::ExportFormat;
use crate::insight::acquired::By;
use crate::insight::cohort::Measure;
use crate::insight::margin::Step;
use crate::insight::rfm::GroupKey;
use crate::shop::{ContactKind, Mall};

pub(super) fn mall(text: &str) -> Result<Mall, String> {
    text.parse().map_err(|()| "one of rakuten, yahoo, own".to_owned())
}

pub(super) fn group(text: &str) -> Result<GroupKey, String> {
    text.parse().map_err(|()| {
        let words: Vec<&str> = GroupKey::ALL.iter().map(|group| group.word()).collect();
        format!("one of {}", words.join(", "))
    })
}

pub(super) fn kind(text: &str) -> Result<ContactKind, String> {
    text.parse().map_err(|()| "one of asked, reviewed, favourited, other".to_owned())
}

pub(super) fn step(text: &str) -> Result<Step, String> {
    text.parse().map_err(|()| {
        let words: Vec<&str> = Step::ALL.iter().map(|step| step.word()).collect();
        format!("one of {}", words.join(", "))
    })
}

pub(super) fn format(text: &str) -> Result<ExportFormat, String> {
    text.parse().map_err(|()| "one of xlsx, csv, parquet".to_owned())
}

pub(super) fn by(text: &str) -> Result<By, String> {
    text.parse().map_err(|()| {
        let words: Vec<&str> = By::ALL.iter().map(|by| by.word()).collect();
        format!("one of {}", words.join(", "))
    })
}

pub(super) fn measure(text: &str) -> Result<Measure, String> {
    text.parse().map_err(|()| {
        let words: Vec<&str> = Measure::ALL.iter().map(|measure| measure.word()).collect();
        format!("one of {}", words.join(", "))
    })
}
