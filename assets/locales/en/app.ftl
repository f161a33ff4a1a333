# Answers in sentences, used by the screens and the command line

## Customers
customer-nameless = Customer { $number }
people-group = Group: { $group }
people-cell = { $group } (recency { $recency }, frequency and value { $fm })
people-cohort = First bought in { $month }
people-cohort-period = First bought in { $month }, bought again { $period } months later
people-month = Bought in { $month }
people-month-new = First bought in { $month }
people-month-existing = Bought again in { $month }
people-observed = First purchase at least { $days } days ago
people-action = Next action: { $title }
people-action-gone = With today's data this action is not suggested

## Words in figures
figure-new = New
figure-existing = Existing
figure-year-before = Year before
figure-within-days = Within { $days } days
figure-beyond-days = Over { $days } days ago
figure-fm-1 = 1 low
figure-fm-2 = 2
figure-fm-3 = 3
figure-fm-4 = 4
figure-fm-5 = 5 high
figure-people = { $people }
figure-few = few
figure-mean = Mean
figure-periods = months later
figure-days = { $days } d
figure-curve-all = All
figure-curve-year = { $year }
figure-mark-12m = 12 mo { $value }
figure-mark-24m = 24 mo { $value }
figure-window = Expected

## Places in figures
region-month-new = { $month }, new { $yen } ({ $people } people)
region-month-existing = { $month }, existing { $yen } ({ $people } people)
region-month-value = { $month } { $value }
region-month-people = { $month } { $value } people
region-cell = { $group }, last purchase { $recency }, frequency and value { $fm }: { $people } people, { $yen }
region-cohort = { $n } people who started in { $month }, { $period } months later: { $value } ({ $people } people)
region-cohort-open = { $n } people who started in { $month }, { $period } months later: { $value } ({ $people } people, not over yet)
region-curve = { $curve } { $value } ({ $n } people)
region-curves = { $days } days after the first purchase: { $lines }
region-purchase = { $day } { $yen }
region-purchase-event = { $day } { $yen } (event day)

## Findings
finding-overview-none = There are no orders in this period. Try another period or mall.
finding-overview-sales = Sales in this period were { $sales } from { $people } customers.
finding-overview-more = Sales were { $sales }, { $change } more than in the same period a year before.
finding-overview-less = Sales were { $sales }, { $change } less than in the same period a year before.
finding-f2 = { $now } came back within 90 days of their first purchase.
finding-f2-few = { $back } of { $n } people came back within 90 days of their first purchase.
finding-f2-fell = Fewer second purchases: { $now } came back within 90 days, a year before it was { $before }.
finding-f2-rose = More second purchases: { $now } came back within 90 days, a year before it was { $before }.
finding-f2-steady = { $now } came back within 90 days, about the same as a year before ({ $before }).
finding-groups-best = Your { $people } best customers bring { $share } of all sales so far.
finding-groups-count = You have { $people } customers.
finding-groups-leaving = { $cooling } of the best are cooling, { $risk } are at risk.
finding-groups-risk = { $risk } are at risk.
finding-groups-cooling = { $cooling } of the best are cooling.
finding-cohorts = Of first-time buyers, { $first } buy in the next month and { $sixth } in the sixth month after (mean of { $n } people).
finding-ltv-both = A customer brings { $year } ({ $low } to { $high }) of sales within 12 months of the first purchase and { $two } within 24 ({ $n } people).
finding-ltv-year = A customer brings { $year } ({ $low } to { $high }) of sales within 12 months of the first purchase ({ $n } people).
finding-ltv-short = The 12-month value appears once more than five customers are a year past their first purchase.
finding-actions = { $count } things to do this week, together worth { $low } to { $high }.
finding-actions-none = Nothing urgent this week. Import new orders and Otokui looks again.
finding-customer = { $count } purchases, { $yen }, the last one { $days } days ago. Group: { $group }.
finding-customer-next = The next purchase is expected between { $from } and { $to }.
finding-customer-late = The time of the expected purchase ({ $from } to { $to }) has passed.

