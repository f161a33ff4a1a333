//! Where the window stood and how large it was, kept from one start to the next.

use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;
use tauri::{PhysicalPosition, PhysicalSize, WebviewWindow, Window};

/// What is kept of the window, beside the ledger.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Where it stood when it was neither small nor filling the screen.
    pub place: Option<Place>,
    /// It filled the screen.
    pub maximized: bool,
    /// The version of Otokui whose page drew without the graphics card only; another version tries again.
    pub without_graphics: Option<String>,
}

/// A window's place in pixels of the screen, from its top left corner: outside left and top, inside width and height.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
}

impl Kept {
    /// What the last start left; nothing kept when there is none or it cannot be read.
    pub fn read(file: &Path) -> Kept {
        fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Keeps it for the next start. Only a convenience: a folder that cannot be written is no failure.
    pub fn write(&self, file: &Path) {
        let unfinished = file.with_extension("part");
        let Ok(bytes) = serde_json::to_vec(self) else { return };
        if fs::write(&unfinished, bytes).is_ok() {
            let _ = fs::rename(unfinished, file);
        }
    }

    /// Looks where the window is now. A small or hidden window says nothing.
    pub fn look(&mut self, window: &Window) {
        if window.is_minimized().unwrap_or(true) || !window.is_visible().unwrap_or(false) {
            return;
        }
        self.maximized = window.is_maximized().unwrap_or(false);
        if self.maximized {
            return;
        }
        if let (Ok(PhysicalPosition { x, y }), Ok(PhysicalSize { width, height })) =
            (window.outer_position(), window.inner_size())
        {
            self.place = Some(Place { x, y, width, height });
        }
    }

    /// Puts a window that is still hidden where it stood, or as near as the screens of today allow.
    pub fn put(&self, window: &WebviewWindow) -> tauri::Result<()> {
        if let Some(place) = self.place {
            let areas: Vec<Place> = window
                .available_monitors()?
                .iter()
                .map(|monitor| {
                    let area = monitor.work_area();
                    let (PhysicalPosition { x, y }, PhysicalSize { width, height }) = (area.position, area.size);
                    Place { x, y, width, height }
                })
                .collect();
            let (outer, inner) = (window.outer_size()?, window.inner_size()?);
            let frame = (outer.width.saturating_sub(inner.width), outer.height.saturating_sub(inner.height));
            if let Some(Place { x, y, width, height }) = place.within(&areas, frame) {
                window.set_size(PhysicalSize { width, height })?;
                window.set_position(PhysicalPosition { x, y })?;
            }
        }
        if self.maximized {
            window.maximize()?;
        }
        Ok(())
    }
}

impl Place {
    /// The same place, moved and made smaller until all of it, `frame` included, lies on the screen it overlaps most.
    /// Nothing when it touches none of them: then the window stands where a new one would.
    pub fn within(self, areas: &[Place], frame: (u32, u32)) -> Option<Place> {
        let area = areas.iter().max_by_key(|area| self.overlap(area)).filter(|area| self.overlap(area) > 0)?;
        let width = self.width.min(area.width.saturating_sub(frame.0));
        let height = self.height.min(area.height.saturating_sub(frame.1));
        Some(Place {
            x: slide(self.x, width + frame.0, area.x, area.width),
            y: slide(self.y, height + frame.1, area.y, area.height),
            width,
            height,
        })
    }

    /// Pixels both cover.
    fn overlap(&self, other: &Place) -> i64 {
        let along = |a: i32, length: u32, b: i32, other: u32| {
            (i64::from(a) + i64::from(length)).min(i64::from(b) + i64::from(other)) - i64::from(a.max(b))
        };
        along(self.x, self.width, other.x, other.width).max(0)
            * along(self.y, self.height, other.y, other.height).max(0)
    }
}

/// Moves a stretch so that it lies inside another one; its beginning stays inside even when it is longer.
fn slide(at: i32, length: u32, from: i32, space: u32) -> i32 {
    let last = i64::from(from) + i64::from(space) - i64::from(length);
    i32::try_from(i64::from(at).min(last).max(i64::from(from))).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn place(x: i32, y: i32, width: u32, height: u32) -> Place {
        Place { x, y, width, height }
    }

    /// A screen of a shop's PC less its task bar, and a larger one at its left.
    const SCREENS: [Place; 2] = [place(0, 0, 1920, 1040), place(-2560, -200, 2560, 1400)];

    #[test]
    fn a_window_that_lies_on_a_screen_stays_where_it_is() {
        let stood = place(100, 80, 1280, 800);
        assert_eq!(stood.within(&SCREENS, (16, 39)), Some(stood));
        let left = place(-2000, 100, 1280, 800);
        assert_eq!(left.within(&SCREENS, (16, 39)), Some(left));
    }

    #[test]
    fn a_window_half_outside_comes_back() {
        // 1920 - 1280 = 640 and 1040 - 800 = 240.
        assert_eq!(place(1500, 700, 1280, 800).within(&SCREENS, (0, 0)), Some(place(640, 240, 1280, 800)));
        // A title bar above the screen could not be held.
        assert_eq!(place(50, -30, 1280, 800).within(&SCREENS[..1], (0, 0)), Some(place(50, 0, 1280, 800)));
    }

    #[test]
    fn a_window_larger_than_the_screen_is_made_smaller_with_its_frame() {
        // 1366 - 16 = 1350 and 728 - 39 = 689.
        let small = [place(0, 0, 1366, 728)];
        assert_eq!(place(0, 0, 1920, 1000).within(&small, (16, 39)), Some(place(0, 0, 1350, 689)));
    }

    #[test]
    fn a_window_on_a_screen_that_is_gone_stands_as_a_new_one() {
        assert_eq!(place(-2000, 100, 1280, 800).within(&SCREENS[..1], (16, 39)), None);
        assert_eq!(place(0, 0, 1280, 800).within(&[], (16, 39)), None);
        assert_eq!(place(i32::MAX, i32::MIN, u32::MAX, u32::MAX).within(&SCREENS, (16, 39)), None);
    }

    #[test]
    fn what_is_kept_is_read_again_and_rubbish_is_nothing() {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join("window.json");
        assert_eq!(Kept::read(&file), Kept::default());
        let kept = Kept { place: Some(SCREENS[1]), maximized: true, without_graphics: Some("0.1.0".into()) };
        kept.write(&file);
        assert_eq!(Kept::read(&file), kept);
        fs::write(&file, "{\"place\":{\"x\":\"left\"}}").expect("it is written");
        assert_eq!(Kept::read(&file), Kept::default());
    }
}
