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
/// fit ends with 「…」.
pub(super) fn wrapped(words: &str, width: f64, size: f64, most: usize) -> Vec<String> {
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
        check("離反しそうな優良", 30.0, &["離反し", "そう…"]);
        check("Needs attention", 70.0, &["Needs", "attention"]);
        check("", 70.0, &[]);
    }
}
