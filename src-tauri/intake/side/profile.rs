//! Layouts of the files that hold no orders. Profiles are data: `assets/malls/*.json` with a `kind`.

use crate::intake::profile::{layouts, normal_header};
use crate::shop::Mall;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One layout of a file without orders.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideProfile {
    /// Stable name: `item-costs`, `rakuten-review`, …
    pub id: String,
    /// What its rows are.
    pub kind: Kind,
    /// Whose file it is; `own` for the owner's own list.
    pub mall: Mall,
    /// Where the owner finds it, and where the names are from.
    pub source: String,
    /// The day the names were last checked, `YYYY-MM-DD`.
    pub checked_on: String,
    /// What the file cannot do without; of each group one field is enough.
    pub required: Vec<Vec<Field>>,
    /// Headers that mean a field, the best first.
    pub columns: BTreeMap<Field, Vec<String>>,
    /// Rows with another value in this column are left out.
    #[serde(default)]
    pub only: BTreeMap<Field, Vec<String>>,
    /// Rows with this value in their first cell are left out: sums under the table.
    #[serde(default)]
    pub sums: Vec<String>,
    /// Values that hide a number: unknown, not 0.
    #[serde(default)]
    pub hidden: Vec<String>,
    /// Words before the period in the lines above the header.
    #[serde(default)]
    pub period: Vec<String>,
    /// Rows at the end in which every number is 0 are days that have not come yet.
    #[serde(default)]
    pub zero_rows_at_the_end: bool,
    /// Parts of a header that make it a likely cost column, for a list whose headers are not known.
    #[serde(default)]
    pub likely: Vec<String>,
    /// Parts of a header that make it none after all.
    #[serde(default)]
    pub unlikely: Vec<String>,
    /// Parts of a header that may be a cost where another header says that the rows are items.
    #[serde(default)]
    pub maybe_costs: Vec<String>,
    /// Parts of a header that may be a code.
    #[serde(default)]
    pub maybe_codes: Vec<String>,
    /// Parts of a header that no list of items has, so that its amounts are no costs.
    #[serde(default)]
    pub no_list: Vec<String>,
}

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "SideKind"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What items cost.
    Costs,
    /// What items are.
    Catalogue,
    /// Reviews.
    Reviews,
    /// Event windows.
    Campaigns,
    /// The mall's own counts.
    MallCounts,
    /// Settlement lines.
    Fees,
    /// Favourites per item.
    Favourites,
    /// Changes of the owner's settings.
    SettingChanges,
    /// The owner's decisions about who is who.
    Decisions,
    /// The owner's notes about customers.
    Notes,
    /// The owner's changes of the event calendar.
    EventChanges,
    /// Actions the owner has carried out.
    Taken,
    /// People who have shown interest, as the owner wrote them down.
    Contacts,
    /// How the owner said to read files.
    Readings,
    /// Something a mall writes that this version has no use for: known by its header, never read.
    Unused,
}

impl Kind {
    /// The word on the wire and in the catalogue's keys.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Costs => "costs",
            Kind::Catalogue => "catalogue",
            Kind::Reviews => "reviews",
            Kind::Campaigns => "campaigns",
            Kind::MallCounts => "mall_counts",
            Kind::Fees => "fees",
            Kind::Favourites => "favourites",
            Kind::SettingChanges => "setting_changes",
            Kind::Decisions => "decisions",
            Kind::Notes => "notes",
            Kind::EventChanges => "event_changes",
            Kind::Taken => "taken_actions",
            Kind::Contacts => "prospects",
            Kind::Readings => "readings",
            Kind::Unused => "unused",
        }
    }
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Field {
    ItemCode,
    Sku,
    SystemSku,
    ItemNumber,
    ItemName,
    Cost,
    HoldsFrom,
    GenreId,
    Category,
    Price,
    ReviewKind,
    Stars,
    PostedAt,
    Title,
    Body,
    OrderNumber,
    CampaignKind,
    CampaignName,
    BeginsAt,
    EndsAt,
    Date,
    Device,
    Sales,
    Orders,
    Visitors,
    NewBuyers,
    RepeatBuyers,
    NewSales,
    RepeatSales,
    NewOrders,
    RepeatOrders,
    Document,
    DocumentPart,
    PeriodFrom,
    PeriodTo,
    Direction,
    Group,
    Name,
    Note,
    Amount,
    Tax,
    AmountWithTax,
    FavouritesTotal,
    FavouritesAdded,
    /// A column that is there only to know the table by.
    Mark,
    OwnTable,
    MallWord,
    TaxIncluded,
    OfShop,
    TimeKnown,
    OfMonth,
    Occurrence,
    ChangeNumber,
    ChangedAt,
    UndoneAt,
    WrittenAt,
    DecidedAt,
    SettingKey,
    SettingValue,
    RuleKey,
    RuleChange,
    Rule,
    Decision,
    OneSide,
    OtherSide,
    NoteText,
    CustomerNumbers,
    About,
    Channel,
    PeopleCount,
    Proposal,
    PeopleBefore,
    ContactKind,
    Tied,
    ReadingKind,
    Fingerprint,
    FileName,
    Headers,
    Map,
    CodeHeader,
    CostHeader,
    Store,
}

