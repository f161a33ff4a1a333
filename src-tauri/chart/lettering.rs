//! About how wide a text will be, and how to make it fit: plotters counts bytes, which is wrong for Japanese.

/// The widest of these words, px.
pub(super) fn widest<'t>(words: impl IntoIterator<Item = &'t String>, size: f64) -> f64 {
    words.into_iter().map(|w| text_width(w, size)).fold(0.0, f64::max)
}

/// About how wide a text is: full-width letters one em, others by kind.
pub(super) fn text_width(words: &str, size: f64) -> f64 {
    let em: f64 = words
        .chars()
        .map(|c| match c {
            '\u{1100}'..='\u{ff60}' | '\u{ffe0}'..='\u{1ffff}' => 1.0,
            'M' | 'W' | 'm' | 'w' | '%' | '¥' => 0.85,
            'A'..='Z' => 0.68,
            'i' | 'l' | 'j' | 't' | 'f' | 'r' | ' ' | '.' | ',' | ':' | '(' | ')' | '-' | '/' | '\'' => 0.36,
            _ => 0.58,
        })
        .sum();
    em * size
}

/// A text in as many lines as it needs, at most `most`; Japanese breaks anywhere, others at spaces; what does not
/// fit ends with 「…」. Two lines part where a reader would pause.
pub(super) fn wrapped(words: &str, width: f64, size: f64, most: usize) -> Vec<String> {
    if most > 1
        && text_width(words.trim(), size) > width
        && let Some((first, second)) = parted(words.trim(), width, size)
    {
        return vec![first.to_owned(), second.to_owned()];
    }
    let mut lines: Vec<String> = vec![String::new()];
    let mut rest = words.trim();
    while let Some(first) = rest.chars().next() {
        // the next piece: one full-width letter, or a word
        let head = first.len_utf8();
        let end = if first > '\u{1100}' {
            head
        } else {
            rest[head..].find(|c: char| c == ' ' || c > '\u{1100}').map_or(rest.len(), |at| head + at)
        };
        let (piece, after) = rest.split_at(end);
        let full = lines.len() == most;
        let Some(line) = lines.last_mut() else { break };
        let wider = format!("{line}{piece}");
        if text_width(wider.trim(), size) <= width || (line.is_empty() && !full) {
            *line = wider;
        } else if full {
            *line = shortened(&format!("{line}{rest}"), width, size);
            break;
        } else {
            lines.push(piece.trim_start().to_owned());
        }
        rest = after;
    }
    lines.into_iter().map(|l| shortened(l.trim(), width, size)).filter(|l| !l.is_empty()).collect()
}

/// Both lines of what fits on two; nothing where it does not.
///
/// A space parts best, then where a word of Chinese characters follows Japanese letters (離反しそうな｜優良), then any
/// change of script; of equals the one that makes both lines alike.
fn parted(words: &str, width: f64, size: f64) -> Option<(&str, &str)> {
    let mut best: Option<(f64, (&str, &str))> = None;
    let mut before = None;
    for (at, letter) in words.char_indices() {
        let Some(last) = before.replace(letter) else { continue };
        let Some(pause) = pause(last, letter) else { continue };
        let (first, second) = (words[..at].trim_end(), words[at..].trim_start());
        let [first_width, second_width] = [first, second].map(|line| text_width(line, size));
        if first_width > width || second_width > width || second.is_empty() {
            continue;
        }
        let worth = pause - (first_width - second_width).abs() / width;
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, (first, second)));
        }
    }
    best.map(|(_, lines)| lines)
}

/// How well a line ends between two letters; nothing where it must not.
fn pause(last: char, next: char) -> Option<f64> {
    let is_full = |c: char| c > '\u{1100}';
    let is_hiragana = |c: char| ('\u{3041}'..='\u{309f}').contains(&c);
    let is_katakana = |c: char| ('\u{30a1}'..='\u{30ff}').contains(&c);
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    if matches!(last, ' ' | '\u{3000}' | '\u{ff1a}') {
        return Some(1.5);
    }
    let opens = "([{\u{ff08}\u{ff3b}\u{3008}\u{300a}\u{300c}\u{300e}\u{3010}".contains(last);
    let is_shut = |c| "\u{3009}\u{300b}\u{300d}\u{300f}\u{3011}\u{ff09}\u{ff3d}".contains(c);
    // Small letters and marks that belong to what stands before them: っ ー 、 …
    let small = "\u{3041}\u{3043}\u{3045}\u{3047}\u{3049}\u{3063}\u{3083}\u{3085}\u{3087}\u{30fc}\u{30fb}";
    let small_katakana = "\u{30a1}\u{30a3}\u{30a5}\u{30a7}\u{30a9}\u{30c3}\u{30e3}\u{30e5}\u{30e7}";
    let marks = ")]}\u{3001}\u{3002}\u{301c}\u{ff5e}\u{2026}";
    let closes = is_shut(next) || [small, small_katakana, marks].iter().any(|those| those.contains(next));
    if !(is_full(last) || is_full(next)) || next == ' ' || opens || closes {
        return None;
    }
    Some(match (last, next) {
        (last, next) if is_hiragana(last) && (is_han(next) || is_katakana(next)) => 0.8,
        (last, _) if is_shut(last) => 0.8,
        (last, next) if is_hiragana(last) == is_hiragana(next) && is_katakana(last) == is_katakana(next) => 0.0,
        _ => 0.4,
    })
}

/// The text itself, or as much of it as fits before 「…」.
pub(super) fn shortened(words: &str, width: f64, size: f64) -> String {
    if text_width(words, size) <= width {
        return words.to_owned();
    }
    let mut text = String::new();
    for letter in words.chars() {
        if text_width(&text, size) + text_width(&letter.to_string(), size) + size > width {
            break;
        }
        text.push(letter);
    }
    text.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_breaks_where_its_script_allows() {
        let check = |words: &str, width: f64, expected: &[&str]| assert_eq!(wrapped(words, width, 10.0, 2), expected);
        check("離反しそうな優良", 200.0, &["離反しそうな優良"]);
        check("離反しそうな優良", 60.0, &["離反しそうな", "優良"]);
        check("離反しそうな優良", 70.0, &["離反しそうな", "優良"]);
        check("離反しそうな優良", 30.0, &["離反し", "そう…"]);
        check("くるみ堂 素焼きミックスナッツ 700g", 150.0, &["くるみ堂", "素焼きミックスナッツ 700g"]);
        check("【お試し】ドリップバッグ", 90.0, &["【お試し】", "ドリップバッグ"]);
        check("しゃぼん工房", 50.0, &["しゃぼん", "工房"]);
        check("Needs attention", 70.0, &["Needs", "attention"]);
        check("", 70.0, &[]);
    }
}
