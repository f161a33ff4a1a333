//! Wide classes of customers, for choosing whose turn it is.

use super::GroupKey;
use std::fmt;
use std::str::FromStr;

/// Classes wider than the groups; everybody the ledger knows is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CustomerClass {
    /// 最優良顧客: the group 最優良.
    Best,
    /// 顧客: every other group that has not gone quiet.
    Customer,
    /// スリーピング: 離反しそうな優良, 離反リスク and 休眠.
    Sleeping,
    /// 見込み: asked, reviewed or favourited, not bought.
    Prospect,
    /// その他: everybody else, such as people whose orders were all cancelled.
    Other,
}

impl CustomerClass {
    /// All five, in their order on the screen.
    pub const ALL: [CustomerClass; 5] = [
        CustomerClass::Best,
        CustomerClass::Customer,
        CustomerClass::Sleeping,
        CustomerClass::Prospect,
        CustomerClass::Other,
    ];

    /// The classes of people who have bought.
    pub const BUYERS: [CustomerClass; 3] = [CustomerClass::Best, CustomerClass::Customer, CustomerClass::Sleeping];

    /// The class of a group's people.
    pub fn of(group: GroupKey) -> CustomerClass {
        match group {
            GroupKey::Champions => CustomerClass::Best,
            GroupKey::CoolingBest | GroupKey::AtRisk | GroupKey::Dormant => CustomerClass::Sleeping,
            _ => CustomerClass::Customer,
        }
    }

    /// The word on the wire, in addresses and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            CustomerClass::Best => "best",
            CustomerClass::Customer => "customer",
            CustomerClass::Sleeping => "sleeping",
            CustomerClass::Prospect => "prospect",
            CustomerClass::Other => "other",
        }
    }
}

impl fmt::Display for CustomerClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for CustomerClass {
    type Err = ();
    fn from_str(text: &str) -> Result<CustomerClass, ()> {
        CustomerClass::ALL.into_iter().find(|class| class.word() == text).ok_or(())
    }
}
