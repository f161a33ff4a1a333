//! What a shop knows beside its orders goes out with them and comes in again, and says the same.

#[path = "support/exports.rs"]
mod exports;
#[path = "support/shops.rs"]
mod shops;

use exports::written;
use otokui_lib::app::screens::{ExportFormat, FileState, NewSetting};
use otokui_lib::app::{Language, Session, Watch, imports, orders, reconciliation, settings};
use otokui_lib::intake::side::SideProfile;
use otokui_lib::ledger::Ledger;
use shops::{fixtures, import, one_file};
use std::path::{Path, PathBuf};

fn opened(path: &Path) -> Session {
    Session::open(path, Language::Japanese).expect("a ledger")
}

/// Everything the ledger file answers beside orders: nothing of it speaks of imports.
fn answers(path: &Path) -> serde_json::Value {
    let session = opened(path);
    let reconciliation = reconciliation::answer(&session).expect("an answer");
    let events: Vec<_> =
        orders::all(&session).expect("orders").into_iter().map(|o| (o.order_number, o.event)).collect();
    drop(session);
    let ledger = Ledger::open(path).expect("the ledger");
    let costs = ledger.item_costs().expect("costs").into_iter();
    let catalogue = ledger.item_catalogue().expect("catalogue").into_iter();
    let reviews = ledger.reviews().expect("reviews").into_iter();
    let fees = ledger.fees().expect("fees").into_iter();
    serde_json::json!({
        "reconciliation": reconciliation,
        "events": events,
        "costs": costs.map(|c| (c.code, c.sku, c.cost, c.tax_included, c.from)).collect::<Vec<_>>(),
        "catalogue": catalogue
            .map(|((mall, code), item)| (mall, code, item.name, item.genre_id, item.categories, item.skus))
            .collect::<Vec<_>>(),
        "reviews": reviews.map(|r| (r.review, r.order_id.is_some(), r.customer_id.is_some())).collect::<Vec<_>>(),
        "campaigns": ledger.campaigns().expect("campaigns"),
        "counts": ledger.mall_counts().expect("counts"),
        "fees": fees.map(|f| f.fee).collect::<Vec<_>>(),
        "favourites": ledger.favourites().expect("favourites"),
    })
}

/// A ledger with orders and every kind of file beside them; of some two, so that there is something replaced.
fn shop(path: &Path, folder: &Path) -> Session {
    let mut session = opened(path);
    import(&mut session, &one_file());
    let all = orders::all(&session).expect("orders");
    let rakuten = all.iter().find(|order| order.mall.word() == "rakuten").expect("an order").order_number.clone();
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    for profile in SideProfile::all().iter().filter(|profile| !profile.is_own_export()) {
        let case = fixtures().join("malls").join(&profile.id);
        for case in ["usual", "seventy-columns", "parent-and-skus"].map(|name| case.join(name).join("export.csv")) {
            if case.is_file() {
                import(&mut session, &[case]);
            }
        }
    }
    let more = [
        // One day's cost, then a list without days: the second holds from the day of its import.
        write(
            "costs.csv",
            "商品コード,商品名,原価,適用日\nx-1,=見本,100,\nx-1,=見本,110,2025-04-01\nx-2,,,\n".to_owned(),
        ),
        write("costs-again.csv", "商品コード,原価（税抜）\nx-1,120\n".to_owned()),
        write(
            "reviews.csv",
            format!(
                "レビュータイプ,商品名,評価,投稿時間,タイトル,レビュー本文,注文番号\n商品レビュー,'x,5,2025/7/3 0:00:00,'=よい,\"二行\nある\",{rakuten}\nショップレビュー,,,2025/7/4 1:00:00,,誰の注文か分からない,\n"
            ),
        ),
        // The name and the category of an item change; a category the newer file does not have is gone.
        write(
            "items.csv",
            "商品管理番号（商品URL）,商品名,カテゴリ,販売価格\ntea,茶,飲み物,500\ntea,茶,贈り物,500\n".to_owned(),
        ),
        write("items-again.csv", "商品管理番号（商品URL）,商品名,カテゴリ\ntea,新しい茶,食べ物\n".to_owned()),
    ];
    for file in more {
        import(&mut session, &[file]);
    }
    session
}

