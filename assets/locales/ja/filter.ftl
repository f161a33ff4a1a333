# 期間や商品で絞り込むこと、ほかの期間と比べること

compare-previous-year = 去年の同じ時期（{ $from }〜{ $to }）
compare-period = 比べる期間（{ $from }〜{ $to }）
compare-finding = { $when }の{ $label }は{ $other }でした。今は{ $now }で、{ $change }です。
compare-finding-unknown = { $when }の{ $label }は{ $other }、今は{ $now }です。
compare-none = { $when }のデータはありません。データは{ $day }からです。
compare-note-part = データは{ $day }からなので、比べる期間は一部だけです。
compare-note-age = 初めての購入からの日数をそろえて、その日数がたった方だけで比べています。
compare-note-group = グループは今の分け方です。比べる期間の数字も、今そのグループにいる方のものです。
compare-unknown = まだ分かりません
compare-net-sales = 売上
compare-order-count = 受注
compare-customer-count = 買ったお客様
compare-new-customer-count = 初めてのお客様
compare-average-order-value = 客単価（1受注）
compare-repeat-share = 戻ってきた割合
compare-f2-90 = 期間中に初めて買った方が、90日以内に2回目を買った割合
compare-customers-so-far = それまでのお客様
compare-ltv-90 = 90日までの1人あたりの金額
compare-ltv-180 = 180日までの1人あたりの金額
compare-ltv-365 = 365日までの1人あたりの金額
compare-won = 期間中に初めて購入した方
compare-goods = 商品の金額（クーポン前）
compare-quantity = 個数
compare-items-sold = 売れた商品の数
report-filters = 絞り込み：{ $filters }。
