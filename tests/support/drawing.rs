//! What every figure must keep to.

use otokui_lib::chart::Figure;
use std::path::PathBuf;

/// Compares with the recorded drawing and checks what holds for all of them. `least` is the smallest width and
/// height of a region that this figure allows.
pub fn check(name: &str, figure: &Figure, least: f64) {
    let svg = figure.svg.as_str();
    well_formed(svg).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    for forbidden in ["style=", "NaN", "inf", "<script", "href", "<image"] {
        assert!(!svg.contains(forbidden), "{name} contains {forbidden}");
    }
    let open = format!("viewBox=\"0 0 {} {}\"", figure.width, figure.height);
    assert!(svg.contains(&open) && svg.contains("aria-hidden=\"true\"") && svg.contains("class=\"figure\""));
    assert!(svg.len() <= 60_000, "{name} is {} bytes long", svg.len());
    regions_can_be_hit(name, figure, least);

    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/figures").join(format!("{name}.svg"));
    if std::env::var_os("OTOKUI_BLESS").is_some() {
        std::fs::write(&path, svg).expect("the goldens' folder is there");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == svg, "{name} is drawn differently from {}; OTOKUI_BLESS=1 records it", path.display());
}

fn regions_can_be_hit(name: &str, figure: &Figure, least: f64) {
    let (width, height) = (f64::from(figure.width), f64::from(figure.height));
    let slack = 0.15;
    for (place, region) in figure.regions.iter().enumerate() {
        let (right, bottom) = (region.x + region.width, region.y + region.height);
        let inside = region.x >= 0.0 && region.y >= 0.0 && right <= width + slack && bottom <= height + slack;
        assert!(inside, "{name}: region {place} leaves the view box: {region:?}");
        let large = region.width >= least - slack && region.height >= least - slack;
        assert!(large, "{name}: region {place} is smaller than {least} px: {region:?}");
        for other in &figure.regions[place + 1..] {
            let beside = other.x >= right - slack || region.x >= other.x + other.width - slack;
            let above = other.y >= bottom - slack || region.y >= other.y + other.height - slack;
            assert!(beside || above, "{name}: {region:?} and {other:?} overlap");
            let before = other.y >= bottom - slack || other.x >= region.x - slack;
            assert!(before, "{name}: {other:?} stands before {region:?} in reading order");
        }
    }
}

/// A small reader: tags are balanced, attributes quoted and given once, no bare `&`, ids given once.
pub fn well_formed(xml: &str) -> Result<(), String> {
    let (mut open, mut ids) = (Vec::new(), Vec::new());
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        entities(&rest[..start])?;
        let end = rest[start..].find('>').ok_or("a tag does not end")? + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let closed = tag.ends_with('/');
        let (name, mut attributes) =
            tag.trim_end_matches('/').split_once(' ').unwrap_or((tag.trim_end_matches('/'), ""));
        let mut keys = Vec::new();
        while !attributes.trim().is_empty() {
            let (key, after) =
                attributes.trim().split_once("=\"").ok_or(format!("an attribute without value in <{tag}>"))?;
            let (value, next) = after.split_once('"').ok_or(format!("a quote does not end in <{tag}>"))?;
            entities(value)?;
            if keys.contains(&key) || key.contains(' ') || value.contains('<') {
                return Err(format!("attribute {key} in <{tag}>"));
            }
            keys.push(key);
            if key == "id" {
                if ids.contains(&value) {
                    return Err(format!("id {value} twice"));
                }
                ids.push(value);
            }
            attributes = next;
        }
        if !closed {
            open.push(name);
        }
    }
    if open.is_empty() && rest.trim().is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}

fn entities(text: &str) -> Result<(), String> {
    for part in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "apos;"].iter().any(|e| part.starts_with(e));
        if !known {
            return Err(format!("a bare & in {text}"));
        }
    }
    Ok(())
}
