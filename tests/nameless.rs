//! お名前を保存しない: nothing of a name is written anywhere, and the same people are still one.

#[path = "nameless/canary.rs"]
mod canary;
#[path = "nameless/marked.rs"]
mod marked;
#[path = "nameless/people.rs"]
mod people;
#[path = "support/shops.rs"]
mod shops;
