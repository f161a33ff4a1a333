//! The command `otokui`.

fn main() {}
