//! Tables of Otokui's own export that hold what the owner has told it, read back as they were written.

use super::read::Reader;
use super::{Field, Kind};
use crate::intake::problem::{Problem, ProblemKind};
use crate::shop::said::{
    Named, Said, SaidColumns, SaidContact, SaidDecision, SaidEvent, SaidMap, SaidNote, SaidSetting, SaidStore,
    SaidTaken,
};

/// What a table says, by the word in the ledger and on the wire.
type Words = &'static [(&'static str, &'static str)];

/// What was done to a rule of the event calendar.
pub const RULE_CHANGES: Words = &[("set", "内容"), ("off", "オフ"), ("on", "オン"), ("default", "元に戻す")];
/// What was decided about who is who.
pub const DECISIONS: Words = &[("join", "同じ人"), ("apart", "別の人"), ("separate", "この受注だけ別の人")];
/// How somebody has shown interest.
pub const CONTACT_KINDS: Words =
    &[("asked", "問い合わせ"), ("reviewed", "レビュー"), ("favourited", "お気に入り"), ("other", "そのほか")];
/// What is read in a way the owner has said.
pub const READINGS: Words = &[("map", "受注の表"), ("columns", "原価の表"), ("store", "店舗")];

/// The word of a table for one of the ledger; empty for an unknown one.
pub fn in_table(words: Words, word: &str) -> &'static str {
    words.iter().find(|(known, _)| *known == word).map_or("", |(_, said)| said)
}

