//! An invented shop of any size, written as the malls write their exports.
