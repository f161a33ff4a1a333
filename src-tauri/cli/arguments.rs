//! What may be asked, in which words.

use super::changes::{EventsChange, IdentityDecision, SettingsChange};
use super::columns::{Columns, columns};
use super::comparing::compare;
use super::contacts::Contacts;
use super::gaps::Gaps;
use super::groups::GroupsAsked;
use super::names::Names;
use super::notes::Notes;
use super::taken::Taken;
use super::values::{by, format, group, mall, measure, step};
use crate::app::Language;
use crate::app::screens::ExportFormat;
use crate::insight::acquired::By;
use crate::insight::cohort::Measure;
use crate::insight::history::Compare;
use crate::insight::margin::Step;
use crate::insight::rfm::GroupKey;
use crate::shop::{Day, Mall};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};
use std::path::{Path, PathBuf};

/// Which customers come back, what they are worth, and what to do next.
///
/// Everything the window of Otokui shows, without the window. Nothing leaves this computer.
#[derive(Debug, Parser)]
#[command(name = "otokui", version, max_term_width = 100)]
pub(super) struct Arguments {
    /// What to do or to answer
    #[command(subcommand)]
    pub(super) noun: Noun,
    /// Language of sentences: ja or en
    #[arg(long, global = true, default_value = "ja", value_parser = ["ja", "en"])]
    lang: String,
}

