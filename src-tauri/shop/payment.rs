//! How an order was paid: a few kinds, whatever words a mall has for them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How an order was paid. Which words of a mall mean which of them stands in its layout (`assets/malls/`); of a word that
/// stands nowhere nothing is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// Credit card.
    Card = 1,
    /// PayPay, from its balance or its points.
    #[serde(rename = "paypay")]
    PayPay = 2,
    /// The mall's points cover everything.
    Points = 3,
    /// In a convenience store or at a machine, before sending.
    ConvenienceStore = 4,
    /// Transfer to the shop's bank account.
    BankTransfer = 5,
    /// To the driver.
    CashOnDelivery = 6,
    /// With the telephone bill.
    Carrier = 7,
    /// After receiving.
    Deferred = 8,
    /// A known way that is none of these: electronic money, instalments, cheques.
    Other = 9,
}

impl Payment {
    /// All, in the order of their numbers.
    pub const ALL: [Payment; 9] = [
        Payment::Card,
        Payment::PayPay,
        Payment::Points,
        Payment::ConvenienceStore,
        Payment::BankTransfer,
        Payment::CashOnDelivery,
        Payment::Carrier,
        Payment::Deferred,
        Payment::Other,
    ];

    /// The number in the ledger, 1–9; never given to another kind.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The kind of a number; nothing for a number of a later program.
    pub fn of_number(number: u8) -> Option<Payment> {
        Payment::ALL.into_iter().find(|payment| payment.number() == number)
    }

    /// The word on the wire and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            Payment::Card => "card",
            Payment::PayPay => "paypay",
            Payment::Points => "points",
            Payment::ConvenienceStore => "convenience_store",
            Payment::BankTransfer => "bank_transfer",
            Payment::CashOnDelivery => "cash_on_delivery",
            Payment::Carrier => "carrier",
            Payment::Deferred => "deferred",
            Payment::Other => "other",
        }
    }
}

impl fmt::Display for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_name_one_kind_each() {
        for payment in Payment::ALL {
            assert_eq!(Payment::of_number(payment.number()), Some(payment));
            let said = serde_json::to_value(payment).expect("a word");
            assert_eq!(said, payment.word(), "the wire and the catalogue say the same");
        }
        assert_eq!([Payment::of_number(0), Payment::of_number(10)], [None, None]);
    }
}