## Kinds of files
profile-rakuten-order-current = Rakuten orders
profile-rakuten-order-legacy = Rakuten orders (before Rakuten Pay)
profile-yahoo-order-packed = Yahoo! Shopping orders with their lines
profile-yahoo-order = Yahoo! Shopping orders (Orders)
profile-yahoo-item = Yahoo! Shopping items (Items)
profile-otokui-orders = Orders exported by Otokui
profile-mapped = A table by its described columns

## Import
import-recognised = { $label } ({ $from } to { $to }, { $rows } rows). { $new } new orders, { $updated } updated, { $unchanged } unchanged.
import-recorded = { $orders } orders recorded from { $label } ({ $from } to { $to }): { $new } new, { $updated } updated, { $unchanged } unchanged.
import-recognised-half = { $label } ({ $rows } rows), recorded together with its orders file.
import-recorded-half = { $label } ({ $rows } rows) was recorded together with its orders file.
import-with-problems = { " " }{ $problems } rows cannot be read. The other rows can be recorded.
import-recorded-with-problems = { " " }{ $problems } rows cannot be read and were not recorded.
import-store-unknown = { " " }The order numbers of this file do not name the store. Those of another store can be the same, so say which store they are of (on the command line with --store).
import-nothing-usable = { $label }, but no order in it can be recorded ({ $rows } rows). Look at the rows with problems and download the file again.
import-same = This file was recorded on { $on }. Nothing has changed.
import-waiting-orders = "{ $file }" is the orders file of Yahoo! Shopping (Orders). Add the items file (Items) of the same period to record it.
import-waiting-lines = "{ $file }" is the items file of Yahoo! Shopping (Items). Add the orders file (Orders) of the same period to record it.

## Files besides orders
profile-item-costs = cost list
profile-rakuten-normal-item = Rakuten item list
profile-rakuten-review = Rakuten reviews
profile-yahoo-review = Yahoo! Shopping reviews
profile-rakuten-dd-campaigns = Rakuten campaign calendar
profile-rakuten-dd-store = Rakuten store figures
profile-rakuten-dd-purchaser-monthly = Rakuten new and repeat buyers
profile-rakuten-settlement-journal = Rakuten settlement journal
profile-yahoo-receivable = Yahoo! Shopping settlement lines
profile-rakuten-item-analysis = Rakuten item analysis
profile-yahoo-item-report = Yahoo! Shopping item report
profile-yahoo-catalogue = Yahoo! Shopping item list
profile-rakuten-dd-purchaser-item = Rakuten new and repeat buyers by item
profile-rakuten-dd-purchaser-genre = Rakuten new and repeat buyers by genre
profile-rakuten-dd-sku-sales = Rakuten sales by SKU
profile-rakuten-daily-report = Rakuten daily report
profile-yahoo-search-inflow = Yahoo! Shopping search terms
profile-otokui-item-costs = Otokui's export of costs
profile-otokui-item-categories = Otokui's export of items
profile-otokui-reviews = Otokui's export of reviews
profile-otokui-campaigns = Otokui's export of events
profile-otokui-mall-counts = Otokui's export of counts of the malls
profile-otokui-fees = Otokui's export of fees
profile-otokui-favourites = Otokui's export of favourites
import-needs-columns = This looks like a cost list, but which columns hold item codes and costs is not clear. Choose the two columns; lists with the same headers are then taken as they are.
side-costs = A { $label } ({ $things } items, codes in “{ $code }”, costs in “{ $cost }”).
side-costs-unknown = { " " }The { $unknown } items without a cost stay unknown; they do not count as 0.
side-catalogue = A { $label } ({ $things } items, { $rows } rows).
side-reviews = { $label } ({ $from } to { $to }, { $things }).
side-reviews-unknown = { " " }{ $unknown } without an order number belong to no customer.
side-campaigns = { $label } ({ $from } to { $to }, { $things }). They tell which days are event days.
side-mall-counts = { $label } ({ $from } to { $to }). They stand beside Otokui's own counts.
side-fees = { $label } ({ $from } to { $to }, { $things } rows). They are used as the actual fees.
side-favourites = { $label } ({ $from } to { $to }, { $things } items).
side-favourites-undated = { $label } ({ $things } items). The file states no period, so the numbers are those of the day of the import.
side-favourites-unknown = { " " }{ $unknown } items whose number is hidden stay unknown.
side-own = { $label } ({ $used } rows).
side-compared = { " " }New: { $new }, changed: { $changed }, the same: { $unchanged }.
side-recorded = { " " }Recorded. New: { $new }, changed: { $changed }, the same: { $unchanged }.
side-unused = { $label }. This version has no use for it, and nothing of it is recorded. { $hint }
unused-rakuten-dd-purchaser-item = The one of the shop (店舗別) stands beside Otokui's counts.
unused-rakuten-dd-purchaser-genre = The one of the shop (店舗別) stands beside Otokui's counts.
unused-rakuten-dd-sku-sales = Orders tell what each item sold.
unused-rakuten-daily-report = Import 店舗データ to set the mall's counts beside Otokui's.
unused-yahoo-search-inflow = It says nothing about customers.
side-nothing-usable = A { $label } without one usable row ({ $rows } rows). Look at the rows with problems and try again.

