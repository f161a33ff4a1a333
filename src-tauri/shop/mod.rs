//! What an order is.
//!
//! Plain values with units in their types; nothing here reads files, a clock or another room.

pub mod beside;
pub mod contact;
pub mod customer;
pub mod date_form;
pub mod day;
pub mod identity;
pub mod money;
pub mod nameless;
pub mod order;
pub mod payment;
pub mod said;
pub mod stretch;

pub use beside::Beside;
/// A text of an order: up to 24 bytes need no memory of their own, and most names, codes and numbers are shorter.
pub use compact_str::CompactString as Text;
pub use contact::{ContactKind, NewContact};
pub use customer::{Buyer, CustomerId};
pub use date_form::DateForm;
pub use day::{Day, JAPAN_AHEAD_SECONDS, Moment, Month};
pub use money::Yen;
pub use order::{Mall, Order, OrderLine, OrderStatus, ShipTo};
pub use payment::Payment;
pub use said::Said;
pub use stretch::{Stretch, StretchHash};
