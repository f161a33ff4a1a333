//! What `report` and `sample` write.

use super::{list, otokui, shop};
use std::path::Path;

#[test]
fn report_and_sample_say_what_they_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("報告 1");
    let said = otokui("report --ledger L --out", &shop().ledger(), &[&out]).succeeded();
    let paths: Vec<&str> = said.out.lines().collect();
    assert!(paths.len() >= 3 && paths.iter().all(|path| Path::new(path).is_file()), "{said:?}");
    assert!(paths.iter().any(|path| path.ends_with(".html")) && paths.iter().any(|path| path.ends_with(".xlsx")));
    let json = otokui("report --ledger L --json --out", &shop().ledger(), &[&out]).succeeded().json();
    assert_eq!(list(&json, "files").len(), paths.len());

    let sample = |seed: u32, name: &str, json: &str| {
        let line = format!("sample --orders 60 --seed {seed} {json} --out");
        otokui(&line, Path::new(""), &[&folder.path().join(name)]).succeeded()
    };
    let said = sample(1, "a", "");
    assert_eq!(said.out.lines().filter(|path| Path::new(path).is_file()).count(), 5);
    assert_eq!(list(&sample(1, "b", "--json").json(), "files").len(), 5);
    sample(2, "c", "");
    for file in ["rakuten_orders.csv", "yahoo_order.csv", "yahoo_item.csv", "truth.csv"] {
        let bytes = |name: &str| std::fs::read(folder.path().join(name).join(file)).expect("the file");
        assert!(bytes("a") == bytes("b"), "{file}: the same seed writes the same");
        assert!(bytes("a") != bytes("c"), "{file}: another seed writes another shop");
    }
}
