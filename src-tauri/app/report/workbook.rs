//! The lists as a workbook: frozen heads, filters, widths; the first sheet says what the figures mean.

use super::super::error::Error;
use super::super::groups::label;
use super::super::words;
use super::Contents;
use crate::shop::Day;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

/// The finished workbook.
pub(super) fn bytes(contents: &Contents<'_>) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    about(contents, workbook.add_worksheet())?;
    actions(contents, workbook.add_worksheet())?;
    customers(contents, workbook.add_worksheet())?;
    groups(contents, workbook.add_worksheet())?;
    months(contents, workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

fn about(contents: &Contents<'_>, sheet: &mut Worksheet) -> Result<(), Error> {
    sheet.set_name(contents.word("report-sheet-about"))?;
    sheet.set_column_width(0, 100)?;
    let wrap = Format::new().set_text_wrap();
    let lines = [
        contents.word("report-title"),
        period(contents),
        contents.word("report-no-names"),
        contents.word("report-about-made"),
        contents.word("report-about-net-sales"),
        contents.word("report-about-order-count"),
        contents.word("report-about-group"),
        contents.word("report-about-next"),
    ];
    for (row, line) in (0..).zip(lines) {
        let format = if row == 0 { &Format::new().set_bold().set_font_size(16) } else { &wrap };
        sheet.write_string_with_format(row, 0, line, format)?;
    }
    Ok(())
}

/// The period the report is about, and what it is restricted to, in words.
pub(super) fn period(contents: &Contents<'_>) -> String {
    let overview = &contents.overview.answer;
    let period = contents.session.catalogue.text(
        "report-period",
        &[
            ("from", contents.day(overview.from).into()),
            ("to", contents.day(overview.to).into()),
            ("as_of", contents.day(overview.as_of).into()),
        ],
    );
    words::sentences(&[period, contents.asked.clone()], contents.session.catalogue.language)
}

/// Head of a list: bold, frozen, with a filter over `rows` rows.
fn head(contents: &Contents<'_>, sheet: &mut Worksheet, columns: &[(&str, f64)], rows: usize) -> Result<(), Error> {
    let bold = Format::new().set_bold();
    for (column, (key, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, contents.word(key), &bold)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, rows as u32, columns.len() as u16 - 1)?;
    Ok(())
}

fn write_day(sheet: &mut Worksheet, row: u32, column: u16, day: Option<Day>) -> Result<(), Error> {
    if let Some(day) = day {
        let (year, month, date) = day.ymd();
        let format = Format::new().set_num_format("yyyy/mm/dd");
        let value = ExcelDateTime::from_ymd(year as u16, month as u8, date as u8)?;
        sheet.write_datetime_with_format(row, column, value, &format)?;
    }
    Ok(())
}

fn actions(contents: &Contents<'_>, sheet: &mut Worksheet) -> Result<(), Error> {
    sheet.set_name(contents.word("report-sheet-actions"))?;
    let cards = &contents.actions.answer.cards;
    let columns = [
        ("report-column-action", 40.0),
        ("report-column-why", 70.0),
        ("report-column-people", 8.0),
        ("report-column-worth-low", 14.0),
        ("report-column-worth-high", 14.0),
        ("report-column-due", 12.0),
    ];
    head(contents, sheet, &columns, cards.len())?;
    let yen = Format::new().set_num_format("¥#,##0");
    for (row, card) in (1..).zip(cards) {
        sheet.write_string(row, 0, &card.title)?;
        sheet.write_string(row, 1, &card.why)?;
        sheet.write_number(row, 2, card.customer_ids.len() as f64)?;
        sheet.write_number_with_format(row, 3, card.worth.low.as_f64(), &yen)?;
        sheet.write_number_with_format(row, 4, card.worth.high.as_f64(), &yen)?;
        write_day(sheet, row, 5, Some(card.due_on))?;
    }
    Ok(())
}

fn customers(contents: &Contents<'_>, sheet: &mut Worksheet) -> Result<(), Error> {
    sheet.set_name(contents.word("report-sheet-customers"))?;
    let columns = [
        ("report-column-customer", 14.0),
        ("report-column-malls", 26.0),
        ("report-column-group", 20.0),
        ("report-column-order-count", 10.0),
        ("report-column-first", 13.0),
        ("report-column-last", 13.0),
        ("report-column-recency", 20.0),
        ("report-column-net-sales", 14.0),
        ("report-column-next-from", 18.0),
        ("report-column-next-to", 18.0),
    ];
    // A sheet ends after 1,048,576 rows; the CSV has everybody.
    let rows = &contents.customers[..contents.customers.len().min(1_048_575)];
    head(contents, sheet, &columns, rows.len())?;
    let yen = Format::new().set_num_format("¥#,##0");
    for (row, customer) in (1..).zip(rows) {
        sheet.write_string(row, 0, customer.customer_id.to_string())?;
        sheet.write_string(row, 1, contents.malls(customer))?;
        sheet.write_string(row, 2, label(customer.group, &contents.session.catalogue))?;
        sheet.write_number(row, 3, f64::from(customer.order_count))?;
        write_day(sheet, row, 4, Some(customer.first_purchase_on))?;
        write_day(sheet, row, 5, Some(customer.last_purchase_on))?;
        sheet.write_number(row, 6, f64::from(customer.recency_days))?;
        sheet.write_number_with_format(row, 7, customer.net_sales.as_f64(), &yen)?;
        write_day(sheet, row, 8, customer.next_purchase_from)?;
        write_day(sheet, row, 9, customer.next_purchase_to)?;
    }
    Ok(())
}

fn groups(contents: &Contents<'_>, sheet: &mut Worksheet) -> Result<(), Error> {
    sheet.set_name(contents.word("report-sheet-groups"))?;
    let groups = &contents.groups.answer.groups;
    let columns = [
        ("report-column-group", 24.0),
        ("report-column-people", 10.0),
        ("report-column-net-sales", 16.0),
        ("report-column-value-share", 18.0),
    ];
    head(contents, sheet, &columns, groups.len())?;
    let yen = Format::new().set_num_format("¥#,##0");
    let share = Format::new().set_num_format("0.0%");
    for (row, group) in (1..).zip(groups) {
        sheet.write_string(row, 0, &group.label)?;
        sheet.write_number(row, 1, f64::from(group.customer_count))?;
        if !group.few {
            sheet.write_number_with_format(row, 2, group.value.as_f64(), &yen)?;
            if let Some(value_share) = group.value_share {
                sheet.write_number_with_format(row, 3, value_share, &share)?;
            }
        }
    }
    Ok(())
}

fn months(contents: &Contents<'_>, sheet: &mut Worksheet) -> Result<(), Error> {
    sheet.set_name(contents.word("report-sheet-months"))?;
    let months = &contents.overview.answer.months;
    let columns = [
        ("report-column-month", 14.0),
        ("report-column-orders", 10.0),
        ("report-column-people", 10.0),
        ("report-column-net-sales", 16.0),
        ("report-column-new-sales", 16.0),
        ("report-column-existing-sales", 16.0),
        ("report-column-repeat-share", 16.0),
    ];
    head(contents, sheet, &columns, months.len())?;
    let yen = Format::new().set_num_format("¥#,##0");
    let share = Format::new().set_num_format("0.0%");
    for (row, month) in (1..).zip(months) {
        sheet.write_string(row, 0, words::month(month.month, contents.session.catalogue.language))?;
        sheet.write_number(row, 1, f64::from(month.order_count))?;
        sheet.write_number(row, 2, f64::from(month.customer_count))?;
        sheet.write_number_with_format(row, 3, month.net_sales.as_f64(), &yen)?;
        sheet.write_number_with_format(row, 4, month.new_net_sales.as_f64(), &yen)?;
        sheet.write_number_with_format(row, 5, month.existing_net_sales.as_f64(), &yen)?;
        if let Some(repeat_share) = month.repeat_share {
            sheet.write_number_with_format(row, 6, repeat_share, &share)?;
        }
    }
    Ok(())
}
