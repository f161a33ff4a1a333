//! The window's program: starts it, nothing else.

fn main() {}
