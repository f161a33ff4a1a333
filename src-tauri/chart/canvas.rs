//! Sizes, palette, classes; the finished figure.
//!
//! Colours stand in the drawing as presentation attributes (`color` and `currentColor`), so a figure is complete
//! without a style sheet, and every painted thing carries a class, so the page can recolour it for the dark theme
//! and for print: `.figure .ink { color: … }` is enough, whether the thing is filled or stroked.
//!
//! | class | what |
//! | --- | --- |
//! | `figure` | the `svg` itself; the font family stands on it |
//! | `ink` | digits and marks that matter, mean and frame lines |
//! | `quiet` | axis digits, secondary words |
//! | `grid` | hair lines |
//! | `axis` | the base line |
//! | `paper` | what lies behind: gaps between marks, the light half of a hatch, insides of rings |
//! | `halo` | on texts, besides their colour class: a stroke of paper colour around the letters (`stroke`, not `color`) |
//! | `light-halo`, `dark-halo` | the same for digits on hatched cells of the heat scale |
//! | `category-1` … `category-6` | series, in the order of the palette |
//! | `word-1` … `word-6` | names written in the colour of their series |
//! | `band-1` | the interval around the first series (its `fill-opacity` stands beside it) |
//! | `heat-1` … `heat-7` | the heat scale, lightest first |
//! | `on-light`, `on-dark` | digits on `heat-1`…`heat-5`, on `heat-6`…`heat-7` |
//! | `few`, `on-few` | cells that rest on too few people, and their digits |
//! | `blank` | cells with nobody |
//! | `border` | borders between groups |
//! | `window` | the expected window |
//! | `open`, `open-on-dark` | the hatch over what is not over yet |
//!
//! `heat-…`, `on-…`, `open…`, `light-halo` and `dark-halo` belong together and may stay as they are in a dark
//! theme; `border` lies on them and stays dark too. The rest follows the theme, `few`, `on-few` and `blank` in step.

use serde::Serialize;

/// SVG text made by this room only; every text from an export in it is escaped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, type = "string"))]
#[serde(transparent)]
pub struct Svg(pub(crate) String);

impl Svg {
    /// The drawing as text, ready to be put into a page.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How large, in CSS pixels, and which of the drawings of one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canvas<'a> {
    /// Sets this drawing's ids apart from those of the same figure elsewhere on the page (`sales`); may be empty.
    pub id: &'a str,
    /// Width.
    pub width: u32,
    /// Height: 280 beside another figure, 360 alone.
    pub height: u32,
}

impl Canvas<'_> {
    /// Beside another figure.
    pub const HALF: Canvas<'static> = Canvas { id: "", width: 528, height: 280 };
    /// Alone in the content column.
    pub const WHOLE: Canvas<'static> = Canvas { id: "", width: 1080, height: 360 };
    /// The line on a card.
    pub const CARD: Canvas<'static> = Canvas { id: "", width: 160, height: 40 };
}

/// A finished drawing and what lies where in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Figure {
    /// The drawing, `viewBox` 0 0 width height, no scripts, no outside references, `aria-hidden`.
    pub svg: Svg,
    /// Width of the view box.
    pub width: u32,
    /// Height of the view box.
    pub height: u32,
    /// In reading order; they do not overlap.
    pub regions: Vec<Region>,
}

/// A place in a figure that shows its value on hover and focus, and opens the people behind it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Region {
    /// Left edge in view-box pixels.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width; where the figure allows it at least 24.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// What it shows, as a sentence fragment with value and n: 「2025年3月 ¥123,000（41人）」.
    pub label: String,
    /// The people behind it, as `customers?people=` understands them; nothing where there are none.
    pub people: Option<String>,
    /// What is chosen there instead, to be looked at beside others: the key of a cohort.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub choose: Option<String>,
}

/// Fonts by preference; the page uses the same.
pub(super) const FONT: &str = "'BIZ UDPGothic', Meiryo, 'Hiragino Sans', 'Noto Sans CJK JP', sans-serif";
/// Digits on axes and in cells, px.
pub(super) const SMALL: f64 = 12.0;
/// Names and values at marks, px.
pub(super) const BODY: f64 = 13.0;
/// Counts of the group map, px.
pub(super) const LARGE: f64 = 18.0;
/// The smallest target for a finger or a shaky hand, px.
pub(super) const TARGET: f64 = 24.0;
/// Paper, for halos.
pub(super) const PAPER_COLOUR: &str = "#FBFAF7";

/// A colour by its meaning: a place in `LOOKS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink(pub u8);

/// What an ink looks like.
pub(super) struct Look {
    /// Its class.
    pub class: &'static str,
    /// Its colour in the light theme.
    pub colour: &'static str,
    /// Further presentation attributes, each with a leading space.
    pub more: &'static str,
    /// Painted as slanted lines on this ground (empty: see-through) instead of solid.
    pub hatch: Option<&'static str>,
}

const fn look(class: &'static str, colour: &'static str) -> Look {
    Look { class, colour, more: "", hatch: None }
}
const fn hatched(class: &'static str, colour: &'static str, ground: &'static str) -> Look {
    Look { class, colour, more: "", hatch: Some(ground) }
}
const fn with(class: &'static str, colour: &'static str, more: &'static str) -> Look {
    Look { class, colour, more, hatch: None }
}