impl Reader<'_> {
    /// The value of a row of one of these tables.
    pub(super) fn own_said(&self, kind: Kind) -> Result<Said, Problem> {
        match kind {
            Kind::SettingChanges => self.own_setting(),
            Kind::EventChanges => self.own_event(),
            Kind::Decisions => self.own_decision(),
            Kind::Notes => self.own_note(),
            Kind::Taken => self.own_taken(),
            Kind::Contacts => self.own_contact(),
            _ => self.own_reading(),
        }
    }

    fn own_setting(&self) -> Result<Said, Problem> {
        let value = self.own_text(Field::SettingValue);
        Ok(Said::Setting(SaidSetting {
            number: self.own_number()?,
            changed_at: self.own_moment(Field::ChangedAt)?,
            setting: self.own_needed(Field::SettingKey)?,
            value: (!value.is_empty()).then_some(value),
            holds_from: self.own_day(Field::HoldsFrom)?,
            undone_at: self.own_moment_if_any(Field::UndoneAt)?,
            occurrence: self.own_occurrence()?,
        }))
    }

    fn own_event(&self) -> Result<Said, Problem> {
        let what = self.own_word(Field::RuleChange, RULE_CHANGES)?;
        let rule = if what == "set" { Some(self.own_needed(Field::Rule)?) } else { None };
        Ok(Said::Event(SaidEvent {
            number: self.own_number()?,
            changed_at: self.own_moment(Field::ChangedAt)?,
            rule_key: self.own_needed(Field::RuleKey)?,
            what: what.to_owned(),
            rule,
            undone_at: self.own_moment_if_any(Field::UndoneAt)?,
            occurrence: self.own_occurrence()?,
        }))
    }

    fn own_decision(&self) -> Result<Said, Problem> {
        let kind = self.own_word(Field::Decision, DECISIONS)?;
        let sides = [self.own_named(Field::OneSide)?, self.own_named(Field::OtherSide)?];
        // An order that is somebody else's is one order, and no other side.
        if kind == "separate" && !matches!((&sides[0][..], &sides[1][..]), ([Named::Order(..)], [])) {
            return Err(self.problem(Field::OneSide, ProblemKind::NotAsWritten));
        }
        Ok(Said::Decision(SaidDecision {
            number: self.own_number()?,
            decided_at: self.own_moment(Field::DecidedAt)?,
            kind: kind.to_owned(),
            sides,
            occurrence: self.own_occurrence()?,
        }))
    }

    fn own_note(&self) -> Result<Said, Problem> {
        let written_at = self.own_moment(Field::WrittenAt)?;
        Ok(Said::Note(SaidNote {
            number: self.own_number()?,
            written_at,
            changed_at: self.own_moment_if_any(Field::ChangedAt)?.unwrap_or(written_at),
            text: self.own_needed(Field::NoteText)?,
            about: self.own_named(Field::About)?,
            occurrence: self.own_occurrence()?,
        }))
    }

    fn own_taken(&self) -> Result<Said, Problem> {
        let odd = |field| self.problem(field, ProblemKind::NotAsWritten);
        let count = |field| Ok::<_, Problem>(u32::try_from(self.whole(field)?.unwrap_or_default()).ok());
        let proposed = serde_json::from_str(&self.own_text(Field::Proposal)).map_err(|_| odd(Field::Proposal))?;
        let mall = self.own_text(Field::MallWord);
        Ok(Said::Taken(Box::new(SaidTaken {
            number: self.own_number()?,
            recorded_at: self.own_moment(Field::ChangedAt)?,
            on: self.own_moment(Field::Date)?.day(),
            channel: self.own_text(Field::Channel),
            mall: if mall.is_empty() { None } else { Some(self.own_mall()?) },
            people_count: count(Field::PeopleCount)?
                .filter(|count| *count > 0)
                .ok_or_else(|| odd(Field::PeopleCount))?,
            proposed,
            people_before: count(Field::PeopleBefore)?.ok_or_else(|| odd(Field::PeopleBefore))?,
            people: self.own_people()?,
            occurrence: self.own_occurrence()?,
        })))
    }

    fn own_contact(&self) -> Result<Said, Problem> {
        let kind = self.own_word(Field::ContactKind, CONTACT_KINDS)?;
        Ok(Said::Contact(SaidContact {
            number: self.own_number()?,
            written_at: self.own_moment(Field::WrittenAt)?,
            mall: self.own_mall()?,
            kind: kind.parse().map_err(|()| self.problem(Field::ContactKind, ProblemKind::NotAsWritten))?,
            on: self.own_moment(Field::Date)?.day(),
            name: self.own_text(Field::Name),
            note: self.own_text(Field::Note),
            is_tied: self.own_flag(Field::Tied)? == Some(true),
            who: self.own_named(Field::About)?,
            occurrence: self.own_occurrence()?,
        }))
    }

    /// Buyers, one per line of the cell; an empty line stands between two people.
    fn own_people(&self) -> Result<Vec<Vec<Named>>, Problem> {
        let text = self.own_text(Field::About);
        let mut people: Vec<Vec<Named>> = Vec::new();
        let mut is_next = true;
        for line in text.lines().map(str::trim) {
            if line.is_empty() {
                is_next = true;
                continue;
            }
            let name = Named::of(line).ok_or_else(|| self.problem(Field::About, ProblemKind::NotAsWritten))?;
            match people.last_mut().filter(|_| !is_next) {
                Some(person) => person.push(name),
                None => people.push(vec![name]),
            }
            is_next = false;
        }
        Ok(people)
    }

    fn own_reading(&self) -> Result<Said, Problem> {
        Ok(match self.own_word(Field::ReadingKind, READINGS)? {
            "map" => Said::Map(SaidMap {
                fingerprint: self.own_needed(Field::Fingerprint)?,
                file_name: self.own_text(Field::FileName),
                headers: self.own_needed(Field::Headers)?,
                map: self.own_needed(Field::Map)?,
                remembered_at: self.own_moment(Field::ChangedAt)?,
            }),
            "columns" => Said::Columns(SaidColumns {
                fingerprint: self.own_needed(Field::Fingerprint)?,
                code_header: self.own_needed(Field::CodeHeader)?,
                cost_header: self.own_needed(Field::CostHeader)?,
            }),
            _ => Said::Store(SaidStore { mall: self.own_mall()?, store: self.own_needed(Field::Store)? }),
        })
    }

    /// The word of the ledger for one of these words of a table.
    fn own_word(&self, field: Field, words: Words) -> Result<&'static str, Problem> {
        let said = self.own_needed(field)?;
        let word = words.iter().find(|(_, known)| *known == said).map(|(word, _)| *word);
        word.ok_or_else(|| self.problem(field, ProblemKind::NotAsWritten))
    }

    /// Buyers, one per line of the cell.
    fn own_named(&self, field: Field) -> Result<Vec<Named>, Problem> {
        let text = self.own_text(field);
        let names = text.lines().filter(|line| !line.trim().is_empty()).map(|line| Named::of(line.trim()));
        names.collect::<Option<Vec<Named>>>().ok_or_else(|| self.problem(field, ProblemKind::NotAsWritten))
    }

    fn own_number(&self) -> Result<i64, Problem> {
        let number = self.whole(Field::ChangeNumber)?;
        number
            .filter(|number| (1..1 << 53).contains(number))
            .ok_or_else(|| self.problem(Field::ChangeNumber, ProblemKind::BadNumber))
    }
}
