# 期間や商品で絞り込むこと、ほかの期間と比べること

compare-previous-year = 去年の同じ時期（{ $from }〜{ $to }）
compare-period = くらべる期間（{ $from }〜{ $to }）
compare-finding = { $when }の{ $label }は{ $other }でした。今は{ $now }で、{ $change }です。
compare-finding-unknown = { $when }の{ $label }は{ $other }、今は{ $now }です。
compare-none = { $when }のデータはありません。データは{ $day }からです。
compare-note-part = データは{ $day }からなので、くらべる期間は一部だけです。
compare-note-age = はじめての購入からの日数をそろえて、その日数がたった方だけでくらべています。
compare-note-group = グループは今の分け方です。くらべる期間の数字も、今そのグループにいる方のものです。
compare-unknown = まだわかりません
compare-net-sales = 売上
compare-order-count = 受注件数
compare-customer-count = 購入したお客様
compare-new-customer-count = 新規のお客様
compare-average-order-value = 客単価（1受注）
compare-repeat-share = リピート率
compare-f2-90 = 90日以内の2回目購入率
compare-customers-so-far = それまでのお客様
compare-ltv-90 = 90日間の1人あたり
compare-ltv-180 = 180日間の1人あたり
compare-ltv-365 = 365日間の1人あたり
compare-won = 期間中にはじめて購入した方
compare-goods = 商品の売上（クーポン前）
compare-quantity = 個数
compare-items-sold = 売れた商品の数
report-filters = 絞り込み：{ $filters }。
