# 画面とコマンドラインの両方が使う、文になった答え

## お客様
customer-nameless = お客様 { $number }
people-group = グループ：{ $group }
people-cell = { $group }（新しさ{ $recency}・回数と金額{ $fm }）
people-cohort = { $month }に初めて買った人
people-cohort-period = { $month }に初めて買い、{ $period }か月後にも買った人
people-month = { $month }に買った人
people-month-new = { $month }に初めて買った人
people-month-existing = { $month }にまた買った人
people-observed = 初めての購入から{ $days }日以上たった人
people-action = 次の一手：{ $title }
people-action-gone = この一手は、今のデータでは提案していません

## 図の中のことば
figure-new = 初めて
figure-existing = 以前から
figure-year-before = 前年同月
figure-within-days = { $days }日以内
figure-beyond-days = { $days }日より前
figure-fm-1 = 1 少
figure-fm-2 = 2
figure-fm-3 = 3
figure-fm-4 = 4
figure-fm-5 = 5 多
figure-people = { $people }人
figure-few = 少数
figure-mean = 平均
figure-periods = か月後
figure-days = { $days }日
figure-curve-all = すべて
figure-curve-year = { $year }年
figure-mark-12m = 12か月 { $value }
figure-mark-24m = 24か月 { $value }
figure-window = 次の見込み

## 図のそれぞれの場所
region-month-new = { $month } 初めて { $yen }（{ $people }人）
region-month-existing = { $month } 以前から { $yen }（{ $people }人）
region-month-value = { $month } { $value }
region-month-people = { $month } { $value }人
region-cell = { $group } 最後の購入が{ $recency }・回数と金額{ $fm } { $people }人 { $yen }
region-cohort = { $month }に始めた{ $n }人 { $period }か月後 { $value }（{ $people }人）
region-cohort-open = { $month }に始めた{ $n }人 { $period }か月後 { $value }（{ $people }人・進行中）
region-curve = { $curve } { $value }（{ $n }人）
region-curves = 初めての購入から{ $days }日 { $lines }
region-purchase = { $day } { $yen }
region-purchase-event = { $day } { $yen }（イベントの日）

## 見つかったこと
finding-overview-none = この期間の注文はありません。期間やモールを変えてみてください。
finding-overview-sales = この期間の売上は{ $sales }、お客様は{ $people }人でした。
finding-overview-more = 売上は{ $sales }で、1年前の同じ期間より{ $change }増えました。
finding-overview-less = 売上は{ $sales }で、1年前の同じ期間より{ $change }減りました。
finding-f2 = 初めて買ってから90日以内に戻った人は{ $now }です。
finding-f2-few = 初めて買ってから90日以内に戻った人は{ $n }人中{ $back }人です。
finding-f2-fell = 2回目の購入が減っています。初めて買ってから90日以内に戻った人は{ $now }、1年前は{ $before }でした。
finding-f2-rose = 2回目の購入が増えています。初めて買ってから90日以内に戻った人は{ $now }、1年前は{ $before }でした。
finding-f2-steady = 初めて買ってから90日以内に戻った人は{ $now }で、1年前（{ $before }）とほぼ同じです。
finding-groups-best = 最優良のお客様{ $people }人が、これまでの売上の{ $share }を占めています。
finding-groups-count = お客様は{ $people }人です。
finding-groups-leaving = 離反しそうな優良が{ $cooling }人、離反リスクが{ $risk }人います。
finding-groups-risk = 離反リスクが{ $risk }人います。
finding-groups-cooling = 離反しそうな優良が{ $cooling }人います。
finding-cohorts = 初めて買った人のうち、翌月にも買う人は{ $first }、6か月後の月に買う人は{ $sixth }です（{ $n }人の平均）。
finding-ltv-both = お客様1人は、初めての購入から12か月で{ $year }（{ $low }〜{ $high }）、24か月で{ $two }の売上になります（{ $n }人）。
finding-ltv-year = お客様1人は、初めての購入から12か月で{ $year }（{ $low }〜{ $high }）の売上になります（{ $n }人）。
finding-ltv-short = 12か月の値は、初めての購入から1年たったお客様が5人を超えると出ます。
finding-actions = 今週やることは{ $count }つです。合わせて{ $low }〜{ $high }の見込みがあります。
finding-actions-none = 今週すぐにやることはありません。新しい受注を取り込むと、また探します。
finding-customer = { $count }回の購入で{ $yen }、最後の購入は{ $days }日前、今のグループは「{ $group }」です。
finding-customer-next = 次の購入は{ $from }〜{ $to }ごろの見込みです。
finding-customer-late = 次の購入の見込み（{ $from }〜{ $to }ごろ）を過ぎています。

