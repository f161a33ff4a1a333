//! Every profile on its fixtures: `tests/fixtures/malls/<profile>/<case>`.

use super::{assert_no_row_is_lost, fixtures, read};
use otokui_lib::intake::{self, Error, Parts};
use otokui_lib::shop::{Buyer, Order};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

#[test]
fn every_profile_reads_its_fixtures() {
    let mut cases = 0;
    for profile in folders(&fixtures().join("malls")) {
        // Files without orders have `tests/side.rs`.
        let is_side = |known: &intake::side::SideProfile| profile.ends_with(&known.id);
        if intake::side::SideProfile::all().iter().any(is_side) {
            continue;
        }
        for case in folders(&profile) {
            check(&case);
            cases += 1;
        }
    }
    assert!(cases > 25, "the fixtures are found");
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the fixtures are there");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).filter(|p| p.is_dir()).collect();
    found.sort();
    found
}

/// Reads a case and compares what its `expected.json` states; what it does not state is free.
fn check(case: &Path) {
    let text = std::fs::read_to_string(case.join("expected.json")).expect("every case has an expected.json");
    let expected: Value = serde_json::from_str(&text).expect("valid JSON");
    assert!(expected["why"].is_string(), "{}: a case says why it is there", case.display());
    let whole = ["csv", "xls", "xlsb", "ods"].map(|kind| case.join("export").with_extension(kind));
    let (parts, first) = match whole.into_iter().find(|path| path.exists()) {
        Some(whole) => (Parts::Complete(whole.clone()), whole),
        None => {
            (Parts::Pair { orders: case.join("orders.csv"), lines: case.join("lines.csv") }, case.join("orders.csv"))
        }
    };
    let mut actual = match read(&parts) {
        Err(error) => error_as_json(&error),
        Ok((orders, tally)) => {
            assert_no_row_is_lost(&tally);
            let files = tally.files.iter().map(|file| {
                let problems = file.problems.iter().map(|problem| {
                    json!({"row": problem.row, "column": problem.column, "kind": problem.kind.word(), "found": problem.found})
                });
                let warnings = file.warnings.iter().map(|warning| {
                    json!({"row": warning.row, "column": warning.column, "kind": warning.kind.word(), "found": warning.found})
                });
                json!({
                    "rows": file.rows, "used": file.used, "skipped": file.skipped,
                    "problems": problems.collect::<Value>(), "warnings": warnings.collect::<Value>(),
                })
            });
            json!({
                "files": files.collect::<Value>(), "orders": orders.iter().map(order_as_json).collect::<Value>(),
                "first_at": tally.first_at, "last_at": tally.last_at, "newest_at": tally.newest_at, "stores": tally.stores,
                "status_unknown": tally.is_status_unknown,
            })
        }
    };
    if let Ok(inspection) = intake::inspect(&first) {
        actual["encoding"] = json!(inspection.encoding);
        let is_of = inspection.profile.id.as_str();
        let folder = case.parent().and_then(Path::file_name).expect("a profile folder").to_string_lossy();
        assert!(is_of == folder || is_of.starts_with("yahoo") && folder.starts_with("yahoo"), "{}", case.display());
    }
    assert_holds(&expected, &actual, &case.display().to_string());
}

/// What is expected stands in what came; lists have equal length.
fn assert_holds(expected: &Value, actual: &Value, place: &str) {
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => {
            for (key, value) in expected.iter().filter(|(key, _)| *key != "why") {
                let came = actual.get(key).unwrap_or(&Value::Null);
                assert_holds(value, came, &format!("{place} {key}"));
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            assert_eq!(expected.len(), actual.len(), "{place}: came {actual:#?}");
            for (index, (value, came)) in expected.iter().zip(actual).enumerate() {
                assert_holds(value, came, &format!("{place} {index}"));
            }
        }
        _ => assert_eq!(expected, actual, "{place}"),
    }
}

fn order_as_json(order: &Order) -> Value {
    let lines = order.lines.iter().map(|line| {
        json!({
            "line_key": line.line_key, "ship_to_key": line.ship_to_key, "item_code": line.item_code, "sku": line.sku,
            "item_name": line.item_name, "variation": line.variation, "quantity": line.quantity,
            "unit_price": line.unit_price, "tax_permille": line.tax_permille, "point_multiplier": line.point_multiplier,
        })
    });
    let ship_tos = order.ship_tos.iter().map(|parcel| {
        json!({
            "ship_to_key": parcel.ship_to_key, "same_as_buyer": parcel.same_as_buyer, "postage": parcel.postage,
            "recipient": buyer_as_json(&parcel.recipient),
        })
    });
    json!({
        "mall": order.mall, "store": order.store, "number": order.number, "ordered_at": order.ordered_at,
        "time_known": order.time_known, "status": order.status, "provisional": order.provisional,
        "status_code": order.status_code, "newest_at": order.newest_at, "buyer": buyer_as_json(&order.buyer),
        "shop_coupon": order.shop_coupon, "shop_discount": order.shop_discount, "refund": order.refund,
        "mall_coupon": order.mall_coupon, "points_used": order.points_used, "gift_card": order.gift_card,
        "postage_charged": order.postage_charged, "cod_charged": order.cod_charged,
        "wrapping_charged": order.wrapping_charged, "billed": order.billed, "payment": order.payment, "affiliate": order.affiliate, "parent_number": order.parent_number,
        "subscription_delivery": order.subscription_delivery, "shop_coupon_name": order.shop_coupon_name,
        "goods": order.goods(), "net_sales": order.net_sales(), "is_gift": order.is_gift(),
        "lines": lines.collect::<Value>(), "ship_tos": ship_tos.collect::<Value>(),
    })
}

fn buyer_as_json(buyer: &Buyer) -> Value {
    json!({
        "family_name": buyer.family_name, "given_name": buyer.given_name, "family_kana": buyer.family_kana,
        "given_kana": buyer.given_kana, "postal_code": buyer.postal_code, "prefecture": buyer.prefecture,
        "city": buyer.city, "street": buyer.street, "phone": buyer.phone, "mail": buyer.mail,
    })
}

fn error_as_json(error: &Error) -> Value {
    match error {
        Error::Unreadable { .. } => json!({"error": "unreadable"}),
        Error::Empty { .. } => json!({"error": "empty"}),
        Error::NotAnExport { found, .. } => json!({"error": "not_an_export", "found": found}),
        Error::NoHeader { .. } => json!({"error": "no_header"}),
        Error::MissingColumns { missing, .. } => json!({"error": "missing_columns", "missing": missing}),
        Error::DamagedNumbers { column, found, .. } => {
            json!({"error": "damaged_numbers", "column": column, "found": found})
        }
        Error::DamagedContainer { .. } => json!({"error": "damaged_container"}),
        Error::Locked { .. } => json!({"error": "locked"}),
        Error::NestedArchive { .. } => json!({"error": "nested_archive"}),
        Error::SeveralTables { .. } => json!({"error": "several_tables"}),
        Error::TooLarge { .. } => json!({"error": "too_large"}),
        Error::RowTooLong { row, .. } => json!({"error": "row_too_long", "row": row}),
        Error::HalfAlone { .. } => json!({"error": "half_alone"}),
        Error::NotTwoHalves { .. } => json!({"error": "not_two_halves"}),
        Error::NotAPair { .. } => json!({"error": "not_a_pair"}),
    }
}
