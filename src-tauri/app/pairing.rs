//! Which halves of one drop, and of those that wait in the ledger, hold whole orders together.

use super::drop::{Job, PartOfJob, Source, orders_of_half};
use super::error::Error;
use super::session::Session;
use super::watch::Watch;
use crate::intake::{self, Part};
use rustc_hash::FxHashSet;
use std::io::Write;
use tempfile::NamedTempFile;

/// Halves are of one period from this share of common orders on, among all orders of both kinds. Downloads of one period
/// hold the same orders, but for some that came in between; downloads of neighbouring months share a third or less.
const SAME_PERIOD: f64 = 0.8;

/// One orders half and one lines half given together are read as a pair from this share of the smaller one's orders
/// on: a template may leave some orders out. Below it they are of different periods.
const MEANT_FOR_EACH_OTHER: f64 = 0.5;

/// Halves, sorted out.
pub(super) struct Sorted {
    pub(super) jobs: Vec<Job>,
    pub(super) waiting: Vec<PartOfJob>,
    /// Given together, and not of one period.
    pub(super) misfit: Option<(PartOfJob, PartOfJob)>,
}

/// Orders halves, and lines halves.
type Halves = [Vec<PartOfJob>; 2];

/// Two halves of the same period belong together, the best match first. Of what is left, several are read together where
/// they hold the same orders only all together: one kind was downloaded by the month, the other not. What is left of this
/// drop then goes together when it is one half of each kind, or with one that was recorded and is given again; all
/// others wait.
pub(super) fn pair_up(halves: Halves, recorded: Halves) -> Sorted {
    let (mut jobs, mut left) = best_pairs(halves);
    jobs.extend(joined(&mut left));
    let of_this_drop = |part: &PartOfJob| part.index().is_some();
    let mut misfit = None;
    let places = [0, 1].map(|kind| {
        let mut found = left[kind].iter().enumerate().filter(|(_, part)| of_this_drop(part)).map(|(place, _)| place);
        found.next().filter(|_| found.next().is_none())
    });
    if let [Some(order), Some(line)] = places {
        let (order, line) = (left[0].remove(order), left[1].remove(line));
        let both = common(&order, &line);
        if both as f64 >= MEANT_FOR_EACH_OTHER * order.orders.len().min(line.orders.len()) as f64 && both > 0 {
            jobs.push(job(vec![order], vec![line]));
        } else {
            misfit = Some((order, line));
        }
    }
    jobs.extend(completed(&mut left, recorded));
    jobs.sort_by_key(|job| job.indices().into_iter().min());
    Sorted { jobs, waiting: left.into_iter().flatten().collect(), misfit }
}

/// The pairs of one half of each kind, and what is left.
fn best_pairs([orders, lines]: Halves) -> (Vec<Job>, Halves) {
    let mut matches: Vec<(f64, usize, usize)> = Vec::new();
    for (o, order) in orders.iter().enumerate() {
        for (l, line) in lines.iter().enumerate().filter(|(_, line)| line.mall == order.mall) {
            let both = common(order, line);
            let share = both as f64 / (order.orders.len() + line.orders.len() - both).max(1) as f64;
            if share >= SAME_PERIOD {
                matches.push((share, o, l));
            }
        }
    }
    // Of equally good ones the first go together.
    matches.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut orders: Vec<Option<PartOfJob>> = orders.into_iter().map(Some).collect();
    let mut lines: Vec<Option<PartOfJob>> = lines.into_iter().map(Some).collect();
    let mut jobs = Vec::new();
    for (_, o, l) in matches {
        if orders[o].is_some() && lines[l].is_some() {
            let pair = orders[o].take().zip(lines[l].take());
            jobs.extend(pair.map(|(orders, lines)| job(vec![orders], vec![lines])));
        }
    }
    (jobs, [orders, lines].map(|halves| halves.into_iter().flatten().collect()))
}