impl Ink {
    pub const TEXT: Ink = Ink(0);
    pub const QUIET: Ink = Ink(1);
    pub const GRID: Ink = Ink(2);
    pub const AXIS: Ink = Ink(3);
    pub const PAPER: Ink = Ink(4);
    pub const BAND: Ink = Ink(5);
    pub const BORDER: Ink = Ink(6);
    pub const WINDOW: Ink = Ink(7);
    pub const OPEN: Ink = Ink(8);
    pub const FEW: Ink = Ink(9);
    pub const ON_FEW: Ink = Ink(10);
    pub const BLANK: Ink = Ink(11);
    pub const TEXT_HALO: Ink = Ink(12);
    pub const QUIET_HALO: Ink = Ink(13);
    pub const ON_LIGHT: Ink = Ink(14);
    pub const ON_DARK: Ink = Ink(15);
    pub const DASHED: Ink = Ink(16);
    pub const LEADER: Ink = Ink(17);
    pub const OPEN_ON_DARK: Ink = Ink(18);
    pub const ON_DARK_HALO: Ink = Ink(19);
    pub const ON_LIGHT_HALO: Ink = Ink(51);

    /// Series 0–5.
    pub const fn category(place: usize) -> Ink {
        Ink(20 + (place % 6) as u8)
    }
    /// Series 0–5, dashed: what is not over yet.
    pub const fn category_dashed(place: usize) -> Ink {
        Ink(26 + (place % 6) as u8)
    }
    /// Series 0–5, hatched: what is not over yet.
    pub const fn category_hatched(place: usize) -> Ink {
        Ink(32 + (place % 6) as u8)
    }
    /// The name of series 0–5.
    pub const fn word(place: usize) -> Ink {
        Ink(38 + (place % 6) as u8)
    }
    /// Step 0–6 of the heat scale.
    pub const fn heat(step: usize) -> Ink {
        Ink(44 + if step > 6 { 6 } else { step as u8 })
    }
    /// Digits on that step.
    pub const fn on_heat(step: usize) -> Ink {
        if step < 5 { Ink::ON_LIGHT } else { Ink::ON_DARK }
    }

    /// How it is painted.
    pub fn look(self) -> &'static Look {
        LOOKS.get(usize::from(self.0)).unwrap_or(&LOOKS[0])
    }
}

const HALO: &str = r##" stroke="#FBFAF7" stroke-width="4" stroke-linejoin="round" paint-order="stroke""##;
const LIGHT_HALO: &str = r##" stroke="#EFF6FC" stroke-width="4" stroke-linejoin="round" paint-order="stroke""##;
const DARK_HALO: &str = r##" stroke="#1F5F9E" stroke-width="4" stroke-linejoin="round" paint-order="stroke""##;
const DASHES: &str = r#" stroke-dasharray="4 3""#;

/// Every ink, in the order of the constants above. Colours: CIEDE2000 ≥ 18 apart in four kinds of sight for the
/// series, contrast ≥ 4.7:1 for digits on the heat scale. Words in the third series' ochre are darkened to 4.5:1.
static LOOKS: [Look; 52] = [
    look("ink", "#1F2933"),
    look("quiet", "#52606D"),
    look("grid", "#E3DED3"),
    look("axis", "#7B8794"),
    look("paper", PAPER_COLOUR),
    with("band-1", "#1E86E5", r#" fill-opacity="0.14""#),
    look("border", "#1F2933"),
    with("window", "#0B5CAD", r#" fill-opacity="0.12""#),
    Look { class: "open", colour: "#52606D", more: r#" fill-opacity="0.6""#, hatch: Some("") },
    look("few", "#EDEAE3"),
    look("on-few", "#5A6672"),
    look("blank", "#F6F3EC"),
    with("ink halo", "#1F2933", HALO),
    with("quiet halo", "#52606D", HALO),
    look("on-light", "#1A1A1A"),
    look("on-dark", "#FFFFFF"),
    with("quiet", "#52606D", DASHES),
    look("quiet", "#7B8794"),
    Look { class: "open-on-dark", colour: "#FFFFFF", more: r#" fill-opacity="0.6""#, hatch: Some("") },
    with("on-dark dark-halo", "#FFFFFF", DARK_HALO),
    look("category-1", "#1E86E5"),
    look("category-2", "#622F0F"),
    look("category-3", "#1D5D56"),
    look("category-4", "#DE1E95"),
    look("category-5", "#95802A"),
    look("category-6", "#3A0A5E"),
    with("category-1", "#1E86E5", DASHES),
    with("category-2", "#622F0F", DASHES),
    with("category-3", "#1D5D56", DASHES),
    with("category-4", "#DE1E95", DASHES),
    with("category-5", "#95802A", DASHES),
    with("category-6", "#3A0A5E", DASHES),
    hatched("category-1", "#1E86E5", PAPER_COLOUR),
    hatched("category-2", "#622F0F", PAPER_COLOUR),
    hatched("category-3", "#1D5D56", PAPER_COLOUR),
    hatched("category-4", "#DE1E95", PAPER_COLOUR),
    hatched("category-5", "#95802A", PAPER_COLOUR),
    hatched("category-6", "#3A0A5E", PAPER_COLOUR),
    with("word-1 halo", "#1468B8", HALO),
    with("word-2 halo", "#622F0F", HALO),
    with("word-3 halo", "#1D5D56", HALO),
    with("word-4 halo", "#B81479", HALO),
    with("word-5 halo", "#6E5E1C", HALO),
    with("word-6 halo", "#3A0A5E", HALO),
    look("heat-1", "#EFF6FC"),
    look("heat-2", "#CFE3F5"),
    look("heat-3", "#A3C9EA"),
    look("heat-4", "#6FA8DC"),
    look("heat-5", "#4389CA"),
    look("heat-6", "#1F5F9E"),
    look("heat-7", "#0B3D6E"),
    with("on-light light-halo", "#1A1A1A", LIGHT_HALO),
];
