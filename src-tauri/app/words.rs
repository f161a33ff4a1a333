//! Numbers and dates as an owner writes them, for sentences made in Rust.

use super::catalogue::{Catalogue, Language};
use crate::insight::Interval;
use crate::shop::{Day, Month, Yen};

/// `12300` → `12,300`.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// In a sentence: `12,300円`, `¥12,300`.
pub fn yen(amount: Yen, language: Language) -> String {
    match language {
        Language::Japanese => format!("{}円", grouped(amount.0)),
        Language::English => format!("{}¥{}", sign(amount.0), grouped(amount.0.abs())),
    }
}

/// A rough amount in a sentence: `4万円`, `1.2億円`; below 10,000 rounded to hundreds. English: `¥40,000`.
pub fn rough_yen(amount: Yen, language: Language) -> String {
    let step = match amount.0.unsigned_abs() {
        0..10_000 => 100,
        10_000..100_000 => 1_000,
        100_000..100_000_000 => 10_000,
        _ => 10_000_000,
    };
    let rounded = (amount.as_f64() / f64::from(step)).round() as i64 * i64::from(step);
    match language {
        Language::English => format!("{}¥{}", sign(rounded), grouped(rounded.abs())),
        Language::Japanese if rounded.abs() >= 100_000_000 => format!("{}億円", rounded as f64 / 1e8),
        Language::Japanese if rounded.abs() >= 10_000 => format!("{}万円", rounded as f64 / 1e4),
        Language::Japanese => format!("{}円", grouped(rounded)),
    }
}

fn sign(amount: i64) -> &'static str {
    if amount < 0 { "-" } else { "" }
}

/// As short as it gets, beside a bar: `4万円`; English `¥1.28M`, `-¥46k`, below 10,000 `¥9,800`.
pub fn short_yen(amount: Yen, language: Language) -> String {
    let size = amount.as_f64().abs();
    let number = match language {
        Language::Japanese => return rough_yen(amount, language),
        Language::English if size < 10_000.0 => return rough_yen(amount, language),
        Language::English if size < 1e6 => format!("{:.0}k", size / 1e3),
        Language::English => format!("{:.2}M", size / 1e6),
    };
    format!("{}¥{number}", sign(amount.0))
}

/// On an axis: `120万`, `1.2億`, `8,000`; English `1.2M`, `8k`. The unit stands in the figure's title.
pub fn axis_yen(amount: f64, language: Language) -> String {
    let size = amount.abs();
    let steps: &[(f64, &str)] = match language {
        Language::Japanese => &[(1e8, "億"), (1e4, "万")],
        Language::English => &[(1e6, "M"), (1e3, "k")],
    };
    match steps.iter().find(|(step, _)| size >= *step) {
        Some((step, unit)) => {
            let number = amount / step;
            let text = if number.abs() < 100.0 { format!("{number:.1}") } else { grouped(number.round() as i64) };
            format!("{}{unit}", text.strip_suffix(".0").unwrap_or(&text))
        }
        None => grouped(amount.round() as i64),
    }
}

/// Sentences one after the other; Japanese needs no space between them.
pub fn sentences(sentences: &[String], language: Language) -> String {
    let said: Vec<&str> = sentences.iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
    said.join(match language {
        Language::Japanese => "",
        Language::English => " ",
    })
}

/// Below this many people a share is told as a count.
pub const FEW: u32 = 30;

/// How many bought again within 90 days of the first time, against a year before; nothing while nobody had the time.
pub fn second_purchase(now: Option<Interval>, year_before: Option<Interval>, catalogue: &Catalogue) -> String {
    match (now, year_before) {
        (Some(now), _) if now.n < FEW => catalogue.text(
            "finding-f2-few",
            &[("back", ((now.value * f64::from(now.n)).round() as i64).into()), ("n", now.n.into())],
        ),
        (Some(now), Some(before)) if before.n >= FEW => {
            // A change counts as one only when it leaves the interval of the figure itself.
            let key = if before.value > now.high {
                "finding-f2-fell"
            } else if before.value < now.low {
                "finding-f2-rose"
            } else {
                "finding-f2-steady"
            };
            catalogue.text(key, &[("now", percent(now.value).into()), ("before", percent(before.value).into())])
        }
        (Some(now), _) => catalogue.text("finding-f2", &[("now", percent(now.value).into())]),
        (None, _) => String::new(),
    }
}

/// `0.1234` → `12.3%`. A half goes away from zero, as on the screens: `0.3125` is `31.3%`. What rounds to nothing has
/// no sign: `-0.0004` is `0.0%`.
pub fn percent(rate: f64) -> String {
    // Adding zero turns the zero below zero into the one above.
    format!("{:.1}%", (rate * 100.0 * 10.0).round() / 10.0 + 0.0)
}

/// In a sentence: `2026年1月5日`, `5 Jan 2026`.
pub fn day(day: Day, language: Language) -> String {
    let (year, month, date) = day.ymd();
    match language {
        Language::Japanese => format!("{year}年{month}月{date}日"),
        Language::English => format!("{date} {} {year}", MONTHS[month as usize - 1]),
    }
}

/// In a table: `2026/01/05`.
pub fn short_day(day: Day) -> String {
    let (year, month, date) = day.ymd();
    format!("{year}/{month:02}/{date:02}")
}

/// `2026年3月`, `Mar 2026`.
pub fn month(month: Month, language: Language) -> String {
    let (year, number) = month.ym();
    match language {
        Language::Japanese => format!("{year}年{number}月"),
        Language::English => format!("{} {year}", MONTHS[number as usize - 1]),
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_reads_as_an_owner_writes_it() {
        let ja = Language::Japanese;
        assert_eq!(yen(Yen(12_300), ja), "12,300円");
        assert_eq!(yen(Yen(-1_234_567), ja), "-1,234,567円");
        let en = Language::English;
        assert_eq!([yen(Yen(-46_267), en), yen(Yen(500), en)], ["-¥46,267", "¥500"], "the sign stands in front");
        assert_eq!(rough_yen(Yen(-46_267), en), "-¥46,000");
        assert_eq!(short_yen(Yen(-1_280_760), en), "-¥1.28M");
        assert_eq!([short_yen(Yen(45_160), en), short_yen(Yen(1_212), en)], ["¥45k", "¥1,200"]);
        assert_eq!(short_yen(Yen(-1_280_760), ja), "-128万円");
        assert_eq!(rough_yen(Yen(9_870), ja), "9,900円");
        assert_eq!(rough_yen(Yen(41_200), ja), "4.1万円");
        assert_eq!(rough_yen(Yen(1_234_567), ja), "123万円");
        assert_eq!(rough_yen(Yen(123_456_789), ja), "1.2億円");
        assert_eq!(rough_yen(Yen(41_200), Language::English), "¥41,000");
        assert_eq!(
            (percent(0.3125), percent(0.2345), percent(0.1234)),
            ("31.3%".into(), "23.5%".into(), "12.3%".into())
        );
        // -0.04 % rounds to nothing, -0.06 % to -0.1 %.
        assert_eq!((percent(-0.0004), percent(-0.0006), percent(0.0)), ("0.0%".into(), "-0.1%".into(), "0.0%".into()));
    }
}