## ファイルの種類
profile-rakuten-order-current = 楽天の受注データ
profile-rakuten-order-legacy = 楽天の受注データ（楽天ペイより前の形）
profile-yahoo-order-packed = Yahoo!ショッピングの注文データ（商品入り）
profile-yahoo-order = Yahoo!ショッピングの注文データ（Orders）
profile-yahoo-item = Yahoo!ショッピングの商品データ（Items）
profile-otokui-orders = Otokuiの書き出し（受注）
profile-mapped = 列を指定した表

## 取り込み
import-recognised = { $label }です（{ $from }〜{ $to }、{ $rows }行）。新しい受注 { $new }件、更新 { $updated }件、変更なし { $unchanged }件。
import-recorded = { $label }（{ $from }〜{ $to }）から{ $orders }件を取り込みました。新しい受注 { $new }件、更新 { $updated }件、変更なし { $unchanged }件。
import-recognised-half = { $label }です（{ $rows }行）。注文データと組にして取り込みます。
import-recorded-half = { $label }（{ $rows }行）を、注文データと組にして取り込みました。
import-with-problems = 読めない行が{ $problems }行あります。ほかの行は取り込めます。
import-recorded-with-problems = 読めない行が{ $problems }行あり、取り込んでいません。
import-store-unknown = このファイルの注文番号にはストアアカウントがありません。ほかのストアの注文と番号が重なることがあるので、どのストアの注文かを教えてください（コマンドラインでは--store）。
import-nothing-usable = { $label }ですが、取り込める受注がありませんでした（{ $rows }行）。問題の行を確かめて、もう一度ダウンロードしてください。
import-same = このファイルは{ $on }に取り込み済みです。変更はありません。
import-waiting-orders = 「{ $file }」はYahoo!ショッピングの注文データ（Orders）です。同じ期間の商品データ（Items）を入れると取り込みます。
import-waiting-lines = 「{ $file }」はYahoo!ショッピングの商品データ（Items）です。同じ期間の注文データ（Orders）を入れると取り込みます。

