//! 見込み and その他: people who have not bought, from what the owner has written down and from orders that are no sales.

use crate::shop::{ContactKind, CustomerId, Day, Mall};
use rustc_hash::{FxHashMap, FxHashSet};

/// One contact, as far as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact<'a> {
    /// Its number.
    pub contact_id: i64,
    /// Where.
    pub mall: Mall,
    /// How.
    pub kind: ContactKind,
    /// When.
    pub on: Day,
    /// What the owner calls them; empty when nobody is named.
    pub name: &'a str,
    /// Who of the customers it is, where that has been said and they are in the ledger.
    pub customer: Option<CustomerId>,
}

/// Whom several contacts are one person of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Person<'a> {
    Customer(CustomerId),
    /// The same name at the same mall.
    Named(Mall, &'a str),
    Alone(i64),
}

/// How many people are in the two classes of those who have not bought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NotBought {
    /// 見込み: asked, reviewed or favourited, and bought nothing.
    pub prospects: u32,
    /// その他: everybody else without a sale.
    pub others: u32,
}

/// Counts the people of contacts up to a day and at a mall, where they are named, and those of `without_sale`, who have
/// orders of which none is a sale; each person once. Who `has_bought` is in neither class.
pub fn not_bought(
    contacts: &[Contact<'_>],
    without_sale: &FxHashSet<CustomerId>,
    until: Option<Day>,
    mall: Option<Mall>,
    has_bought: impl Fn(CustomerId) -> bool,
) -> NotBought {
    let mut interested: FxHashMap<Person<'_>, bool> = FxHashMap::default();
    for contact in
        contacts.iter().filter(|c| until.is_none_or(|day| c.on <= day) && mall.is_none_or(|mall| c.mall == mall))
    {
        if contact.customer.is_some_and(&has_bought) {
            continue;
        }
        *interested.entry(person(contact)).or_default() |= contact.kind.is_interest();
    }
    let has_orders = |person: &Person<'_>| matches!(person, Person::Customer(id) if without_sale.contains(id));
    let prospects = interested.values().filter(|is_interested| **is_interested).count();
    let of_orders = interested.iter().filter(|(person, is_interested)| **is_interested && has_orders(person)).count();
    let of_contacts =
        interested.iter().filter(|(person, is_interested)| !**is_interested && !has_orders(person)).count();
    NotBought { prospects: prospects as u32, others: (without_sale.len() - of_orders + of_contacts) as u32 }
}

fn person<'a>(contact: &Contact<'a>) -> Person<'a> {
    match (contact.customer, contact.name) {
        (Some(customer), _) => Person::Customer(customer),
        (None, "") => Person::Alone(contact.contact_id),
        (None, name) => Person::Named(contact.mall, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(contact_id: i64, kind: ContactKind, name: &str, customer: Option<i64>) -> Contact<'_> {
        Contact { contact_id, mall: Mall::Rakuten, kind, on: Day(100), name, customer: customer.map(CustomerId) }
    }

    fn count(contacts: &[Contact<'_>], without_sale: &[i64]) -> (u32, u32) {
        let without_sale = without_sale.iter().copied().map(CustomerId).collect();
        // Customers below 10 have bought.
        let found = not_bought(contacts, &without_sale, None, None, |id| id.0 < 10);
        (found.prospects, found.others)
    }

    #[test]
    fn everybody_who_has_not_bought_is_in_one_class() {
        use ContactKind::{Asked, Favourited, Other, Reviewed};
        assert_eq!(count(&[], &[]), (0, 0));
        assert_eq!(count(&[], &[20, 21]), (0, 2), "orders that were all cancelled");
        // Two without a name are two; one name twice is one person.
        let contacts = [
            contact(1, Asked, "", None),
            contact(2, Reviewed, "", None),
            contact(3, Asked, "ribbon lady", None),
            contact(4, Favourited, "ribbon lady", None),
            contact(5, Other, "met at the fair", None),
        ];
        assert_eq!(count(&contacts, &[]), (3, 1));
        // Somebody who was met and later asked is a prospect, once.
        let later = [contact(1, Other, "a", None), contact(2, Asked, "a", None)];
        assert_eq!(count(&later, &[]), (1, 0));
    }

    #[test]
    fn whoever_bought_is_no_prospect_and_whose_orders_were_cancelled_is_one() {
        use ContactKind::{Asked, Other};
        assert_eq!(count(&[contact(1, Asked, "a", Some(3))], &[]), (0, 0), "customer 3 has bought");
        // 20 asked as well, so they move from その他 to 見込み; 21 stays; 20's second contact counts nobody twice.
        let contacts = [contact(1, Asked, "a", Some(20)), contact(2, Other, "b", Some(20))];
        assert_eq!(count(&contacts, &[20, 21]), (1, 1));
        assert_eq!(count(&[contact(1, Other, "a", Some(20))], &[20]), (0, 1), "once, by orders and by contact");
    }

    #[test]
    fn a_contact_counts_from_its_day_on_and_at_its_mall() {
        let contacts = [contact(1, ContactKind::Asked, "", None)];
        let at =
            |until, mall| not_bought(&contacts, &FxHashSet::default(), Some(Day(until)), mall, |_| false).prospects;
        assert_eq!((at(99, None), at(100, None)), (0, 1));
        assert_eq!((at(100, Some(Mall::Rakuten)), at(100, Some(Mall::Yahoo))), (1, 0));
    }
}
