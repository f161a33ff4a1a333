//! Whole shops whose people are known: how many pairs of orders are rightly one person's.
//!
//! `cargo test --test identity truth -- --nocapture` prints the figures; with `OTOKUI_MISTAKES=1` each mistake too.

use super::measure::{Found, known, report, truth_of};
use super::{shops, town};
use std::path::{Path, PathBuf};

/// The same files, but every Rakuten order has a masked address of its own.
fn with_changing_mails(files: &[PathBuf], folder: &Path) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).expect("a folder");
    files
        .iter()
        .map(|file| {
            let bytes = std::fs::read(file).expect("a file");
            let (text, _, _) = encoding_rs::SHIFT_JIS.decode(&bytes);
            let text = if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
                std::str::from_utf8(&bytes[3..]).expect("UTF-8").to_owned()
            } else {
                text.into_owned()
            };
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let header = reader.headers().expect("a header").clone();
            let at = |name: &str| header.iter().position(|column| column == name);
            let (Some(mail), Some(number)) = (at("注文者メールアドレス"), at("注文番号")) else {
                return file.clone();
            };
            let to = folder.join(file.file_name().expect("a name"));
            let mut writer = csv::WriterBuilder::new()
                .quote_style(csv::QuoteStyle::Always)
                .from_writer(std::fs::File::create(&to).expect("a folder to write to"));
            writer.write_byte_record(&encoded(header.iter())).expect("written");
            for row in reader.records() {
                let row = row.expect("a row");
                let mask = format!("{:032x}s1@pc.fw.rakuten.ne.jp", otokui_lib::shop::customer::key(&[&row[number]]));
                let cells = row.iter().enumerate().map(|(at, cell)| if at == mail { mask.as_str() } else { cell });
                writer.write_byte_record(&encoded(cells)).expect("written");
            }
            to
        })
        .collect()
}

fn encoded<'a>(cells: impl Iterator<Item = &'a str>) -> csv::ByteRecord {
    cells.map(|cell| encoding_rs::SHIFT_JIS.encode(cell).0.into_owned()).collect()
}

fn holds(shop: &str, found: Found, precision: f64, recall: f64) {
    assert!(found.precision >= precision, "{shop}: precision {}", found.precision);
    assert!(found.recall >= recall, "{shop}: recall {}", found.recall);
    assert!(found.people_at_both == 0 || found.two_malls >= 0.9, "{shop}: two-mall people {}", found.two_malls);
}

/// Both ways the mask may behave, for one shop. Each figure reaches its goal and is not below plain keys'.
fn check(shop: &str, files: &[PathBuf], truth: (&Path, &str, &str)) {
    let truth = truth_of(truth.0, truth.1, truth.2);
    let folder = tempfile::tempdir().expect("a folder");
    let changing = with_changing_mails(files, &folder.path().join("changing"));
    for (name, files, recall) in [(shop.to_owned(), files, 0.995), (format!("{shop}, changing mails"), &changing, 0.97)]
    {
        let (orders, _) = known(files, &truth);
        assert!(orders.len() > 190, "{name}: {} orders", orders.len());
        let (ours, plain) = report(&name, &orders);
        holds(&name, ours, 0.999, recall);
        assert!(ours.recall >= plain.recall - 0.0005, "{name}: plain keys find more");
        assert!(ours.two_malls >= plain.two_malls, "{name}: plain keys join more people of two malls");
    }
}

#[test]
fn truth_of_the_shop_in_one_file() {
    let truth = shops::fixtures().join("shops/one-file/truth_orders.csv");
    check("one-file", &shops::one_file(), (&truth, "order_no", "person"));
}

#[test]
fn truth_of_the_shop_in_months() {
    let truth = shops::fixtures().join("shops/monthly/truth_orders.csv");
    check("monthly", &shops::monthly(), (&truth, "order_no", "person"));
}

#[test]
fn truth_of_the_sample() {
    for seed in [3, 8] {
        let folder = tempfile::tempdir().expect("a folder");
        otokui_lib::sample::write(3_000, seed, folder.path()).expect("a folder to write to");
        let files = ["rakuten_orders.csv", "yahoo_order.csv", "yahoo_item.csv"].map(|name| folder.path().join(name));
        check(&format!("sample, seed {seed}"), &files, (&folder.path().join("truth.csv"), "order_number", "person"));
    }
}

#[test]
fn truth_of_a_town_where_everything_is_hard() {
    for (seed, people) in [(21, 300), (22, 1_200), (23, 2_000)] {
        let folder = tempfile::tempdir().expect("a folder");
        let (files, truth) = town::write(seed, people, folder.path());
        check(&format!("hard town, seed {seed}"), &files, (&truth, "order_number", "person"));
    }
}
