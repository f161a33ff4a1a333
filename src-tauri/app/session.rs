//! An open ledger with everything an answer needs: words, calendar, and the history read once per version.

use super::catalogue::{Catalogue, Language};
use super::columns::{Columns, Reach};
use super::costs::CostBook;
use super::customers;
use super::draft::Draft;
use super::error::Error;
use super::events;
use super::group_rules;
use super::item_words;
use super::maps::Looked;
use super::order_list;
use super::points;
use super::screens::{CustomersQuery, OrdersQuery};
use crate::insight::calendar::Calendar;
use crate::insight::dependence::Dependences;
use crate::insight::group_story::{self, GroupStory};
use crate::insight::history::{HistoryBuilder, Item, KeptView, LineRow, OrderRow};
use crate::insight::margin::LineInput;
use crate::insight::people::Rows;
use crate::insight::{History, Scope, View};
use crate::intake::Layouts;
use crate::ledger::Ledger;
use crate::ledger::history::Product;
use crate::ledger::orders::SetApart;
use crate::shop::nameless::NamelessKey;
use crate::shop::{CustomerId, Day, Mall};
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

mod apart;
mod arriving;
mod kept_columns;
mod lists;
mod views;

pub(super) use apart::{WithoutSale, among};
pub(super) use arriving::{Arriving, FirstFigures};
pub(super) use lists::Made;
pub(super) use views::{at_period_end, view, view_of_everybody, view_of_won};

/// One ledger, one language.
pub struct Session {
    pub(super) ledger: Ledger,
    /// The words answers are given in.
    pub catalogue: Catalogue,
    /// The Yahoo store that files with bare order numbers are of; empty as long as the owner has not said.
    pub store_name: String,
    /// What files are compared with besides what the owner has said before: the malls' layouts, and one described now.
    pub layouts: Layouts,
    /// What stands in for names in a ledger that keeps none, once it has been said.
    pub(super) secret: Option<NamelessKey>,
    /// Today, Japan time; only tells how old the malls' rules and the newest order are.
    pub today: Day,
    /// What the last preview would have recorded.
    pub(super) draft: Option<Draft>,
    arriving: Mutex<Option<arriving::Reading>>,
    first_figures: Mutex<Option<FirstFigures>>,
    cached: Mutex<Option<(i64, Arc<History>)>>,
    reach: Mutex<Option<(i64, Reach)>>,
    /// The columns on their way into the file beside the ledger.
    writing: Mutex<Option<JoinHandle<()>>>,
    calendar: Mutex<Option<(i64, Arc<Calendar>)>>,
    rows: Mutex<Option<CachedRows>>,
    looked: Mutex<Vec<Looked>>,
    uncertain: Mutex<Option<(i64, Arc<Vec<CustomerId>>)>>,
    all_joined: Mutex<Option<(i64, Arc<History>)>>,
    views: Mutex<Vec<views::Kept>>,
    story: Mutex<Option<CachedStory>>,
    dependences: Mutex<Option<CachedDependences>>,
    apart: lists::Last<(), Vec<SetApart>>,
    listed: lists::Last<CustomersQuery, customers::Listed>,
    listed_orders: lists::Last<OrdersQuery, order_list::Listed>,
}

/// How many people may be one with somebody else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Uncertain {
    pub(super) count: u32,
    /// Of those asked about; nothing when there is nobody.
    pub(super) share: Option<f64>,
}

/// What the customer rows of one ledger version and scope are made from.
type CachedRows = (i64, Scope, Arc<Rows>);

/// Dependence on events in one ledger version and view.
type CachedDependences = (i64, KeptView, Arc<Dependences>);

/// The groups of the past of one ledger version and scope.
type CachedStory = (i64, Scope, Arc<GroupStory>);

impl Session {
    /// Opens the ledger at `path`, making it when it is not there.
    pub fn open(path: &Path, language: Language) -> Result<Session, Error> {
        Session::with(Ledger::open(path)?, language)
    }

    /// Opens the ledger at `path`; a failure when it is not there, so that a mistyped path makes no new one.
    pub fn open_existing(path: &Path, language: Language) -> Result<Session, Error> {
        if path.exists() { Session::open(path, language) } else { Err(Error::NoLedger(path.to_owned())) }
    }

    /// A ledger in memory, for tests.
    pub fn in_memory(language: Language) -> Result<Session, Error> {
        Session::with(Ledger::open_in_memory()?, language)
    }

    fn with(ledger: Ledger, language: Language) -> Result<Session, Error> {
        let store_name = ledger.remembered_store(Mall::Yahoo)?.unwrap_or_default();
        Ok(Session {
            ledger,
            catalogue: Catalogue::new(language),
            store_name,
            layouts: Layouts::default(),
            secret: None,
            today: super::clock::now().day(),
            draft: None,
            arriving: Mutex::default(),
            first_figures: Mutex::default(),
            cached: Mutex::new(None),
            reach: Mutex::new(None),
            writing: Mutex::new(None),
            calendar: Mutex::new(None),
            rows: Mutex::new(None),
            looked: Mutex::default(),
            uncertain: Mutex::new(None),
            all_joined: Mutex::new(None),
            views: Mutex::default(),
            story: Mutex::new(None),
            dependences: Mutex::new(None),
            apart: Mutex::default(),
            listed: Mutex::default(),
            listed_orders: Mutex::default(),
        })
    }

