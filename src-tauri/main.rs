//! The window's program: starts it, nothing else.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    otokui_lib::desktop::run();
}
