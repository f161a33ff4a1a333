//! What the shop sells. Every product, name and price is invented.

use crate::shop::Day;

/// A shelf of the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shelf {
    /// Coffee.
    Coffee,
    /// Tea.
    Tea,
    /// Pet food and pet goods.
    Pet,
    /// Soap and cleaning.
    Soap,
    /// Sweets and nuts.
    Sweets,
    /// Rice, oil, seasoning.
    Pantry,
    /// Towels and other goods.
    Daily,
    /// Sets meant as a present.
    Gift,
}

/// One product.
#[derive(Debug)]
pub(crate) struct Item {
    /// The shop's code, the same on both malls.
    pub(crate) code: &'static str,
    /// Name in the malls.
    pub(crate) name: &'static str,
    /// Where it stands.
    pub(crate) shelf: Shelf,
    /// Price of a piece in its first days, tax included, yen.
    pub(crate) price: i64,
    /// What the shop pays for a piece, yen; nothing when the owner has not written it down yet.
    pub(crate) cost: Option<i64>,
    /// Tax rate in thousandths: 80 food, 100 other.
    pub(crate) tax_permille: u16,
    /// Days one piece lasts in one household; 0 for what is not used up.
    pub(crate) lasts_days: u16,
    /// How often it is taken, against 1.
    pub(crate) liked: f64,
    /// First day on sale as year, month, day; nothing when it was always there.
    since: Option<(i32, u32, u32)>,
    /// Variants: code ending and text, one `name:choice` a line.
    pub(crate) variants: &'static [(&'static str, &'static str)],
}

impl Item {
    /// Whether it is on sale on this day.
    pub(crate) fn is_sold_on(&self, day: Day) -> bool {
        self.first_day().is_none_or(|first| first <= day)
    }

    /// First day on sale, if it came during the shop's history.
    pub(crate) fn first_day(&self) -> Option<Day> {
        self.since.and_then(|(year, month, day)| Day::from_ymd(year, month, day))
    }

    /// Price on this day: everything rose by about four per cent in April 2026.
    pub(crate) fn price_on(&self, day: Day) -> i64 {
        if Day::from_ymd(2026, 4, 1).is_some_and(|rise| day >= rise) && self.price > 1_000 {
            (self.price * 104 / 100 + 5) / 10 * 10
        } else {
            self.price
        }
    }
}

const GRIND: &[(&str, &str)] = &[
    ("mame", "挽き方:豆のまま\n内容量:200g"),
    ("chu", "挽き方:中挽き\n内容量:200g"),
    ("hoso", "挽き方:細挽き\n内容量:200g"),
];
const BAG: &[(&str, &str)] = &[("tea", "タイプ:ティーバッグ"), ("leaf", "タイプ:茶葉")];
const SCENT: &[(&str, &str)] = &[("yuzu", "香り:ゆず"), ("hinoki", "香り:ひのき"), ("non", "香り:無香料")];
const COLOUR: &[(&str, &str)] = &[("sora", "カラー:そら色\nサイズ:M"), ("kinari", "カラー:生成り\nサイズ:M")];
const NONE: &[(&str, &str)] = &[];