## 受注のほかのファイル
profile-item-costs = 原価表
profile-rakuten-normal-item = 楽天の商品データ
profile-rakuten-review = 楽天のレビュー
profile-yahoo-review = Yahoo!ショッピングのレビュー
profile-rakuten-dd-campaigns = 楽天のキャンペーンデータ
profile-rakuten-dd-store = 楽天の店舗データ
profile-rakuten-dd-purchaser-monthly = 楽天の新規・リピート購入者数
profile-rakuten-settlement-journal = 楽天の店舗別仕訳書
profile-yahoo-receivable = Yahoo!ショッピングの請求・受取明細
profile-rakuten-item-analysis = 楽天の商品分析
profile-yahoo-item-report = Yahoo!ショッピングの商品別レポート
profile-yahoo-catalogue = Yahoo!ショッピングの商品データ（商品管理）
profile-rakuten-dd-purchaser-item = 楽天の新規・リピート購入者数（商品別）
profile-rakuten-dd-purchaser-genre = 楽天の新規・リピート購入者数（商品ジャンル別）
profile-rakuten-dd-sku-sales = 楽天のSKU別売上データ
profile-rakuten-daily-report = 楽天の日次の分析用レポート
profile-yahoo-search-inflow = Yahoo!ショッピングの検索流入
profile-otokui-item-costs = Otokuiの書き出し（原価）
profile-otokui-item-categories = Otokuiの書き出し（商品）
profile-otokui-reviews = Otokuiの書き出し（レビュー）
profile-otokui-campaigns = Otokuiの書き出し（イベント）
profile-otokui-mall-counts = Otokuiの書き出し（モールの数）
profile-otokui-fees = Otokuiの書き出し（手数料）
profile-otokui-favourites = Otokuiの書き出し（お気に入り）
import-needs-columns = 原価表のようですが、どの列が商品コードと原価か分かりません。「列を選ぶ」で2つの列を選んでください。次からは同じ見出しの表をそのまま取り込みます。
side-costs = { $label }です（{ $things }品目、商品コードは「{ $code }」、原価は「{ $cost }」の列）。
side-costs-unknown = 原価が空の{ $unknown }品目は「不明」として扱い、0円とは数えません。
side-catalogue = { $label }です（{ $things }品目、{ $rows }行）。
side-reviews = { $label }です（{ $from }〜{ $to }、{ $things }件）。
side-reviews-unknown = 注文番号のない{ $unknown }件は、お客様と結び付きません。
side-campaigns = { $label }です（{ $from }〜{ $to }、{ $things }件）。イベントの日の判定に使います。
side-mall-counts = { $label }です（{ $from }〜{ $to }）。モールの数とOtokuiの数を見比べるために使います。
side-fees = { $label }です（{ $from }〜{ $to }、{ $things }行）。実際の手数料として使います。
side-favourites = { $label }です（{ $from }〜{ $to }、{ $things }品目）。
side-favourites-undated = { $label }です（{ $things }品目）。期間の書かれていないファイルなので、取り込んだ日の数として使います。
side-favourites-unknown = 人数が隠されている（「2未満」など）{ $unknown }品目は「不明」として扱います。
side-own = { $label }です（{ $used }行）。
side-compared = 新しいもの { $new }件、変わるもの { $changed }件、同じもの { $unchanged }件。
side-recorded = 取り込みました：新しいもの { $new }件、変わったもの { $changed }件、同じもの { $unchanged }件。
side-unused = { $label }です。今の版では使いません。取り込まなくてかまいません。{ $hint }
unused-rakuten-dd-purchaser-item = 「店舗別」を取り込むと、モールの数と見比べられます。
unused-rakuten-dd-purchaser-genre = 「店舗別」を取り込むと、モールの数と見比べられます。
unused-rakuten-dd-sku-sales = 商品ごとの売上は、受注データから分かります。
unused-rakuten-daily-report = モールの数と見比べるには、「店舗データ」を取り込んでください。
unused-yahoo-search-inflow = お客様は分からない表です。
side-nothing-usable = { $label }ですが、使える行がありませんでした（{ $rows }行）。問題の行を確かめて、もう一度お試しください。

## 列を教わる表
import-needs-map = 「{ $file }」はモールの受注データではありませんが、日付と金額の列があります。「この表の列を教える」で、どの列が何かを確かめると取り込めます。次からは同じ見出しの表をそのまま取り込みます。
import-by-memory = 前に教わった読み方で読みました。
import-store-named = 注文番号にストアアカウントがないので、「{ $store }」の注文として扱います。
map-missing-date = 注文した日の列を選んでください。
map-missing-amount = 金額の列（単価、行の金額、注文の合計のどれか）を選んでください。
map-missing-date-format = この日付の書き方では読めません。ほかの書き方を選んでください。
map-missing-other = この読み方では読めません。列を選び直してください。
mapped-problem-missing-order-number = { $row }行目に注文番号がありません。注文番号の列が正しいか確かめるか、この行を直してください。
mapped-problem-bad-date = { $row }行目の「{ $column }」を日付として読めませんでした（「{ $found }」）。日付の書き方を選び直すか、この行を直してください。
mapped-problem-bad-number = { $row }行目の「{ $column }」を数として読めませんでした（「{ $found }」）。列を選び直すか、この行を直してください。
mapped-problem-missing-value = { $row }行目の「{ $column }」が空です。列を選び直すか、この行を直してください。
mapped-problem-unknown-status = { $row }行目の「{ $column }」の「{ $found }」が何を表すか、まだ教わっていません。この表の列を教え直すと読めます。

