//! What the owner has told this ledger, to be written out again and compared with.

use super::batches::mall_of;
use super::compare::{OrderName, optional};
use super::{Error, Ledger, said_taken};
use crate::shop::said::{Named, Said, SaidColumns, SaidDecision, SaidEvent, SaidMap, SaidNote, SaidSetting, SaidStore};
use crate::shop::{CustomerId, Day, Moment};
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};

/// Something the owner has said that is in the ledger.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) said: Said,
    /// Number of its row; 0 for what has none.
    pub(super) id: i64,
    /// It follows from what an export has brought.
    pub(super) is_brought: bool,
    /// It was taken back or removed, and nothing of it is shown any more.
    pub(super) is_gone: bool,
}

impl Ledger {
    /// Everything the owner has told this ledger, each in the order in which it holds: every change of a setting and of
    /// the event calendar, undone ones too; decisions, notes, actions and contacts that stand; how files are read.
    pub fn everything_said(&self) -> Result<Vec<Said>, Error> {
        Ok(standing(&self.connection)?.into_iter().filter(|one| !one.is_gone).map(|one| one.said).collect())
    }

    /// Customers a note is about now, by the note's number; nobody while their import is taken back.
    pub fn noted_customers(&self) -> Result<FxHashMap<i64, Vec<CustomerId>>, Error> {
        Ok(self.notes(None)?.into_iter().map(|note| (note.note_id, note.customers)).collect())
    }
}

/// Everything the owner has said, gone or not.
pub(super) fn standing(connection: &Connection) -> Result<Vec<Standing>, Error> {
    let mut all = settings(connection)?;
    all.extend(events(connection)?);
    all.extend(decisions(connection)?);
    all.extend(notes(connection)?);
    all.extend(said_taken::actions(connection)?);
    all.extend(said_taken::contacts(connection)?);
    all.extend(readings(connection)?);
    Ok(all)
}

/// Numbers that ascend in the order in which changes hold: an own change counts after brought ones, whatever its number.
#[derive(Default)]
struct Ascending {
    last: i64,
    of: i64,
}

impl Ascending {
    fn number(&mut self, change_id: i64) -> i64 {
        if change_id != self.of {
            self.of = change_id;
            self.last = change_id.max(self.last + 1);
        }
        self.last
    }
}

/// Gives each its place among those of one second, in the order in which they stand. What an export has brought keeps
/// the place it has there.
pub(super) fn number_equals(mut found: Vec<(Standing, Option<u32>)>) -> Vec<Standing> {
    let stated = |(one, brought_as): &(Standing, Option<u32>)| Some((one.said.key(), (*brought_as)?));
    let mut taken: FxHashSet<(String, u32)> = found.iter().filter_map(stated).collect();
    for (one, brought_as) in &mut found {
        let equal = one.said.key();
        let place = brought_as.or_else(|| (0..).find(|place| taken.insert((equal.clone(), *place))));
        one.said.set_occurrence(place.unwrap_or_default());
    }
    found.into_iter().map(|(one, _)| one).collect()
}

fn settings(connection: &Connection) -> Result<Vec<Standing>, Error> {
    let mut statement = connection.prepare_cached(
        "select change_id, changed_at, setting, value, holds_from, undone_at, is_brought, brought_as from setting_changes
         order by is_brought desc, change_id, setting",
    )?;
    let (mut rows, mut found) = (statement.query([])?, Vec::new());
    let mut numbers = Ascending::default();
    while let Some(row) = rows.next()? {
        let (id, changed_at, setting) = (row.get(0)?, Moment(row.get(1)?), row.get::<_, String>(2)?);
        let said = Said::Setting(SaidSetting {
            number: numbers.number(id),
            changed_at,
            occurrence: 0,
            setting,
            value: row.get(3)?,
            holds_from: row.get::<_, Option<i32>>(4)?.map(Day),
            undone_at: row.get::<_, Option<i64>>(5)?.map(Moment),
        });
        found.push((Standing { said, id, is_brought: row.get(6)?, is_gone: false }, row.get(7)?));
    }
    Ok(number_equals(found))
}

fn events(connection: &Connection) -> Result<Vec<Standing>, Error> {
    let mut statement = connection.prepare_cached(
        "select change_id, changed_at, rule_key, what, rule, undone_at, is_brought, brought_as from event_changes
         order by is_brought desc, change_id",
    )?;
    let (mut rows, mut found) = (statement.query([])?, Vec::new());
    let mut numbers = Ascending::default();
    while let Some(row) = rows.next()? {
        let (id, changed_at, rule_key) = (row.get(0)?, Moment(row.get(1)?), row.get::<_, String>(2)?);
        let said = Said::Event(SaidEvent {
            number: numbers.number(id),
            changed_at,
            occurrence: 0,
            rule_key,
            what: row.get(3)?,
            rule: row.get(4)?,
            undone_at: row.get::<_, Option<i64>>(5)?.map(Moment),
        });
        found.push((Standing { said, id, is_brought: row.get(6)?, is_gone: false }, row.get(7)?));
    }
    Ok(number_equals(found))
}