## Tables whose columns are told
import-needs-map = “{ $file }” is no mall's order export, but it has columns of days and amounts. Choose “Tell what the columns mean” to import it. Tables with the same headers are then read by themselves.
import-by-memory = {" "}Read as you said before.
import-store-named = {" "}Its order numbers name no store; they are taken for orders of “{ $store }”.
map-missing-date = Choose the column of the order day.
map-missing-amount = Choose a column of amounts: unit price, amount of the row, or total of the order.
map-missing-date-format = Days cannot be read in this form. Choose another.
map-missing-other = The table cannot be read like this. Choose the columns again.
mapped-problem-missing-order-number = Row { $row } has no order number. Check the column of order numbers, or mend the row.
mapped-problem-bad-date = Row { $row }: “{ $column }” is no day (“{ $found }”). Choose another form of days, or mend the row.
mapped-problem-bad-number = Row { $row }: “{ $column }” is no number (“{ $found }”). Choose another column, or mend the row.
mapped-problem-missing-value = Row { $row }: “{ $column }” is empty. Choose another column, or mend the row.
mapped-problem-unknown-status = Row { $row }: what “{ $found }” in “{ $column }” means has not been said. Say so in the description of the table.

## The mall's counts
reconciliation-none = There are no counts of a mall yet. Import 店舗データ or 新規・リピート購入者数 of RMS.
reconciliation-finding = { $month }: the mall counts { $mall_new } new and { $mall_repeat } repeat buyers, Otokui { $new } and { $repeat }. { $why }
reconciliation-same = The counts agree.
reconciliation-hidden = The mall hides small numbers, so nothing can be compared.
reconciliation-no-orders = No orders of this month have been imported yet.
reconciliation-begins-inside = The orders begin on { $day }, so only part of this month is counted.
reconciliation-ends-inside = The orders end on { $day }, so only part of this month is counted.
reconciliation-days-missing = The mall's counts cover only { $days } days, not the month.
reconciliation-young-ledger = The orders begin on { $day }, so people who bought before count as new here. Older order files bring the counts together.
reconciliation-days-added = The mall's count is a sum of days: who bought on two days counts twice. Otokui counts one person.
reconciliation-ours-more-new = Orders without the phone, address or mail that would join them to an earlier purchase count as new customers here.
reconciliation-people = The mall counts accounts; Otokui counts people with the same phone or address once and leaves cancelled orders out.
own-problem-bad-date = Row { $row }: { $column } is no date (“{ $found }”). Write it like 2026/4/1.
own-problem-bad-number = Row { $row }: { $column } is no number (“{ $found }”). Write digits only.
own-problem-missing-value = Row { $row }: { $column } is empty. Write the item's code there.
problem-conflict = Row { $row } says otherwise than an earlier row about the same thing (“{ $found }”). Find out which is right and keep one.