/// All products; the place in this list is the product's number.
pub(crate) const ITEMS: &[Item] = &[
    item("cf-001", "こもれび珈琲 おうちブレンド 200g", Shelf::Coffee, 1480, 620, 80, 30, 9.0, None, GRIND),
    item("cf-002", "こもれび珈琲 深煎りよふけブレンド 200g", Shelf::Coffee, 1580, 660, 80, 30, 6.0, None, GRIND),
    item("cf-003", "こもれび珈琲 浅煎りあさつゆ 200g", Shelf::Coffee, 1680, 720, 80, 30, 4.0, None, GRIND),
    item("cf-004", "こもれび珈琲 カフェインレス 200g", Shelf::Coffee, 1780, 790, 80, 30, 4.0, None, GRIND),
    item("cf-005", "こもれび珈琲 ドリップバッグ 30袋", Shelf::Coffee, 2480, 1050, 80, 28, 5.0, None, NONE),
    item(
        "cf-006",
        "【1000円ポッキリ】こもれび珈琲 お試し①②③ 3種セット",
        Shelf::Coffee,
        1000,
        520,
        80,
        0,
        7.0,
        None,
        NONE,
    ),
    item("cf-007", "こもれび珈琲 水出しパック 12個", Shelf::Coffee, 1380, 560, 80, 24, 2.5, Some((2025, 5, 12)), NONE),
    item(
        "cf-008",
        "こもれび珈琲 森の朝市ブレンド 500g",
        Shelf::Coffee,
        3280,
        1390,
        80,
        70,
        3.0,
        Some((2025, 10, 6)),
        GRIND,
    ),
    item("te-001", "みどり野 深蒸し煎茶 100g", Shelf::Tea, 1180, 460, 80, 40, 4.0, None, NONE),
    item("te-002", "みどり野 ほうじ茶 徳用 300g", Shelf::Tea, 1380, 520, 80, 50, 4.0, None, BAG),
    item("te-003", "みどり野 国産ルイボスティー 50包", Shelf::Tea, 1620, 640, 80, 45, 4.0, None, NONE),
    item("te-004", "みどり野 黒豆茶 30包", Shelf::Tea, 980, 380, 80, 30, 2.0, None, NONE),
    item("te-005", "みどり野 ゆず緑茶 20包", Shelf::Tea, 1080, 430, 80, 0, 1.5, Some((2025, 2, 3)), NONE),
    item("pt-001", "もふの台所 国産チキンドッグフード 1.5kg", Shelf::Pet, 3480, 1750, 100, 45, 6.0, None, NONE),
    item("pt-002", "もふの台所 シニア犬用ドッグフード 1.5kg", Shelf::Pet, 3780, 1920, 100, 45, 3.5, None, NONE),
    item("pt-003", "もふの台所 まぐろキャットフード 1.2kg", Shelf::Pet, 3180, 1580, 100, 45, 5.0, None, NONE),
    item("pt-004", "もふの台所 無添加ささみおやつ 120g", Shelf::Pet, 880, 390, 100, 20, 4.0, None, NONE),
    item("pt-005", "もふの台所 ひのき猫砂 6L×4袋", Shelf::Pet, 2680, 1420, 100, 40, 3.0, None, NONE),
    item("pt-006", "もふの台所 ペットシーツ 厚手 100枚", Shelf::Pet, 1980, 1080, 100, 35, 3.0, None, NONE),
    item(
        "pt-007",
        "もふの台所 やぎミルクパウダー 200g",
        Shelf::Pet,
        2180,
        980,
        100,
        50,
        5.0,
        Some((2026, 8, 24)),
        NONE,
    ),
    item("so-001", "しゃぼん工房ふわり 手づくり石けん 3個入", Shelf::Soap, 1650, 610, 100, 60, 4.0, None, SCENT),
    item("so-002", "しゃぼん工房ふわり 液体ハンドソープ 詰替 800ml", Shelf::Soap, 1280, 540, 100, 45, 3.5, None, SCENT),
    item("so-003", "しゃぼん工房ふわり 粉せっけん 2kg", Shelf::Soap, 1880, 890, 100, 60, 3.0, None, NONE),
    item("so-004", "しゃぼん工房ふわり 重曹 3kg", Shelf::Soap, 1180, 480, 100, 90, 2.0, None, NONE),
    item(
        "so-005",
        "しゃぼん工房ふわり シャンプーバー",
        Shelf::Soap,
        1980,
        760,
        100,
        60,
        2.5,
        Some((2025, 7, 1)),
        SCENT,
    ),
    item(
        "so-006",
        "【送料無料】しゃぼん工房ふわり ミニ石けんお試し 5個",
        Shelf::Soap,
        1000,
        470,
        100,
        0,
        4.0,
        None,
        NONE,
    ),
    item("sn-001", "くるみ堂 素焼きミックスナッツ 700g", Shelf::Sweets, 2280, 1120, 80, 30, 6.0, None, NONE),
    item("sn-002", "くるみ堂 素焼きアーモンド 1kg", Shelf::Sweets, 2480, 1280, 80, 40, 4.0, None, NONE),
    item("sn-003", "くるみ堂 ドライマンゴー 300g", Shelf::Sweets, 1680, 760, 80, 0, 3.0, None, NONE),
    item("sn-004", "くるみ堂 米粉クッキー 詰合せ 24枚", Shelf::Sweets, 1980, 820, 80, 0, 3.0, None, NONE),
    item("sn-005", "くるみ堂 訳ありバウムクーヘン 1kg", Shelf::Sweets, 1880, 830, 80, 0, 4.5, None, NONE),
    item("sn-006", "くるみ堂 焼き芋どら焼き 10個", Shelf::Sweets, 2180, 900, 80, 0, 5.0, Some((2026, 9, 18)), NONE),
    item("rc-001", "たなだ米 コシヒカリ 5kg", Shelf::Pantry, 3980, 2480, 80, 40, 4.0, None, NONE),
    item("rc-002", "たなだ米 もち麦 1kg", Shelf::Pantry, 1180, 540, 80, 40, 3.0, None, NONE),
    item("rc-003", "木桶しょうゆ 720ml 2本", Shelf::Pantry, 1780, 840, 80, 75, 2.0, None, NONE),
    item("rc-004", "だし屋のだしパック 30包", Shelf::Pantry, 1880, 720, 80, 35, 5.0, None, NONE),
    item("rc-005", "圧搾えごま油 180g 2本", Shelf::Pantry, 2680, 1240, 80, 45, 2.5, None, NONE),
    item("rc-006", "だし屋の減塩だしパック 30包", Shelf::Pantry, 1980, 780, 80, 35, 3.0, Some((2026, 2, 16)), NONE),
    item("dy-001", "そらいろタオル フェイスタオル 5枚組", Shelf::Daily, 2480, 1130, 100, 0, 3.0, None, COLOUR),
    item("dy-002", "そらいろタオル バスタオル 2枚組", Shelf::Daily, 3280, 1540, 100, 0, 2.0, None, COLOUR),
    item("dy-003", "みつろうラップ 3枚セット", Shelf::Daily, 1680, 590, 100, 0, 2.0, None, NONE),
    item("dy-004", "竹炭 消臭袋 6個入", Shelf::Daily, 1480, 580, 100, 180, 2.0, None, NONE),
    item("dy-005", "焼杉のまな板 中", Shelf::Daily, 3980, 1880, 100, 0, 1.0, None, NONE),
    item("gf-001", "【のし対応】珈琲とクッキーの贈りもの", Shelf::Gift, 3980, 1640, 80, 0, 5.0, None, NONE),
    item("gf-002", "【のし対応】銘茶三種詰合せ 木箱入", Shelf::Gift, 5400, 2180, 80, 0, 4.0, None, NONE),
    item(
        "gf-003",
        "【内祝い】そらいろタオル ふんわり仕立ての贈りもの",
        Shelf::Gift,
        4400,
        2050,
        100,
        0,
        3.0,
        None,
        COLOUR,
    ),
    item("gf-004", "【のし対応】だしと醤油の詰合せ ㈱ご挨拶にも", Shelf::Gift, 3500, 1480, 80, 0, 3.0, None, NONE),
    item("gf-005", "【のし対応】季節の焼菓子 極 30個", Shelf::Gift, 8000, 3650, 80, 0, 2.0, None, NONE),
    item(
        "gf-006",
        "【名入れ】石けんと入浴料のギフト",
        Shelf::Gift,
        3200,
        1240,
        100,
        0,
        2.0,
        Some((2025, 11, 4)),
        SCENT,
    ),
];

#[expect(clippy::too_many_arguments, reason = "one row of the table above")]
const fn item(
    code: &'static str,
    name: &'static str,
    shelf: Shelf,
    price: i64,
    cost: i64,
    tax_permille: u16,
    lasts_days: u16,
    liked: f64,
    since: Option<(i32, u32, u32)>,
    variants: &'static [(&'static str, &'static str)],
) -> Item {
    let cost = match since {
        Some((2026, 9, _)) => None,
        _ => Some(cost),
    };
    Item { code, name, shelf, price, cost, tax_permille, lasts_days, liked, since, variants }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_has_its_own_code_and_earns_something() {
        for (place, one) in ITEMS.iter().enumerate() {
            assert!(ITEMS[..place].iter().all(|other| other.code != one.code), "{} stands twice", one.code);
            assert!((600..=8_000).contains(&one.price), "{} costs {}", one.code, one.price);
            assert!(one.cost.is_none_or(|cost| cost < one.price), "{} is sold at a loss", one.code);
        }
    }
}
