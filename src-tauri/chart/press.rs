//! Plotters' SVG text → ours: inks become classes and colours, equal neighbours share a group, numbers are short.
//!
//! The pencil draws at ten times the size, because plotters knows whole pixels only, and writes an ink as the
//! colour `#0000NN`. Plotters writes one element per line, a text in three.

use super::canvas::{FONT, Ink};
use super::pencil::FINE;
use std::fmt::Write;

/// The finished drawing; `name` sets its ids apart from others on the page.
pub(super) fn press(raw: &str, name: &str, width: u32, height: u32) -> String {
    let mut body = String::with_capacity(raw.len() / 2);
    let mut open_group = String::new();
    let mut hatches: Vec<Ink> = Vec::new();
    let mut lines = raw.lines();
    while let Some(line) = lines.next() {
        let Some(element) = Element::read(line) else { continue };
        let Some((group, own)) = element.written(name, &mut hatches) else { continue };
        if group != open_group {
            if !open_group.is_empty() {
                body.push_str("</g>\n");
            }
            let _ = writeln!(body, "<g{group}>");
            open_group = group;
        }
        if element.tag == "text" {
            let words = lines.next().unwrap_or_default();
            let _ = writeln!(body, "<text{own}>{words}</text>");
        } else {
            let _ = writeln!(body, "<{}{own}/>", element.tag);
        }
    }
    if !open_group.is_empty() {
        body.push_str("</g>\n");
    }
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"{FONT}\" aria-hidden=\"true\" focusable=\"false\">\n"
    );
    if !hatches.is_empty() {
        svg.push_str("<defs>\n");
        hatches.iter().for_each(|ink| svg.push_str(&hatch(*ink, name)));
        svg.push_str("</defs>\n");
    }
    svg + &body + "</svg>\n"
}

/// Slanted lines in the ink's colour, on its ground.
fn hatch(ink: Ink, name: &str) -> String {
    let look = ink.look();
    let mut text = format!(
        "<pattern id=\"{}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">",
        hatch_id(ink, name)
    );
    let stroke = match look.hatch.unwrap_or_default() {
        "" => 1.2,
        ground => {
            let _ = write!(
                text,
                "<rect class=\"paper\" color=\"{ground}\" width=\"6\" height=\"6\" fill=\"currentColor\"/>"
            );
            3.2
        }
    };
    let _ = writeln!(
        text,
        "<rect class=\"{}\" color=\"{}\" width=\"{stroke}\" height=\"6\" fill=\"currentColor\"/></pattern>",
        look.class, look.colour
    );
    text
}

fn hatch_id(ink: Ink, name: &str) -> String {
    format!("{name}-hatch-{}", ink.look().class)
}

struct Element<'a> {
    tag: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Element<'a> {
    fn read(line: &'a str) -> Option<Element<'a>> {
        let inside = line.strip_prefix('<')?.trim_end_matches(['>', '/']);
        let (tag, mut rest) = inside.split_once(' ')?;
        let mut attributes = Vec::new();
        while let Some((key, after)) = rest.split_once("=\"") {
            let (value, next) = after.split_once('"')?;
            attributes.push((key.trim(), value));
            rest = next;
        }
        (tag != "svg").then_some(Element { tag, attributes })
    }

    fn get(&self, key: &str) -> &'a str {
        self.attributes.iter().find(|(k, _)| *k == key).map_or("", |(_, value)| value)
    }

    fn fine(&self, key: &str) -> f64 {
        self.get(key).parse::<f64>().unwrap_or_default() / FINE
    }

    /// What it shares with its neighbours, and what is its own; nothing for what cannot be seen.
    fn written(&self, name: &str, hatches: &mut Vec<Ink>) -> Option<(String, String)> {
        let filled = Ink::of_code(self.get("fill"));
        let ink = filled.or_else(|| Ink::of_code(self.get("stroke")))?;
        let look = ink.look();
        let mut group = format!(" class=\"{}\" color=\"{}\"", look.class, look.colour);
        if look.hatch.is_some() {
            if !hatches.contains(&ink) {
                hatches.push(ink);
            }
            group = format!(" fill=\"url(#{})\"", hatch_id(ink, name));
        } else if filled.is_some() {
            group.push_str(" fill=\"currentColor\"");
        } else {
            let _ = write!(
                group,
                " fill=\"none\" stroke=\"currentColor\" stroke-width=\"{}\"",
                Short(self.fine("stroke-width"))
            );
            if self.tag == "polyline" {
                group.push_str(" stroke-linejoin=\"round\" stroke-linecap=\"round\"");
            }
        }
        group.push_str(look.more);
        let mut own = String::new();
        let mut number = |key: &str, value: f64| {
            let _ = write!(own, " {key}=\"{}\"", Short(value));
        };
        match self.tag {
            "text" => {
                let size = self.fine("font-size");
                let drop = match self.get("dy") {
                    "0.76em" => 0.84,
                    "0.5ex" => 0.35,
                    _ => -0.14,
                };
                let _ = write!(group, " font-size=\"{}\"", Short(size));
                match self.get("text-anchor") {
                    "start" => {}
                    anchor => {
                        let _ = write!(group, " text-anchor=\"{anchor}\"");
                    }
                }
                if self.get("font-weight") == "bold" {
                    group.push_str(" font-weight=\"bold\"");
                }
                number("x", self.fine("x"));
                number("y", self.fine("y") + drop * size);
            }
            "polyline" | "polygon" => {
                own.push_str(" points=\"");
                for (place, pair) in self.get("points").split_ascii_whitespace().enumerate() {
                    let (x, y) = pair.split_once(',')?;
                    let [x, y] = [x, y].map(|n| Short(n.parse::<f64>().unwrap_or_default() / FINE));
                    let _ = write!(own, "{}{x},{y}", if place > 0 { " " } else { "" });
                }
                own.push('"');
            }
            _ => {
                for key in ["x", "y", "width", "height", "cx", "cy", "r", "x1", "y1", "x2", "y2"] {
                    if !self.get(key).is_empty() {
                        number(key, self.fine(key));
                    }
                }
            }
        }
        Some((group, own))
    }
}

impl Ink {
    fn of_code(code: &str) -> Option<Ink> {
        code.strip_prefix("#0000").and_then(|digits| u8::from_str_radix(digits, 16).ok()).map(Ink)
    }
}

/// A number with at most one decimal.
struct Short(f64);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round();
        // adding zero turns −0 into 0
        write!(f, "{}", tenths / 10.0 + 0.0)
    }
}