    /// What files are compared with: the malls' layouts, one described now, and what the owner has said before.
    pub(super) fn layouts(&self) -> Result<Layouts, Error> {
        let maps = self.ledger.remembered_maps()?.into_iter().map(|stored| (stored.fingerprint, stored.map));
        Ok(self.layouts.remembering(maps.collect(), self.ledger.pointed_headers()?))
    }

    /// The first rows of files whose owner is asked what their columns mean.
    pub(super) fn looked(&self) -> MutexGuard<'_, Vec<Looked>> {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All sales as columns, read once per version: from the file beside the ledger, else from the ledger itself.
    pub fn history(&self) -> Result<Arc<History>, Error> {
        let version = self.ledger.version()?;
        let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, history)) = &*cached
            && *of == version
        {
            return Ok(history.clone());
        }
        let before = self.columns();
        let arrived = self.arrived(before.as_ref());
        let history = match (arrived, before.as_ref().and_then(Columns::read)) {
            (Some(history), _) => history,
            (None, Some(history)) => Arc::new(self.furnished(history)?),
            (None, None) => {
                let history = Arc::new(self.load()?);
                // Of a ledger that changed meanwhile it may be half of the one state and half of the other.
                if let Some(columns) = before.filter(|_| self.ledger.version().is_ok_and(|now| now == version)) {
                    self.keep(columns, history.clone());
                }
                history
            }
        };
        *cached = Some((version, history.clone()));
        Ok(history)
    }

    /// How far the history reaches; of a ledger with columns beside it known without reading them.
    pub(super) fn reach(&self) -> Result<Reach, Error> {
        let version = self.ledger.version()?;
        let mut reach = self.reach.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, reach)) = &*reach
            && *of == version
        {
            return Ok(reach.clone());
        }
        let found = match self.columns().as_ref().and_then(Columns::reach) {
            Some(found) => found,
            None => Reach::of(&*self.history()?),
        };
        *reach = Some((version, found.clone()));
        Ok(found)
    }

    /// The history as it would be if every likely pair were one person.
    pub(super) fn history_all_joined(&self) -> Result<Arc<History>, Error> {
        let version = self.ledger.version()?;
        let mut cached = self.all_joined.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, history)) = &*cached
            && *of == version
        {
            return Ok(history.clone());
        }
        let mut one: FxHashMap<CustomerId, CustomerId> = FxHashMap::default();
        let root = |one: &FxHashMap<CustomerId, CustomerId>, mut of: CustomerId| {
            while let Some(next) = one.get(&of) {
                of = *next;
            }
            of
        };
        for (a, b) in self.ledger.likely_customers()? {
            let (a, b) = (root(&one, a), root(&one, b));
            if a != b {
                one.insert(a.max(b), a.min(b));
            }
        }
        let every: Vec<CustomerId> = one.keys().copied().collect();
        let flat = every.into_iter().map(|customer| (customer, root(&one, customer))).collect::<FxHashMap<_, _>>();
        let history = self.history()?;
        let named = |customer: CustomerId| flat.get(&customer).copied().unwrap_or(customer);
        let history = if flat.is_empty() { history } else { Arc::new(history.renamed(named)) };
        *cached = Some((version, history.clone()));
        Ok(history)
    }

    /// People who may be one with somebody else, ascending; looked up once per version.
    fn uncertain(&self) -> Result<Arc<Vec<CustomerId>>, Error> {
        let version = self.ledger.version()?;
        let mut cached = self.uncertain.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, uncertain)) = &*cached
            && *of == version
        {
            return Ok(uncertain.clone());
        }
        let mut people: Vec<CustomerId> =
            self.ledger.likely_customers()?.into_iter().flat_map(|(a, b)| [a, b]).collect();
        people.sort_unstable();
        people.dedup();
        let people = Arc::new(people);
        *cached = Some((version, people.clone()));
        Ok(people)
    }

    /// How many of these people may be one with somebody else.
    pub(super) fn uncertain_among(&self, customers: impl Iterator<Item = CustomerId>) -> Result<Uncertain, Error> {
        let uncertain = self.uncertain()?;
        let (mut count, mut all) = (0u32, 0u32);
        for customer in customers {
            all += 1;
            count += u32::from(uncertain.binary_search(&customer).is_ok());
        }
        Ok(Uncertain { count, share: (all > 0).then(|| f64::from(count) / f64::from(all)) })
    }

    /// The built-in events, the imported windows and the owner's changes, put together once per version of the ledger.
    pub(super) fn calendar(&self) -> Result<Arc<Calendar>, Error> {
        let version = self.ledger.version()?;
        let mut cached = self.calendar.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, calendar)) = &*cached
            && *of == version
        {
            return Ok(calendar.clone());
        }
        let campaigns = self.ledger.campaigns()?;
        let known = events::with_campaigns(events::calendar(), &campaigns, self.today);
        let calendar = Arc::new(events::with_changes(known, &self.ledger.event_changes()?).0);
        *cached = Some((version, calendar.clone()));
        Ok(calendar)
    }

    /// What the rows of the view, which must be that of `scope`, are made from; kept until ledger or scope change, because
    /// a list is paged and sorted again and again.
    pub(super) fn rows(&self, view: &View<'_>, scope: &Scope) -> Result<Arc<Rows>, Error> {
        let version = self.ledger.version()?;
        let mut cached = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of_version, of_scope, rows)) = &*cached
            && *of_version == version
            && of_scope == scope
        {
            return Ok(rows.clone());
        }
        let rows = Arc::new(Rows::of(view, Some(self.dependences(view)?)));
        *cached = Some((version, scope.clone(), rows.clone()));
        Ok(rows)
    }

    /// Dependence on events in this view; kept for the next question about it.
    pub(super) fn dependences(&self, view: &View<'_>) -> Result<Arc<Dependences>, Error> {
        let version = self.ledger.version()?;
        let mut cached = self.dependences.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of_version, of, dependences)) = &*cached
            && *of_version == version
            && of.is_of(view)
        {
            return Ok(dependences.clone());
        }
        let dependences = Arc::new(points::dependences(self, view)?);
        *cached = Some((version, view.keep().without_items(), dependences.clone()));
        Ok(dependences)
    }

    /// The groups of the past, of the view of `scope`; kept until ledger or scope change.
    pub(super) fn story(&self, view: &View<'_>, scope: &Scope) -> Result<Arc<GroupStory>, Error> {
        let version = self.ledger.version()?;
        let scope = Scope { group: None, ..scope.clone() };
        let mut cached = self.story.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of_version, of_scope, story)) = &*cached
            && *of_version == version
            && *of_scope == scope
        {
            return Ok(story.clone());
        }
        let story = Arc::new(group_story::story(view));
        *cached = Some((version, scope, story.clone()));
        Ok(story)
    }

    /// Reads all sales.
    fn load(&self) -> Result<History, Error> {
        let mut products = self.ledger.products()?;
        // Costs stand in an order that no import changes.
        products.sort_unstable_by_key(|product| product.product_hash);
        let mut book = CostBook::open(&self.ledger, &products)?;
        let mut items: Vec<Item> = Vec::new();
        let mut item_of_code = FxHashMap::default();
        // Item and place of the product, by the product's id.
        let mut of_product: FxHashMap<i64, (u32, u32)> = FxHashMap::default();
        let mut products: Vec<(usize, Product)> = products.into_iter().enumerate().collect();
        products.sort_unstable_by_key(|(_, product)| product.product_id);
        for (place, product) in products {
            let item = *item_of_code.entry((product.mall, product.code.clone())).or_insert_with(|| {
                items.push(Item { mall: product.mall, code: product.code.clone(), name: String::new() });
                items.len() as u32 - 1
            });
            of_product.insert(product.product_id, (item, place as u32));
            items[item as usize].name = product.name;
        }
        let mut builder = HistoryBuilder::default();
        let mut lines: Vec<LineRow> = Vec::new();
        let mut inputs: Vec<LineInput> = Vec::new();
        let mut is_damaged = false;
        self.ledger.sales(|sale, sold, prefecture| {
            lines.clear();
            inputs.clear();
            for line in sold.iter().filter(|line| line.quantity > 0) {
                let Some(&(item, product)) = of_product.get(&line.product_id) else {
                    is_damaged = true;
                    continue;
                };
                let quantity = u32::try_from(line.quantity).unwrap_or(u32::MAX);
                lines.push(LineRow { item, quantity, goods: line.goods });
                inputs.push(CostBook::line(line, product));
            }
            let row = OrderRow {
                order: sale.order_id,
                customer: sale.customer_id,
                ordered_at: sale.ordered_at,
                time_known: sale.time_known,
                mall: sale.mall,
                goods: sale.goods,
                net_sales: sale.net_sales,
                margin: None,
                shop_coupon: sale.shop_coupon,
                paid_by_mall: sale.paid_by_mall,
                mall_coupon: sale.mall_coupon,
                point_multiplier: sale.point_multiplier,
                split: sale.split,
                subscription: sale.subscription,
                gift: sale.gift,
            };
            builder.push_costed(row, &lines, book.order(&sale, prefecture), &inputs);
        })?;
        if is_damaged {
            return Err(crate::ledger::Error::Damaged.into());
        }
        let costs = book.finish(&self.ledger, &mut builder)?;
        let mut history = builder.finish(items);
        history.costs = Some(Arc::new(costs));
        history.work_margins_out();
        self.furnished(history)
    }

    /// With what hangs on the day and the language besides.
    fn furnished(&self, mut history: History) -> Result<History, Error> {
        history.rules = group_rules::kept(&self.ledger.setting_changes()?, self.today);
        history.categories = item_words::categories_of(self, &history)?;
        Ok(history)
    }
}