/// The files that can be imported again, without the lists for people.
fn ours(paths: &[PathBuf]) -> Vec<PathBuf> {
    let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths.iter().filter(|path| name(path).starts_with("otokui-")).cloned().collect()
}

/// What the files say beside orders, by name.
fn side_bytes(paths: &[PathBuf]) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = ours(paths)
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a text");
            (path.file_name().expect("a name").to_string_lossy().into_owned(), text)
        })
        .filter(|(name, _)| !name.starts_with("otokui-orders"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_table_comes_in_again_from_csv_and_from_a_workbook() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut session = shop(&at("shop.ledger"), folder.path());
    let csv = written(&mut session, &at("csv"), ExportFormat::Csv, true);
    let xlsx = written(&mut session, &at("xlsx"), ExportFormat::Xlsx, true);
    drop(session);
    let before = answers(&at("shop.ledger"));
    for kind in ["costs", "catalogue", "reviews", "campaigns", "counts", "fees", "favourites"] {
        assert!(!before[kind].as_array().expect("a list").is_empty(), "{kind}: there is something to lose");
    }
    assert!(before["reviews"].as_array().expect("a list").iter().any(|r| r[1] == true), "a review has its order");
    assert!(!before["reconciliation"]["months"].as_array().expect("a list").is_empty());
    let first = side_bytes(&csv);
    assert_eq!(first.len(), 7, "{first:?}");
    for (name, files) in [("csv", ours(&csv)), ("xlsx", xlsx)] {
        let ledger = at(&format!("{name}.ledger"));
        let mut again = opened(&ledger);
        let taken = imports::record(&mut again, &files, &Watch::silent()).expect("an import");
        let names: Vec<&str> = taken.iter().map(|answer| &*answer.file).collect();
        assert_eq!(
            taken.len(),
            8,
            "{name}: the orders and seven tables beside them, not the lists for people: {names:?}"
        );
        for answer in &taken {
            assert_eq!(answer.state, FileState::Recorded, "{}: {}", answer.file, answer.message);
            assert_eq!((answer.rows, answer.problem_rows), (answer.used, 0), "{}", answer.file);
        }
        let second = side_bytes(&written(&mut again, &at(&format!("{name}-again")), ExportFormat::Csv, true));
        drop(again);
        assert_eq!(answers(&ledger), before, "{name}");
        assert_eq!(second, first, "{name}: out again it is the same, byte for byte");
    }
}

#[test]
fn an_export_imported_where_it_came_from_changes_nothing_and_taken_back_neither() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut session = shop(&at("shop.ledger"), folder.path());
    drop(session);
    let before = answers(&at("shop.ledger"));
    for with_names in [true, false] {
        session = opened(&at("shop.ledger"));
        let files = ours(&written(&mut session, &at(&with_names.to_string()), ExportFormat::Csv, with_names));
        let previewed = imports::preview(&session, &files, &Watch::silent()).expect("a preview");
        for file in previewed.files.iter().filter(|file| file.kind.is_some()) {
            assert!(file.message.contains("新しいもの 0件、変わるもの 0件"), "{}: {}", file.file, file.message);
        }
        let taken = import(&mut session, &files);
        drop(session);
        assert_eq!(answers(&at("shop.ledger")), before, "names: {with_names}");
        session = opened(&at("shop.ledger"));
        for answer in &taken {
            imports::undo(&mut session, answer.batch_id.expect("a batch")).expect("undo");
        }
        drop(session);
        assert_eq!(answers(&at("shop.ledger")), before, "after undo, names: {with_names}");
    }
}