/// Takes out what holds whole orders only together: every half's orders are in those of the other kind, but for some that
/// came in between. Halves that wait came first and stand first, for of what two state the later one counts.
fn joined(left: &mut Halves) -> Vec<Job> {
    left.iter_mut().for_each(|kind| kind.sort_by_key(|part| part.index()));
    // What cannot be complete goes, and then what could be so only by it.
    let mut may = [0, 1].map(|kind: usize| vec![true; left[kind].len()]);
    loop {
        let lacks = |kind: usize, place: usize| {
            let part = &left[kind][place];
            let others: Vec<&PartOfJob> = (left[1 - kind].iter().zip(&may[1 - kind]))
                .filter(|(other, may)| **may && other.mall == part.mall)
                .map(|(other, _)| other)
                .collect();
            let is_met = |order: &&u64| others.iter().any(|other| other.orders.contains(order));
            let met = part.orders.iter().filter(is_met).count();
            met == 0 || (met as f64) < SAME_PERIOD * part.orders.len() as f64
        };
        let gone: Vec<(usize, usize)> = [0, 1]
            .into_iter()
            .flat_map(|kind| (0..left[kind].len()).map(move |place| (kind, place)))
            .filter(|(kind, place)| may[*kind][*place] && lacks(*kind, *place))
            .collect();
        if gone.is_empty() {
            break;
        }
        gone.into_iter().for_each(|(kind, place)| may[kind][place] = false);
    }
    let mut able: Halves = [Vec::new(), Vec::new()];
    for kind in [0, 1] {
        let mut may = may[kind].iter();
        let (able_now, rest) = std::mem::take(&mut left[kind]).into_iter().partition(|_| may.next() == Some(&true));
        (able[kind], left[kind]) = (able_now, rest);
    }
    let mut jobs = Vec::new();
    while !able[0].is_empty() {
        let group = linked(&mut able);
        let [orders, lines] = [0, 1].map(|kind: usize| {
            group[kind].iter().flat_map(|part| part.orders.iter().copied()).collect::<FxHashSet<u64>>()
        });
        let both = orders.intersection(&lines).count();
        if both as f64 >= SAME_PERIOD * (orders.len() + lines.len() - both) as f64 {
            let [orders, lines] = group;
            jobs.push(job(orders, lines));
        } else {
            left.iter_mut().zip(group).for_each(|(left, group)| left.extend(group));
        }
    }
    left[1].append(&mut able[1]);
    jobs
}

/// Takes out the first orders half, what has orders in common with it, what has with that, and so on.
fn linked(able: &mut Halves) -> Halves {
    let mut group: Halves = [vec![able[0].remove(0)], Vec::new()];
    loop {
        let before = group[0].len() + group[1].len();
        for kind in [1, 0] {
            let is_linked = |part: &mut PartOfJob| {
                group[1 - kind].iter().any(|other| other.mall == part.mall && common(part, other) > 0)
            };
            let found: Vec<PartOfJob> = able[kind].extract_if(.., is_linked).collect();
            group[kind].extend(found);
        }
        if group[0].len() + group[1].len() == before {
            return group;
        }
    }
}

/// Takes out the halves whose other half was recorded with another one, and is given again: it held more than that one.
fn completed(left: &mut Halves, mut recorded: Halves) -> Vec<Job> {
    let mut jobs = Vec::new();
    for kind in [0, 1] {
        for part in std::mem::take(&mut left[kind]) {
            let completes = |other: &PartOfJob| {
                other.mall == part.mall && common(&part, other) as f64 >= SAME_PERIOD * part.orders.len().max(1) as f64
            };
            match recorded[1 - kind].iter().position(completes) {
                Some(place) => {
                    let other = recorded[1 - kind].remove(place);
                    let (orders, lines) = if kind == 0 { (part, other) } else { (other, part) };
                    jobs.push(job(vec![orders], vec![lines]));
                }
                None => left[kind].push(part),
            }
        }
    }
    jobs
}

fn common(one: &PartOfJob, other: &PartOfJob) -> usize {
    one.orders.intersection(&other.orders).count()
}

fn job(orders: Vec<PartOfJob>, lines: Vec<PartOfJob>) -> Job {
    let (profile, mall, orders_halves) = (orders[0].profile, orders[0].mall, orders.len());
    Job { profile, mall, parts: orders.into_iter().chain(lines).collect(), orders_halves }
}

/// Halves the ledger keeps may complete those of this drop.
pub(super) fn add_waiting(session: &Session, halves: &mut [Vec<PartOfJob>; 2], watch: &Watch) -> Result<(), Error> {
    let in_drop: FxHashSet<[u8; 32]> =
        halves.iter().flatten().filter_map(|half| half.digests).map(|digests| digests.sha256).collect();
    for half in session.ledger.halves()?.into_iter().filter(|half| !in_drop.contains(&half.sha256)) {
        let bytes = session.ledger.half_bytes(half.waiting_id)?;
        let unwritable = |source| Error::Write { path: half.file_name.clone(), source };
        let mut file = NamedTempFile::new().map_err(unwritable)?;
        file.write_all(&bytes).and_then(|()| file.flush()).map_err(unwritable)?;
        let inspection = intake::inspect(file.path())?;
        let orders = orders_of_half(file.path(), watch)?;
        halves[usize::from(inspection.part == Part::LinesHalf)].push(PartOfJob {
            source: Source::Waiting { file },
            file_name: half.file_name,
            profile: &inspection.profile.id,
            mall: inspection.profile.mall,
            digests: None,
            bytes: bytes.len() as u64,
            orders,
            is_recorded: false,
        });
    }
    Ok(())
}