## Files that are not taken
refused-not-there = "{ $file }" was not found. Check where the file is.
refused-not-permitted = You are not permitted to open "{ $file }". Move it to another folder and try again.
refused-unreadable = "{ $file }" could not be read. Close it in other programs and try again.
refused-empty = "{ $file }" is empty. Download it again.
refused-no-table = "{ $file }" is no file of orders. Use the file you download from RMS or Store Creator Pro.
refused-not-an-export = "{ $file }" is not known as an order file (row 1: { $found }). Use a CSV whose first row holds 注文番号 or OrderId.
refused-no-header = "{ $file }" has no header in row 1. Download it again and keep the header row.
refused-missing-columns = "{ $file }" looks like { $profile }, but columns are missing ({ $missing }). Add them to the template and download it again.
refused-missing-mapped = "{ $file }" lacks columns that --map names ({ $missing }). Write the names in MAP.json as the file's header has them.
refused-damaged-numbers = Excel changed { $column } in "{ $file }" to "{ $found }". Download it again and use it without opening it in Excel.
refused-container = "{ $file }" is damaged, or too large to be read. Save it again, or use the CSV as you downloaded it.
refused-locked = "{ $file }" is protected by a password. Save it without one and try again.
refused-nested-archive = "{ $file }" is an archive inside an archive. Take its files out first.
refused-several-tables = There are several tables in "{ $file }". Give them one at a time.
refused-too-large = "{ $file }" is too large. Download it in shorter periods.
refused-large-half = "{ $file }" is large. Add it together with the other file of its pair.
refused-row-too-long = Row { $row } of "{ $file }" does not end (a quotation mark is not closed). Download it again.
refused-not-two-halves = "{ $first }" and "{ $second }" are no pair. Use one orders file (Orders) and one items file (Items).
refused-not-a-pair = "{ $orders }" and "{ $lines }" have hardly any order in common. Use two files of the same period and store.

## Rows that cannot be read
problem-missing-order-number = Row { $row } has no order number. Download the file again or check this row.
problem-bad-order-number = Row { $row }: { $column } is no order number ("{ $found }"). Download the file again.
problem-damaged-order-number = Row { $row }: Excel changed { $column } to "{ $found }". Download the file again and use it without opening it in Excel.
problem-damaged-code = Row { $row }: Excel seems to have changed { $column } to "{ $found }". The order is taken, but its product counts as another one. Download the file again and use it without opening it in Excel.
problem-total-row = Row { $row } looks like a total. It is no order and is not recorded.
problem-bad-date = Row { $row }: { $column } could not be read ("{ $found }"). Correct the date or download the file again.
problem-bad-number = Row { $row }: { $column } is no number ("{ $found }"). Correct the value or download the file again.
problem-missing-value = Row { $row }: { $column } is empty. Download the file again.
problem-unknown-status = Row { $row }: { $column } is an unknown status ("{ $found }"). Download the file again.
problem-order-incomplete = Row { $row } is not recorded because another row of the same order cannot be read. Correct that row and both are recorded.
problem-order-without-lines = Row { $row }: the items file (Items) has no row for this order. Use the items file of the same period.
problem-line-without-order = Row { $row }: the orders file (Orders) has no such order. Use the orders file of the same period.