/// Where a file has the fields of a profile.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(BTreeMap<Field, usize>);

impl Places {
    pub(super) fn get(&self, field: Field) -> Option<usize> {
        self.0.get(&field).copied()
    }

    pub(super) fn set(&mut self, field: Field, place: usize) {
        self.0.insert(field, place);
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}

impl SideProfile {
    /// Every profile of a file without orders, by name.
    pub fn all() -> &'static [SideProfile] {
        static ALL: LazyLock<Vec<SideProfile>> = LazyLock::new(|| layouts(true));
        &ALL
    }

    /// The profile of the table that Otokui's own export writes for this kind, which must be one that is recorded.
    pub fn of_own_export(kind: Kind) -> &'static SideProfile {
        let of_kind = |profile: &&SideProfile| profile.kind == kind && profile.is_own_export();
        SideProfile::all().iter().find(of_kind).expect("every kind that is recorded is exported, and tested")
    }

    /// Whether Otokui itself wrote it: read exactly as it stands.
    pub fn is_own_export(&self) -> bool {
        self.id.starts_with("otokui-")
    }

    /// The header of a field; empty when the profile does not have it.
    pub fn header(&self, field: Field) -> &str {
        self.columns.get(&field).and_then(|names| names.first()).map_or("", String::as_str)
    }

    /// What the own export writes in the column that names the table.
    pub fn own_word(&self) -> &str {
        self.only.get(&Field::OwnTable).and_then(|words| words.first()).map_or("", String::as_str)
    }

    /// The profile of the owner's cost list.
    pub(super) fn costs() -> &'static SideProfile {
        SideProfile::all().iter().find(|profile| profile.id == "item-costs").expect("it is part of the program")
    }

    /// Finds the fields among these headers. Of two equal headers the first counts.
    pub(super) fn places(&self, headers: &[String]) -> Places {
        let normal: Vec<String> = headers.iter().map(|h| normal_header(h).to_lowercase()).collect();
        let mut places = Places::default();
        for (field, names) in &self.columns {
            let place = names.iter().find_map(|name| {
                let wanted = normal_header(name).to_lowercase();
                normal.iter().position(|header| *header == wanted)
            });
            if let Some(place) = place {
                places.set(*field, place);
            }
        }
        places
    }

    /// Whether these places are enough.
    pub(super) fn is_met(&self, places: &Places) -> bool {
        self.required.iter().all(|group| group.iter().any(|field| places.get(*field).is_some()))
    }

    /// The place of the only or first header that looks like a cost.
    pub(super) fn likely_place(&self, headers: &[String]) -> Option<usize> {
        self.place_like(&self.likely, headers)
    }

    /// The places of a code and of an amount in a list of items whose headers name no cost.
    pub(super) fn maybe_places(&self, headers: &[String]) -> Option<(usize, usize)> {
        if headers.iter().any(|header| has(header, &self.no_list)) {
            return None;
        }
        let code = headers.iter().position(|header| has(header, &self.maybe_codes))?;
        let cost = self.maybe_costs.iter().find_map(|part| self.place_like(std::slice::from_ref(part), headers))?;
        Some((code, cost))
    }

    fn place_like(&self, parts: &[String], headers: &[String]) -> Option<usize> {
        headers.iter().position(|header| has(header, parts) && !has(header, &self.unlikely))
    }
}

fn has(header: &str, parts: &[String]) -> bool {
    let header = normal_header(header).to_lowercase();
    parts.iter().any(|part| header.contains(part.as_str()))
}