## モールの数との見比べ
reconciliation-none = 見比べるモールの数がまだありません。RMSの「店舗データ」か「新規・リピート購入者数」を取り込んでください。
reconciliation-finding = { $month }：モールの数は新規 { $mall_new }人・リピート { $mall_repeat }人、Otokuiは新規 { $new }人・リピート { $repeat }人。{ $why }
reconciliation-same = 同じ数です。
reconciliation-hidden = モールが小さい数を隠しているため、見比べられません。
reconciliation-no-orders = この月の受注データがまだ取り込まれていません。
reconciliation-begins-inside = 受注データが{ $day }からなので、この月の一部しか数えていません。
reconciliation-ends-inside = 受注データが{ $day }までなので、この月の一部しか数えていません。
reconciliation-days-missing = モールの数が{ $days }日分しかないので、月の合計ではありません。
reconciliation-young-ledger = 受注データが{ $day }からなので、それより前に買ったお客様もOtokuiでは新規に数えています。古い受注データを取り込むと近づきます。
reconciliation-days-added = モールの数は日ごとの人数を足したもので、同じ月に2日買った人は2人になります。Otokuiは1人と数えます。
reconciliation-ours-more-new = 過去の購入と同じ人だと確かめられる情報（電話・住所・メール）がない注文を、Otokuiは新しいお客様と数えています。
reconciliation-people = モールは会員ごとに数え、Otokuiは電話や住所が同じ人を1人にまとめ、キャンセルを除いて数えます。
own-problem-bad-date = { $row }行目の{ $column }を読めませんでした（「{ $found }」）。日付を「2026/4/1」のように直してください。
own-problem-bad-number = { $row }行目の{ $column }を数として読めませんでした（「{ $found }」）。数字だけに直してください。
own-problem-missing-value = { $row }行目の{ $column }が空です。商品コードを書き入れてください。
problem-conflict = { $row }行目は、上の行と同じものについて違う値が書かれています（「{ $found }」）。どちらが正しいか確かめて、1行にしてください。

## 取り込めないファイル
refused-not-there = 「{ $file }」が見つかりません。ファイルの場所を確かめてください。
refused-not-permitted = 「{ $file }」を開く許可がありません。ファイルを別のフォルダーに移してから、もう一度お試しください。
refused-unreadable = 「{ $file }」を読めませんでした。ほかのアプリで開いていたら閉じてから、もう一度お試しください。
refused-empty = 「{ $file }」は空のファイルです。もう一度ダウンロードしてください。
refused-no-table = 「{ $file }」は受注データではありません。RMSかストアクリエイターProからダウンロードしたファイルを入れてください。
refused-not-an-export = 「{ $file }」は受注データと分かりませんでした（1行目：{ $found }）。1行目に「注文番号」や「OrderId」のあるCSVを入れてください。
refused-no-header = 「{ $file }」の1行目に見出しがありません。見出しの行を消さずに、もう一度ダウンロードしてください。
refused-missing-columns = 「{ $file }」は{ $profile }のようですが、必要な列がありません（{ $missing }）。この列を入れたテンプレートで、もう一度ダウンロードしてください。
refused-missing-mapped = 「{ $file }」に、--mapで指定した列がありません（{ $missing }）。MAP.jsonの列名をファイルの見出しに合わせてください。
refused-damaged-numbers = { $column }がExcelで「{ $found }」に変わっています（「{ $file }」）。RMSかストアクリエイターProからもう一度ダウンロードして、Excelで開かずに取り込んでください。
refused-container = 「{ $file }」の中身が壊れているか、大きすぎて読めません。もう一度保存するか、ダウンロードしたままのCSVを入れてください。
refused-locked = 「{ $file }」はパスワードで保護されています。パスワードを外して保存してから、もう一度お試しください。
refused-nested-archive = 「{ $file }」は圧縮ファイルの中の圧縮ファイルです。中のファイルを取り出してから入れてください。
refused-several-tables = 「{ $file }」には表がいくつもあります。1つずつ入れてください。
refused-too-large = 「{ $file }」は大きすぎます。期間を分けてダウンロードしてください。
refused-large-half = 「{ $file }」は大きいので、組になるもう1つのファイルと一緒に入れてください。
refused-row-too-long = 「{ $file }」の{ $row }行目が終わっていません（引用符が閉じていません）。もう一度ダウンロードしてください。
refused-not-two-halves = 「{ $first }」と「{ $second }」は組になりません。注文データ（Orders）と商品データ（Items）を1つずつ入れてください。
refused-not-a-pair = 「{ $orders }」と「{ $lines }」に同じ注文がほとんどありません。同じ期間・同じストアの2つのファイルを入れてください。