## Failures
error-cancelled = Stopped. Nothing was changed.
error-disk-full = There is not enough room on the drive. Nothing was changed. Make room and try again.
error-in-use = Another program is using the data. Close it and try again.
error-newer-ledger = This data was made by a newer version of Otokui. Update Otokui. The data was not changed ({ $path }).
error-foreign-ledger = This is no data of Otokui ({ $path }). The file was not changed.
error-open = The data could not be opened ({ $path }). Check that the folder exists and can be written.
error-bad-store = “{ $found }” is no store account. Give the account (letters, digits, hyphens) or the address of the store's page.
error-no-ledger = There is no ledger at { $path }. Check the path, or import orders first.
error-write = The file could not be written ({ $path }). Close the program that has it open, or choose another folder.
error-no-batch = There is no import { $batch }.
error-no-customer = Customer { $customer } was not found.
error-bad-question = "{ $what }" is not understood. Check how it is written.
error-map-json = "{ $file }" is no JSON from line { $line }, character { $column } on. Check the quotation marks and commas.
error-map-document = "{ $file }" is not of the form {"{"} … {"}"} as a whole. Follow the example in the README.
error-map-object = "{ $file }": { $place } is not of the form {"{"} … {"}"}. Follow the example in the README.
error-map-text = "{ $file }": { $place } holds no text. Write one as "…", or remove the entry.
error-map-key = "{ $file }": { $place } cannot be used. These can: { $known }.
error-map-word = "{ $file }": “{ $found }” cannot be used for { $place }. Use one of { $known }.
error-map-no-date = "{ $file }" names no column for the date. Add ordered_at to columns.
error-map-no-amount = "{ $file }" names no column for an amount. Add order_total, line_total or unit_price to columns.
error-map-date-format = "{ $file }": no date can be read with the date_format “{ $found }”. Write year, month and day, as in %Y-%m-%d.
error-failed = That did not work. The data was not changed. Try again.

## Report
report-title = Otokui report
report-period = { $from } to { $to } (data up to { $as_of })
report-no-names = No personal data. Customers are shown by number.
report-actions = Next actions
report-overview = Overview
report-groups = Customer groups
report-ltv = Lifetime value (sales per customer over time)
report-cohorts = Coming back, by month of first purchase
report-worth = Expected { $low } to { $high }
report-due = By { $day }
report-sheet-about = About
report-sheet-customers = Customers
report-sheet-actions = Actions
report-sheet-groups = Groups
report-sheet-months = Months
report-about-made = Made by Otokui. The figures mean the following.
report-about-net-sales = Sales: goods before shop coupons, less shop coupons, the shop's discounts and refunds. Points used are a means of payment and are not taken off. Tax included.
report-about-order-count = Purchases: days on which the customer bought. Orders of one day count once.
report-about-group = Group: one of ten, by days since the last purchase, number of purchases and value.
report-about-next = Expected: when most people come back, by the shop's own gaps between purchases.
report-column-customer = Customer number
report-column-malls = Malls
report-column-group = Group
report-column-order-count = Purchases
report-column-first = First purchase
report-column-last = Last purchase
report-column-recency = Days since last purchase
report-column-net-sales = Sales
report-column-next-from = Expected from
report-column-next-to = Expected to
report-column-action = Action
report-column-why = Why
report-column-people = People
report-column-worth-low = Expected (low)
report-column-worth-high = Expected (high)
report-column-due = Due
report-column-value-share = Share of sales
report-column-month = Month
report-column-orders = Orders
report-column-new-sales = Sales, new
report-column-existing-sales = Sales, existing
report-column-repeat-share = Share coming back
report-orders = Orders
report-customers = Customers
report-net-sales = Sales
report-average-order-value = Average order value
report-repeat-share = Share coming back
report-previous-year = Year before: { $value }
report-empty = There are no orders yet. Import orders, then make the report.

## Command line
cli-imported = { $file }: { $message }
cli-undone = Import { $batch } taken back.
cli-needs-map = On the command line, --map MAP.json names the columns (README, “import”).
cli-written = Written: { $path }
cli-empty = There are no orders yet.
