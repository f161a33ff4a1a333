//! Damaged files: what is said of them names the place, and is true.

use super::{Ran, otokui};

fn import(name: &str, bytes: &[u8]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a folder to write to");
    otokui("import --ledger L", &folder.path().join("shop.ledger"), &[&path])
}

const HEADER: &str = "注文番号,ステータス,注文日時,商品管理番号,商品名,商品毎税込価格,個数\n";
const ROW: &str = "123456-20260301-0000000001,500,2026-03-01 10:00:00,cup,見本の湯のみ,1000,1\n";
const NEXT: &str = "123456-20260301-0000000002,500,2026-03-01 10:00:00,cup,見本の湯のみ,1000,1\n";

#[test]
fn a_template_of_order_columns_alone_says_which_columns_to_add() {
    let rakuten = "注文番号,注文日時,ステータス,請求金額,合計金額,商品合計金額,ポイント利用額\n\
                   123456-20260301-0000000001,2026-03-01 10:00:00,700,1500,1500,1000,0\n";
    let ran = import("orders.csv", rakuten.as_bytes()).failed_saying("個数、商品毎税込価格 / 単価");
    assert!(ran.err.contains("楽天の受注データ") && ran.err.contains("テンプレート"), "{ran:?}");
    let yahoo = "OrderId,LineId,ItemId,Title,SubCode\nsample-1-10000001,1,cup,見本の湯のみ,\n";
    import("lines.csv", yahoo.as_bytes()).failed_saying("Quantity、OriginalPrice / UnitPrice");
    // Another shop system's table with the same words: its owner may say what its columns are.
    let own = rakuten.replace("123456-20260301-0000000001", "A-1");
    import("own.csv", own.as_bytes()).failed_saying("「この表の列を教える」");
}

#[test]
fn a_cell_beyond_all_measure_is_named_with_its_row_and_column() {
    let long = ROW.replace("見本の湯のみ", &format!("\"{}\"", "長".repeat(700_000)));
    let ran = import("long.csv", format!("{HEADER}{NEXT}{long}").as_bytes()).failed_saying("3行目の「商品名」");
    assert!(ran.err.contains("長すぎ") && !ran.err.contains("引用符"), "{ran:?}");
    // One that is not closed has no end.
    let open = format!("{HEADER}{ROW}123456-20260301-0000000002,500,\"{}", "2026-03-01 10:00:00\n".repeat(200_000));
    let ran = import("open.csv", open.as_bytes()).failed_saying("3行目の「注文日時」");
    assert!(ran.err.contains("引用符"), "{ran:?}");
}

#[test]
fn a_row_with_what_is_no_text_is_named_and_the_others_are_taken() {
    let table = format!("{HEADER}{}{NEXT}", ROW.replace("の湯", "\0湯"));
    let ran = import("no_text.csv", table.as_bytes()).succeeded();
    assert!(ran.err.contains("新しい受注 1件") && ran.err.contains("2行目の商品名に"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_said_at_once() {
    use std::path::Path;
    use std::process::Command;
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe.csv");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("the system has it").success());
    let ledger = folder.path().join("shop.ledger");
    // Whoever waited for it would wait for ever.
    for path in [&*pipe, Path::new("/dev/zero"), Path::new("/dev/null")] {
        otokui("import --ledger L", &ledger, &[path]).failed_saying("ファイルではありません");
    }
    otokui("import --ledger L", &ledger, &[folder.path()]).failed_saying("フォルダー");
}