## 読めない行
problem-missing-order-number = { $row }行目に注文番号がありません。もう一度ダウンロードするか、この行を確かめてください。
problem-bad-order-number = { $row }行目の{ $column }が注文番号の形をしていません（「{ $found }」）。もう一度ダウンロードしてください。
problem-damaged-order-number = { $row }行目の{ $column }がExcelで「{ $found }」に変わっています。もう一度ダウンロードして、Excelで開かずに取り込んでください。
problem-damaged-code = { $row }行目の{ $column }がExcelで「{ $found }」に変わっているようです。受注は取り込みますが、商品の集計が分かれます。もう一度ダウンロードして、Excelで開かずに取り込むと直ります。
problem-total-row = { $row }行目は合計の行のようです。受注ではないので取り込みません。
problem-bad-date = { $row }行目の{ $column }を読めませんでした（「{ $found }」）。日付を直すか、もう一度ダウンロードしてください。
problem-bad-number = { $row }行目の{ $column }を数として読めませんでした（「{ $found }」）。値を直すか、もう一度ダウンロードしてください。
problem-missing-value = { $row }行目の{ $column }が空です。もう一度ダウンロードしてください。
problem-unknown-status = { $row }行目の{ $column }が知らない状態です（「{ $found }」）。もう一度ダウンロードしてください。
problem-order-incomplete = { $row }行目は、同じ注文のほかの行が読めないため取り込みません。その行を直すと一緒に取り込めます。
problem-order-without-lines = { $row }行目の注文には、商品データ（Items）に行がありません。同じ期間の商品データを入れてください。
problem-line-without-order = { $row }行目の商品には、注文データ（Orders）に注文がありません。同じ期間の注文データを入れてください。