#[derive(Debug, Subcommand)]
pub(super) enum Noun {
    /// Record files of Rakuten (RMS) and Yahoo! Shopping (Store Creator Pro): orders, and besides them costs, items,
    /// reviews, campaigns, store figures, settlements, favourites
    Import {
        /// The ledger; made when it is not there
        #[arg(long)]
        ledger: PathBuf,
        /// Files as downloaded, workbooks and archives of them; the two halves of a Yahoo pair together or one after the other
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Which columns of a cost list hold codes and costs, by header: code=品番,cost=値段. Remembered for lists with
        /// the same headers
        #[arg(long, value_parser = columns)]
        columns: Option<Columns>,
        /// Description of a table that is no export of a mall: which header means what (JSON, see the README).
        /// Remembered for tables with the same headers
        #[arg(long, value_name = "MAP.json")]
        map: Option<PathBuf>,
        /// Account of the Yahoo store that files with bare order numbers are of. Remembered for later files
        #[arg(long, value_name = "NAME")]
        store: Option<String>,
        #[command(flatten)]
        names: Names,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// List what was imported, newest first
    Imports {
        /// The ledger
        #[arg(long)]
        ledger: PathBuf,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Take an import back, exactly
    Undo {
        /// The ledger
        #[arg(long)]
        ledger: PathBuf,
        /// Number of the import, from `imports`
        batch: i64,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// The mall's own counts of new and repeat buyers beside ours, and why they differ
    Reconciliation {
        /// The ledger
        #[arg(long)]
        ledger: PathBuf,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Sales, customers, repeat share, F2 and the months
    Overview(Asked),
    /// The ten customer groups, who moved, CPM types, who is lapsing, wide classes
    Groups(GroupsAsked),
    /// Customers by month of first purchase
    Cohorts {
        #[command(flatten)]
        asked: Asked,
        /// What the cells show: retention, cumulative_retention, orders_per_customer,
        /// cumulative_orders_per_customer, net_sales, cumulative_net_sales, value, cumulative_value
        #[arg(long, default_value = "retention", value_parser = measure)]
        measure: Measure,
        /// By the first purchase: month, quarter, week, first_mall, first_item, first_category, incentive
        #[arg(long, default_value = "month", value_parser = by)]
        by: By,
    },
    /// What a customer brings within t days of the first purchase
    Ltv {
        #[command(flatten)]
        asked: Asked,
        /// What is added up: contribution_margin (the default; net sales while less than 80 % of goods have a known
        /// cost) or net_sales
        #[arg(long, default_value = "contribution_margin", value_parser = ["contribution_margin", "net_sales"])]
        value: String,
        /// A curve for each cohort, instead of the newest years: month, quarter, week, first_mall, first_item,
        /// first_category, incentive
        #[arg(long, value_parser = by)]
        by: Option<By>,
    },
    /// From the first purchase to a best customer: rates, their worth, the bottleneck; what today's customers will bring
    GrowthMap(Asked),
    /// Who comes back: F2 to F5, the days between purchases step by step, repeat share by month, and the same by the
    /// definitions of other products
    Gaps(Gaps),
    /// What to do next, for whom, why, and what it is worth
    Actions(Asked),
    /// What each item brings: who buys it, who buys it again and when, F2 and LTV of those it wins, baskets, categories
    Items(Asked),
    /// What is bought next: after one item (--item CODE), after a category (--category NAME), or the commonest successions
    NextItems(Asked),
    /// Who is due in the seven days after the last order day, and for what
    Radar(Asked),
    /// All customers
    Customers {
        #[command(flatten)]
        asked: Asked,
        /// Only the people behind a figure: group:champions, cell:5:4, cohort:2025-01, cohort:2025-01:3,
        /// month:2025-03, month:2025-03:new, month:2025-03:existing, observed:365, action:f2_window, taken:12, profit:points,
        /// group_at:2026-03-31:loyal, moved:2026-03-31:2026-06-30:loyal:at_risk, cpm:steady_active, lapse:soon, class:best,
        /// item_all:rakuten:CODE, item_again:rakuten:CODE, item_first:rakuten:CODE, next:rakuten:CODE,rakuten:CODE,
        /// step:2:90:back, step:2:90:observed, step:2:90:open, gap:2:1:30, waiting:2:40:90, back:2025-03,
        /// dependence:events_mostly, plane_part:bargain_hunters, first_order:coupon, events_first, events_left, events_only
        #[arg(long)]
        people: Option<String>,
    },
    /// One customer with orders, group history and actions
    Customer {
        /// customer_id
        id: i64,
        #[command(flatten)]
        asked: Asked,
    },
    /// Notes about customers: list, add, change, remove, undo
    Notes(Notes),
    /// Actions carried out: list, record, remove, undo
    Taken(Taken),
    /// People who asked, reviewed or favourited: list, add, tie, untie, remove, undo
    Contacts(Contacts),
    /// All orders with their lines; --from, --to, --mall, --item and --group restrict them
    Orders(Asked),
    /// The definitions in force, the period, and what was left out, counted
    Basis(Asked),
    /// From the goods sold to what is left: sales, fees, points, postage, contribution margin
    Profit {
        #[command(flatten)]
        asked: Asked,
        /// Only orders inside this event or campaign: its key, as in `events.json` (rakuten-5-0) or imported-…
        #[arg(long, value_name = "KEY")]
        event: Option<String>,
        /// The orders behind one step instead: goods, shop_coupon, discount, refund, net_sales, charged, cost_of_goods,
        /// mall_fee, payment_fee, points, affiliate, coupon_fee, postage, contribution_margin
        #[arg(long, value_parser = step)]
        step: Option<Step>,
    },
    /// What the malls charge and what sending costs: list, set, confirm, undo
    Settings {
        /// The ledger; before or after what to change
        #[arg(long, global = true)]
        ledger: Option<PathBuf>,
        /// Print one JSON document
        #[arg(long, global = true)]
        json: bool,
        /// What to change; the list when left out
        #[command(subcommand)]
        change: Option<SettingsChange>,
    },
    /// What hangs on events and points: repeat purchases, customers, groups, items, months, the way out, and what lowering
    /// a multiplier by one would save
    Points {
        #[command(flatten)]
        asked: Asked,
        /// The point multiplier to lower by one; the commonest raised one when left out
        #[arg(long, value_name = "TIMES", value_parser = clap::value_parser!(u16).range(2..=100))]
        multiplier: Option<u16>,
    },
    /// The malls' event days: list, add, change, switch off, undo
    Events {
        /// The ledger; before or after what to change
        #[arg(long, global = true)]
        ledger: Option<PathBuf>,
        /// Print one JSON document
        #[arg(long, global = true)]
        json: bool,
        /// What to change; the list when left out
        #[command(subcommand)]
        change: Option<EventsChange>,
    },
    /// Who may be one person, and what you have decided about it
    Identity {
        #[command(subcommand)]
        decision: Option<IdentityDecision>,
        /// The ledger
        // Clap lets what may stand behind a decision not be required; `cli` asks for it.
        #[arg(long, global = true)]
        ledger: Option<PathBuf>,
        /// Print one JSON document
        #[arg(long, global = true)]
        json: bool,
    },
    /// Write the report: HTML with charts, workbook, CSV lists
    Report {
        #[command(flatten)]
        asked: Asked,
        /// Folder for the files
        #[arg(long)]
        out: PathBuf,
    },
    /// Write the whole ledger: orders with lines, parcels and buyers, customers, imports; importing it makes it again
    Export {
        /// The ledger
        #[arg(long)]
        ledger: PathBuf,
        /// Folder for the files; made when it is not there
        #[arg(long)]
        out: PathBuf,
        /// xlsx (one workbook), csv or parquet (a file for each table)
        #[arg(long, default_value = "xlsx", value_parser = format)]
        format: ExportFormat,
        /// Leave out names, addresses, phones and mails
        #[arg(long)]
        no_names: bool,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// List the rows of an import that could not be read
    Problems {
        /// The ledger
        #[arg(long)]
        ledger: PathBuf,
        /// Number of the import, from `imports`
        batch: i64,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Write the order files of an invented shop
    Sample {
        /// Orders over both malls
        #[arg(long, default_value_t = 3000)]
        orders: u32,
        /// The same seed writes the same files
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Folder for the files
        #[arg(long)]
        out: PathBuf,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
}

/// Options of everything that is measured.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The ledger
    #[arg(long)]
    pub(super) ledger: PathBuf,
    /// Measure at the end of this day (YYYY-MM-DD); the last order day when left out
    #[arg(long)]
    pub(super) as_of: Option<Day>,
    /// First day of the period (YYYY-MM-DD)
    #[arg(long)]
    pub(super) from: Option<Day>,
    /// Last day of the period (YYYY-MM-DD)
    #[arg(long)]
    pub(super) to: Option<Day>,
    /// Only this mall: rakuten, yahoo, own
    #[arg(long, value_parser = mall)]
    pub(super) mall: Option<Mall>,
    /// Only orders with this item code
    #[arg(long)]
    pub(super) item: Option<String>,
    /// Only orders with an item of this category of the item files
    #[arg(long)]
    pub(super) category: Option<String>,
    /// Only customers in this group: champions, loyal, promising, new, nurturing, needs_attention,
    /// about_to_lapse, cooling_best, at_risk, dormant
    #[arg(long, value_parser = group)]
    pub(super) group: Option<GroupKey>,
    /// Beside the period another one: previous_year, or FROM..TO (2024-01-01..2024-03-31)
    #[arg(long, value_name = "PERIOD", value_parser = compare)]
    pub(super) compare: Option<Compare>,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

impl Arguments {
    /// What is wrong with a command that names no ledger.
    pub(super) fn without_ledger() -> clap::Error {
        Arguments::command().error(ErrorKind::MissingRequiredArgument, "--ledger <LEDGER>")
    }

    pub(super) fn language(&self) -> Language {
        if self.lang == "en" { Language::English } else { Language::Japanese }
    }
}

impl Noun {
    /// The ledger it is about; nothing for what needs none.
    pub(super) fn ledger(&self) -> Option<&Path> {
        match self {
            Noun::Import { ledger, .. }
            | Noun::Imports { ledger, .. }
            | Noun::Undo { ledger, .. }
            | Noun::Reconciliation { ledger, .. }
            | Noun::Export { ledger, .. }
            | Noun::Problems { ledger, .. } => Some(ledger),
            Noun::Overview(asked) | Noun::GrowthMap(asked) | Noun::Actions(asked) => Some(asked.ledger()),
            Noun::Orders(asked) | Noun::Basis(asked) => Some(asked.ledger()),
            Noun::Notes(notes) => notes.ledger.as_deref(),
            Noun::Taken(taken) => taken.ledger.as_deref(),
            Noun::Contacts(contacts) => contacts.ledger.as_deref(),
            Noun::Items(asked) | Noun::Radar(asked) | Noun::NextItems(asked) => Some(asked.ledger()),
            Noun::Groups(GroupsAsked { asked, .. })
            | Noun::Cohorts { asked, .. }
            | Noun::Ltv { asked, .. }
            | Noun::Customers { asked, .. }
            | Noun::Customer { asked, .. }
            | Noun::Profit { asked, .. }
            | Noun::Points { asked, .. }
            | Noun::Report { asked, .. } => Some(asked.ledger()),
            Noun::Settings { ledger, .. } | Noun::Events { ledger, .. } => ledger.as_deref(),
            Noun::Identity { ledger, .. } => ledger.as_deref(),
            Noun::Gaps(gaps) => Some(gaps.asked.ledger()),
            Noun::Sample { .. } => None,
        }
    }
}