fn decisions(connection: &Connection) -> Result<Vec<Standing>, Error> {
    let mut statement = connection.prepare_cached(
        "select decision_id, decided_at, kind, order_key, undone_at, is_brought, brought_as, order_number
         from identity_decisions
         order by decision_id",
    )?;
    let mut sides = connection
        .prepare_cached("select side, buyer_hash from decided_buyers where decision_id = ?1 order by 1, 2")?;
    let (mut rows, mut found) = (statement.query([])?, Vec::new());
    while let Some(row) = rows.next()? {
        let (id, decided_at, kind): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let mut of: [Vec<Named>; 2] = Default::default();
        let order_key: Option<i64> = row.get(3)?;
        if let Some(key) = order_key {
            of[0].extend(order_of_key(connection, key, row.get(7)?)?);
        }
        let mut of_sides = sides.query([id])?;
        while let Some(row) = of_sides.next()? {
            of[usize::from(row.get::<_, i64>(0)? == 2)].push(name_of(connection, row.get(1)?)?);
        }
        of.iter_mut().for_each(|side| {
            side.sort();
            side.dedup();
        });
        let is_gone = row.get::<_, Option<i64>>(4)?.is_some() || (order_key.is_some() && of[0].is_empty());
        let said =
            Said::Decision(SaidDecision { number: id, decided_at: Moment(decided_at), kind, sides: of, occurrence: 0 });
        found.push((Standing { said, id, is_brought: row.get(5)?, is_gone }, row.get(6)?));
    }
    Ok(number_equals(found))
}

fn notes(connection: &Connection) -> Result<Vec<Standing>, Error> {
    let mut statement = connection.prepare_cached(
        "select note_id, written_at, changed_at, note, is_brought, brought_as from notes order by note_id",
    )?;
    let mut noted = connection.prepare_cached("select buyer_hash from noted_buyers where note_id = ?1 order by 1")?;
    let (mut rows, mut found) = (statement.query([])?, Vec::new());
    while let Some(row) = rows.next()? {
        let (id, written_at, text): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let mut about = Vec::new();
        let mut hashes = noted.query([id])?;
        while let Some(row) = hashes.next()? {
            about.push(name_of(connection, row.get(0)?)?);
        }
        about.sort();
        about.dedup();
        let is_gone = text.is_empty();
        let said = Said::Note(SaidNote {
            number: id,
            written_at: Moment(written_at),
            changed_at: Moment(row.get(2)?),
            text,
            about,
            occurrence: 0,
        });
        found.push((Standing { said, id, is_brought: row.get(4)?, is_gone }, row.get(5)?));
    }
    Ok(number_equals(found))
}

fn readings(connection: &Connection) -> Result<Vec<Standing>, Error> {
    let mut found = Vec::new();
    let mut add = |said, is_brought| found.push(Standing { said, id: 0, is_brought, is_gone: false });
    let mut maps = connection.prepare_cached(
        "select fingerprint, file_name, headers, map, remembered_at, is_brought from remembered_maps
         order by remembered_at, fingerprint",
    )?;
    let mut rows = maps.query([])?;
    while let Some(row) = rows.next()? {
        let map = SaidMap {
            fingerprint: row.get(0)?,
            file_name: row.get(1)?,
            headers: row.get(2)?,
            map: row.get(3)?,
            remembered_at: Moment(row.get(4)?),
        };
        add(Said::Map(map), row.get(5)?);
    }
    let mut columns = connection.prepare_cached(
        "select fingerprint, code_header, cost_header, is_brought from remembered_columns order by fingerprint",
    )?;
    let mut rows = columns.query([])?;
    while let Some(row) = rows.next()? {
        let columns = SaidColumns { fingerprint: row.get(0)?, code_header: row.get(1)?, cost_header: row.get(2)? };
        add(Said::Columns(columns), row.get(3)?);
    }
    let mut stores =
        connection.prepare_cached("select mall, store, is_brought from remembered_stores order by mall")?;
    let mut rows = stores.query([])?;
    while let Some(row) = rows.next()? {
        let mall = mall_of(row.get_ref(0)?.as_str().unwrap_or_default());
        add(Said::Store(SaidStore { mall, store: row.get(1)? }), row.get(2)?);
    }
    Ok(found)
}

/// The first of a buyer's orders that count; the hash of a buyer who has none.
pub(super) fn name_of(connection: &Connection, hash: i64) -> Result<Named, Error> {
    let found = optional(
        connection
            .prepare_cached(
                "select s.mall, s.account, o.number from buyers b
                 cross join orders o on
                     (o.buyer_id = b.buyer_id and o.order_id < 1073741824
                         or o.buyer_id = b.buyer_id and o.order_id >= 1073741824)
                 join stores s on s.store_id = o.store_id
                 where
                     (b.buyer_hash = ?1 and b.is_newer = 0 or b.buyer_hash = ?1 and b.is_newer = 1) and o.is_current = 1
                 order by s.mall, s.account, o.number limit 1",
            )?
            .query_row([hash], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?))),
    )?;
    Ok(found.map_or(Named::Hash(hash), |(mall, store, number)| Named::Order(mall_of(&mall), store, number)))
}

/// The order of a separation; nothing for one whose import was taken back, for the key does not say its mall.
fn order_of_key(connection: &Connection, key: i64, number: String) -> Result<Option<Named>, Error> {
    let Some(order) = OrderName::of_key(connection, key, &number)? else { return Ok(None) };
    let (mall, store): (String, String) = connection
        .prepare_cached("select mall, account from stores where store_id = ?1")?
        .query_row([order.store_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Some(Named::Order(mall_of(&mall), store, number)))
}