## 失敗
error-cancelled = 中断しました。何も変更していません。
error-disk-full = ドライブの空きが足りません。何も変更していません。空きを作ってから、もう一度お試しください。
error-in-use = データがほかのプログラムで使われています。閉じてから、もう一度お試しください。
error-newer-ledger = このデータは新しい版のOtokuiで作られています。Otokuiを更新してください。データは変更していません（{ $path }）。
error-foreign-ledger = Otokuiのデータではありません（{ $path }）。ファイルは変更していません。
error-open = データを開けませんでした（{ $path }）。フォルダーがあるか、書き込めるかを確かめてください。
error-bad-store = 「{ $found }」はストアアカウントの形をしていません。英小文字・数字・ハイフンのアカウントか、ストアのページのアドレスを入れてください。
error-no-ledger = データのファイルがありません（{ $path }）。場所を確かめるか、先に受注データを取り込んでください。
error-write = ファイルを書けませんでした（{ $path }）。開いているアプリを閉じるか、別のフォルダーを選んでください。
error-no-batch = 取り込み { $batch } はありません。
error-no-customer = お客様 { $customer } は見つかりません。
error-bad-question = 「{ $what }」は分かりません。書き方を確かめてください。
error-map-json = 「{ $file }」の{ $line }行目の{ $column }文字目から、JSONとして読めません。引用符やカンマを確かめてください。
error-map-document = 「{ $file }」の全体が {"{"} … {"}"} の形になっていません。READMEの例に合わせてください。
error-map-object = 「{ $file }」の{ $place }が {"{"} … {"}"} の形になっていません。READMEの例に合わせてください。
error-map-text = 「{ $file }」の{ $place }に文字がありません。"…" の形で書き入れるか、この行を消してください。
error-map-key = 「{ $file }」の{ $place }は使えません。使えるのは次のとおりです：{ $known }。
error-map-word = 「{ $file }」の{ $place }の「{ $found }」は使えません。次のどれかにしてください：{ $known }。
error-map-no-date = 「{ $file }」に日付の列がありません。columnsにordered_atを書き入れてください。
error-map-no-amount = 「{ $file }」に金額の列がありません。columnsにorder_totalかline_totalかunit_priceを書き入れてください。
error-map-date-format = 「{ $file }」のdate_format「{ $found }」では日付を読めません。%Y-%m-%d のように年・月・日を書いてください。
error-failed = うまくいきませんでした。データは変更していません。もう一度お試しください。

## レポート
report-title = お得意レポート
report-period = { $from }〜{ $to }（{ $as_of }までのデータ）
report-no-names = 個人情報は含みません。お客様は番号で示します。
report-actions = 次の一手
report-overview = 概要
report-groups = 顧客グループ
report-ltv = LTV（お客様1人あたりの売上の伸び）
report-cohorts = 初めて買った月ごとの戻り方
report-worth = 見込み { $low }〜{ $high }
report-due = { $day }まで
report-sheet-about = 説明
report-sheet-customers = 顧客
report-sheet-actions = 次の一手
report-sheet-groups = グループ
report-sheet-months = 月別
report-about-made = このファイルはOtokuiが作りました。数字の意味は次のとおりです。
report-about-net-sales = 売上：商品の金額（店舗クーポン前）－店舗クーポン－店の値引き－返金。使われたポイントは支払いの一種なので引きません。税込。
report-about-order-count = 購入回数：買った日の数。同じ日の注文は1回と数えます。
report-about-group = グループ：最後の購入からの日数、回数、金額の3つで決まる10のグループ。
report-about-next = 次の見込み：店全体の購入間隔から、多くの人が戻る時期。
report-column-customer = お客様番号
report-column-malls = モール
report-column-group = グループ
report-column-order-count = 購入回数
report-column-first = 初めての購入
report-column-last = 最後の購入
report-column-recency = 最後の購入からの日数
report-column-net-sales = 売上
report-column-next-from = 次の見込み（から）
report-column-next-to = 次の見込み（まで）
report-column-action = 一手
report-column-why = 理由
report-column-people = 人数
report-column-worth-low = 見込み（下）
report-column-worth-high = 見込み（上）
report-column-due = 期限
report-column-value-share = 売上に占める割合
report-column-month = 月
report-column-orders = 受注件数
report-column-new-sales = 初めての売上
report-column-existing-sales = 以前からの売上
report-column-repeat-share = 戻ってきた割合
report-orders = 受注件数
report-customers = お客様
report-net-sales = 売上
report-average-order-value = 客単価
report-repeat-share = 戻ってきた割合
report-previous-year = 1年前 { $value }
report-empty = まだ受注がありません。受注データを取り込んでから、レポートを作ってください。

## コマンドライン
cli-imported = { $file }：{ $message }
cli-undone = 取り込み { $batch } を取り消しました。
cli-needs-map = コマンドラインでは、--map MAP.json で列を指定します（READMEの「import」）。
cli-written = 書き出しました：{ $path }
cli-empty = まだ受注がありません。