#[test]
fn without_names_nobodys_words_go_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = shop(&folder.path().join("shop.ledger"), folder.path());
    let files = side_bytes(&written(&mut session, &folder.path().join("out"), ExportFormat::Csv, false));
    let (name, reviews) = files.iter().find(|(name, _)| name.starts_with("otokui-reviews")).expect("reviews");
    assert_eq!(name, "otokui-reviews.csv");
    assert!(!reviews.contains("二行") && !reviews.contains("誰の注文か"), "{reviews}");
    assert!(!reviews.contains("本文") && reviews.contains("星の数"), "{reviews}");
    // Imported into an empty ledger: stars and orders, no texts.
    let ledger = folder.path().join("again.ledger");
    let mut again = opened(&ledger);
    let files: Vec<PathBuf> = ours(&written(&mut session, &folder.path().join("out"), ExportFormat::Csv, false));
    import(&mut again, &files);
    drop(again);
    let after = answers(&ledger);
    let reviews = after["reviews"].as_array().expect("a list");
    assert!(reviews.iter().any(|review| review[0]["stars"] == 5 && review[1] == true), "{reviews:?}");
    assert!(reviews.iter().all(|review| review[0]["body"] == "" && review[0]["order_number"] != ""), "{reviews:?}");
}

#[test]
fn a_table_beside_orders_without_rows_is_not_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = opened(&folder.path().join("shop.ledger"));
    import(&mut session, &one_file());
    let paths = written(&mut session, &folder.path().join("out"), ExportFormat::Csv, true);
    assert_eq!(ours(&paths).len(), 1, "the orders alone: {paths:?}");
}

#[test]
fn what_the_owner_has_set_is_listed_as_it_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = opened(&folder.path().join("shop.ledger"));
    import(&mut session, &one_file());
    let set = |key: &str, value: &str, from: Option<&str>| NewSetting {
        key: key.to_owned(),
        value: Some(value.to_owned()),
        holds_from: from.map(|day| day.parse().expect("a day")),
        confirm: false,
    };
    settings::change(&mut session, &[set("rakuten.system_fee", "4%", None)]).expect("a change");
    settings::change(&mut session, &[set("rakuten.system_fee", "5%", Some("2026-04-01"))]).expect("a change");
    settings::change(&mut session, &[set("rakuten.system_fee", "9%", Some("2026-05-01"))]).expect("a change");
    settings::undo(&mut session, None).expect("undone");
    let paths = written(&mut session, &folder.path().join("out"), ExportFormat::Csv, false);
    let list = paths.iter().find(|path| path.ends_with("lists/settings.csv")).expect("a list of settings");
    let mut reader = csv::Reader::from_path(list).expect("a file");
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().take(4).map(str::to_owned).collect()).collect();
    assert_eq!(rows.len(), 2, "the third was taken back: {rows:?}");
    assert_eq!([&*rows[0][0], &*rows[0][3]], ["rakuten.system_fee", ""], "{rows:?}");
    assert_eq!([&*rows[1][0], &*rows[1][3]], ["rakuten.system_fee", "2026-04-01"], "{rows:?}");
    assert!(rows[0][2].contains('4') && rows[1][2].contains('5') && !rows[0][1].contains("setting-"), "{rows:?}");
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_the_same_rows_beside_the_orders_with_their_types() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = shop(&folder.path().join("shop.ledger"), folder.path());
    let csv = ours(&written(&mut session, &folder.path().join("csv"), ExportFormat::Csv, true));
    let parquet = ours(&written(&mut session, &folder.path().join("parquet"), ExportFormat::Parquet, true));
    assert_eq!((csv.len(), parquet.len()), (8, 8));
    for (text, file) in csv.iter().zip(&parquet) {
        let rows = csv::Reader::from_path(text).expect("a file").into_records().count();
        let reader = SerializedFileReader::new(std::fs::File::open(file).expect("a file")).expect("Parquet");
        assert_eq!(reader.metadata().file_metadata().num_rows(), rows as i64, "{}", file.display());
        let row = reader.get_row_iter(None).expect("rows").next().expect("a row").expect("a row");
        let field = |name: &str| row.get_column_iter().find(|(column, _)| *column == name).map(|(_, f)| f.clone());
        match file.file_stem().expect("a name").to_string_lossy().as_ref() {
            "otokui-fees" => assert!(
                matches!((field("from_on"), field("amount")), (Some(Field::Date(_)), Some(Field::Long(_)))),
                "{row}"
            ),
            "otokui-campaigns" => {
                assert!(matches!(field("ends_at"), Some(Field::TimestampMillis(_))), "{row}");
            }
            _ => {}
        }
    }
}
