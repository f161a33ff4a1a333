//! Dates and times as people write them and spreadsheets show them: 令和8年3月1日, R8.3.1, 午後3時5分, 3:05 PM.

/// The year before the first of an era, and how it is written. No mall is older than 平成.
const ERAS: [(&str, u32); 4] = [("令和", 2018), ("平成", 1988), ("R", 2018), ("H", 1988)];

/// How a spreadsheet writes the days of the week.
const WEEKDAYS: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];

/// The same moment with its year counted from Christ and its time as `HH:MM:SS`, of a text in NFKC; nothing for one that is
/// written plainly, or not understood.
pub(super) fn plain(stated: &str) -> Option<String> {
    let text = without_weekday(stated);
    let (day, time) = match text.split_once('日') {
        Some((day, time)) => (format!("{day}日"), time.to_owned()),
        None => text
            .split_once(char::is_whitespace)
            .map_or((text.clone(), String::new()), |(day, time)| (day.to_owned(), time.to_owned())),
    };
    let (day, time) = (of_an_era(&day).unwrap_or(day), time.trim());
    let time = if time.is_empty() { String::new() } else { format!(" {}", plain_time(time)?) };
    let plain = day + &time;
    (plain != stated).then_some(plain)
}

/// `HH:MM:SS` of a time of day alone. A number alone is none.
pub(super) fn plain_time(text: &str) -> Option<String> {
    let text = text.to_ascii_uppercase();
    if !text.contains(['時', ':']) {
        return None;
    }
    let half = |word: &str| {
        let rest = text.strip_prefix(word).or_else(|| text.strip_suffix(word))?;
        Some(rest.trim().to_owned())
    };
    let is = |words: [&str; 2]| words.into_iter().find_map(half);
    let (rest, later) = match (is(["午前", "AM"]), is(["午後", "PM"])) {
        (Some(rest), _) => (rest, Some(0)),
        (_, Some(rest)) => (rest, Some(12)),
        _ => (text.clone(), None),
    };
    let rest = rest.replace(['時', '分'], ":").replace('秒', "");
    let mut parts = rest.trim_end_matches(':').split(':').map(|part| part.trim().parse::<u32>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next().unwrap_or(Some(0))?, parts.next().unwrap_or(Some(0))?);
    let hour = match later {
        // Noon and midnight are 12 on such a clock.
        Some(later) if hour <= 12 => hour % 12 + later,
        Some(0) => return None,
        _ => hour,
    };
    let is_time = hour < 24 && minute < 60 && second < 60 || (hour, minute, second) == (24, 0, 0);
    (parts.next().is_none() && is_time).then(|| format!("{hour:02}:{minute:02}:{second:02}"))
}

/// The day with the year of our time, of one that names an era.
fn of_an_era(day: &str) -> Option<String> {
    let (rest, before) = ERAS.iter().find_map(|(name, before)| {
        let upper = day.get(..name.len())?.to_ascii_uppercase();
        (upper == *name).then(|| (&day[name.len()..], *before))
    })?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0);
    let (year, rest) = match (rest.strip_prefix('元'), end) {
        (Some(rest), _) => (1, rest),
        (None, Some(end)) => (rest[..end].parse().ok().filter(|year| (1..100).contains(year))?, &rest[end..]),
        _ => return None,
    };
    // A letter and numbers with lines between them are rather a code.
    (!rest.starts_with('-')).then(|| format!("{}{rest}", before + year))
}

/// Without `(日)`.
fn without_weekday(text: &str) -> String {
    match (text.find('('), text.find(')')) {
        (Some(from), Some(to)) if from < to && WEEKDAYS.contains(&&text[from + 1..to]) => {
            format!("{} {}", text[..from].trim(), text[to + 1..].trim()).trim().to_owned()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_no_day() {
        for text in ["R7-1-2", "H12-3-4", "R", "H-1-2", "令和-1-2"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn what_people_write_becomes_what_a_program_writes() {
        for (text, expected) in [
            ("令和8年3月1日", "2026年3月1日"),
            ("令和元年5月1日 9:05", "2019年5月1日 09:05:00"),
            ("平成31年4月30日 23時59分", "2019年4月30日 23:59:00"),
            ("R8.3.1 10:00:00", "2026.3.1 10:00:00"),
            ("h30/4/1", "2018/4/1"),
            ("2026/3/1 午後3:05", "2026/3/1 15:05:00"),
            ("2026/3/1 3:05:09 PM", "2026/3/1 15:05:09"),
            ("2026/3/1 12:05 am", "2026/3/1 00:05:00"),
            ("2026/3/1 午後0:30", "2026/3/1 12:30:00"),
            ("2026-03-01 13時48分", "2026-03-01 13:48:00"),
            ("2026年3月1日(日) 10:00", "2026年3月1日 10:00:00"),
            ("2026年3月1日15時", "2026年3月1日 15:00:00"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "令和8",
            "2026/3/1 25時",
            "2026/3/1 13:60",
            "R",
            "令和",
            "午後",
            "2026/3/1 1:2:3:4",
            "2026/3/1 ?",
            "2026/3/1 10",
        ] {
            let plain = plain(text);
            assert!(plain.as_deref().is_none_or(|plain| !plain.contains(':')), "{text}: {plain:?}");
        }
    }
}
